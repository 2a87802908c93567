"""The register of one municipality by name: what people type finds a street, a locality, a house."""

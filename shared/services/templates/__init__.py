"""The office's templates: what is built in, with the municipality's own changes over it."""

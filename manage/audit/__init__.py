"""Operating the audit: keys, proofs, anchors, files."""

"""Parts of the benchmark `sender`."""

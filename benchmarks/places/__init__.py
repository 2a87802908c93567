"""Parts of the benchmark `targeting`."""

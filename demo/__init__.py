"""The demonstration: a made-up municipality, its residents, and five alerts."""

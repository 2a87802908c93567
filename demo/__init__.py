"""The demonstration: a made-up municipality, its residents, and two alerts."""

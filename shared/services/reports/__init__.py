"""Reports of threads: a preview while they go on, and one that is frozen when they are over."""

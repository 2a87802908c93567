"""Many people at once, some cut off in the middle: the audit holds what was committed, and no more."""

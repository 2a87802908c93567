"""The proof of who did what."""

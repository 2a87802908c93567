"""What became of a thread, minute by minute: made of what is stored, and nothing about any resident."""

"""What the product is made of beside its own code: the lock files, read for whoever asks what is in it."""

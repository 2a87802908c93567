"""How many addresses have a phone, which phones cannot ring, and what staff may know of both."""

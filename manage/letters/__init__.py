"""A letter to every address of a municipality, with a code that opens the residents' app at that address."""

"""Attacks on the local stack, each of which must fail: `make attack`."""

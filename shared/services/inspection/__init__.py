"""Auditors look at what was done, and take it along."""

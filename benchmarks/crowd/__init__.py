"""Readers, a standard HTTP cache and the public pages behind it."""

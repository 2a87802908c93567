"""Alerts that come again: kept, approved once as a whole, and made ahead of their time."""

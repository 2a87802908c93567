"""Plays a native app against the local stack and tells which requirements of docs/app-developers.md hold."""

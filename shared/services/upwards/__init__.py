"""Telling the crisis centres above what residents are told."""

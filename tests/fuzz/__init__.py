"""Requests that are odd or dear, against every route: `make fuzz`, and on fakes in the tests."""

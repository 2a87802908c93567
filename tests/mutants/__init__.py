"""`make mutants`: whether a test fails when a line of the rules is wrong."""

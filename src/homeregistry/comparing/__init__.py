"""Declared figures held against what is recorded and against each other."""

"""Recognitions as rows: reading live ones, and letting them leave without what is said of them being lost."""

"""Lists without a grid: names in lines, in sentences and in forms, read as a sheet's rows are.

`reading.read_list` is the one entry. Sheets use `persons` and `splitting` too, and need not load the rest.
"""

"""Lists without a grid: names in lines, in sentences and in forms, read as a sheet's rows are."""

from homeregistry.lists.reading import ListReading, Verdict, read_list

__all__ = ["ListReading", "Verdict", "read_list"]

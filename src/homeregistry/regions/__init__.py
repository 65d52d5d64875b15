"""Regions over time: the gazetteer, names as printed, and the road from one map to another."""

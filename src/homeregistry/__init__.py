"""The registry of recognised workers' homes, small homes and outstanding union workers."""

__version__ = "0.1.0"

"""The version of pdec that this package belongs to."""

__version__ = "0.1.0"

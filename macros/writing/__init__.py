"""The macros that pages call: each picks records and hands them to a template in overrides/components/."""

from macros.writing import citing, dating, describing, downloading, linking, listing, matrices, relating

__all__ = ["citing", "dating", "describing", "downloading", "linking", "listing", "matrices", "relating"]

"""The macros that pages call: each picks records and hands them to a template in overrides/components/."""

from macros.writing import citing, describing, linking, listing, matrices, relating

__all__ = ["citing", "describing", "linking", "listing", "matrices", "relating"]

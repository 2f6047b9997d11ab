"""The macros that pages call: each picks records and hands them to a template in overrides/components/."""

from macros.components import (
    changing,
    citing,
    clocks,
    dating,
    describing,
    downloading,
    glancing,
    linking,
    listing,
    mapping,
    matrices,
    outlining,
    picturing,
    relating,
    tables,
)

__all__ = [
    "changing",
    "citing",
    "clocks",
    "dating",
    "describing",
    "downloading",
    "glancing",
    "linking",
    "listing",
    "mapping",
    "matrices",
    "outlining",
    "picturing",
    "relating",
    "tables",
]

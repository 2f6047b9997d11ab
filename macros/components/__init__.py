"""The macros that pages call: each picks records and hands them to a template in overrides/components/."""

from macros.components import (
    changing,
    citing,
    composing,
    deadline_clocks,
    describing,
    downloading,
    home_summary,
    linking,
    listing,
    mapping,
    matrices,
    outlining,
    picturing,
    relating,
    tables,
    timeline,
)

__all__ = [
    "changing",
    "citing",
    "composing",
    "deadline_clocks",
    "describing",
    "downloading",
    "home_summary",
    "linking",
    "listing",
    "mapping",
    "matrices",
    "outlining",
    "picturing",
    "relating",
    "tables",
    "timeline",
]

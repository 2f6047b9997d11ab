"""The form of exported records, and how records in an older form are lifted to that of today, in memory.

`SCHEMA_VERSION` rises when a field goes, must be there, changes its name or its meaning; a new one that may be missing
leaves it as it is. For each step there is one pure function from all records of one version to those of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

SCHEMA_VERSION = 3

Rows = dict[str, list[dict[str, Any]]]  # the exported records of each kind
Step = Callable[[Rows], Rows]


def _number_persons(rows: Rows) -> Rows:
    """Returns the records with a place in lists for each person: that in which version 2 had exported them."""
    persons = [{**row, "position": place} for place, row in enumerate(rows.get("person", []), 1)]
    return {**rows, "person": persons} if persons else rows


# The version that a step begins with: the step to the next one.
STEPS: Mapping[int, Step] = MappingProxyType({2: _number_persons})


def lift_records(rows: Rows, version: int) -> Rows:
    """Returns records of an older version in the form of today's. Raises LookupError when a step is missing."""
    for number in range(version, SCHEMA_VERSION):
        if number not in STEPS:
            raise LookupError(f"no step lifts records from version {number} to {number + 1}")
        rows = STEPS[number](rows)
    return rows

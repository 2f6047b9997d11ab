"""The form of exported records, and how records in an older form are lifted to that of today, in memory.

`SCHEMA_VERSION` rises when a field goes, must be there, changes its name or its meaning; a new one that may be missing
leaves it as it is. For each step there is one pure function from all records of one version to those of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

SCHEMA_VERSION = 2

Rows = dict[str, list[dict[str, Any]]]  # the exported records of each kind
Step = Callable[[Rows], Rows]

# The version that a step begins with: the step to the next one.
STEPS: Mapping[int, Step] = MappingProxyType({})


def lift_records(rows: Rows, version: int) -> Rows:
    """Returns records of an older version in the form of today's. Raises LookupError when a step is missing."""
    for number in range(version, SCHEMA_VERSION):
        if number not in STEPS:
            raise LookupError(f"no step lifts records from version {number} to {number + 1}")
        rows = STEPS[number](rows)
    return rows

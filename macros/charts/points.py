"""What a chart marks: one point for each value that a series holds, its limit and its source kept with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from macros.schema.base import Citation
from macros.schema.context_vocabularies import Limit
from macros.schema.figures import Alternative, Row, Series, format_number

_SAID = re.compile(r"(?:(?P<limit>[a-z]+(?: [a-z]+)?) )?(?P<low>\d[\d,.]*)(?: to (?P<high>\d[\d,.]*))? (?P<unit>\D.*)")
_RANGE = ("At least", "At most")


class ShapeError(Exception):
    """A series does not fit the shape in which it was to be drawn; said to the page's author."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Point:
    """One value or range in the unit of its series; None where none was found."""

    label: str
    low: float | None
    high: float | None
    limit: Limit
    note: str
    sources: tuple[Citation, ...]
    elsewhere: bool = False

    @property
    def words(self) -> str:
        """Returns the value as it may be said: `up to 40`, `60 to 72`, `not found`."""
        if self.low is None or self.high is None:
            return "not found"
        numbers = [self.low] if self.low == self.high else [self.low, self.high]
        return self.limit.qualify(" to ".join(map(format_number, numbers)))


def is_range(series: Series) -> bool:
    """Whether the two columns of a series are the ends of a range."""
    return tuple(column.title for column in series.columns) == _RANGE


def points_of(series: Series, column: str | None = None, *, limits: Sequence[Limit] = ()) -> list[Point]:
    """Returns a point for each row, then one for each value given elsewhere that says a number in the same unit.

    `limits` are the words by which such a value may be limited.
    Raises ShapeError when the series has several columns and none of them is named.
    """
    titles = [one.title for one in series.columns]
    if column is None and len(titles) > 1 and not is_range(series):
        raise ShapeError(f"'{series.key}' has several columns", f"name one with column=: {', '.join(titles)}")
    if column is not None and column not in titles:
        raise ShapeError(f"'{series.key}' has no column '{column}'", f"it has {', '.join(titles)}")
    ends = (0, 1) if column is None and is_range(series) else (titles.index(column or titles[0]),) * 2
    found = [_of_row(row, ends) for row in series.rows]
    elsewhere = [_of_alternative(one, series.unit, limits) for one in series.alternatives if column is None]
    return found + [one for one in elsewhere if one]


def _of_row(row: Row, ends: tuple[int, int]) -> Point:
    low, high = (row.values[end] for end in ends)
    return Point(row.label, low, high, row.limit, row.note or "", tuple(row.sources))


def _of_alternative(one: Alternative, unit: str, limits: Sequence[Limit]) -> Point | None:
    said = _SAID.fullmatch(one.value)
    named = said["limit"] if said else None
    limit = next((one for one in limits if one.label == named), None) if named else Limit.exactly
    if said is None or limit is None or not unit.startswith(said["unit"]):
        return None
    low = float(said["low"].replace(",", ""))
    high = float(said["high"].replace(",", "")) if said["high"] else low
    return Point(one.label, low, high, limit, one.basis, tuple(one.sources), elsewhere=True)

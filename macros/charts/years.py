"""The years of a series: a track for each column; years without a value stay in it and say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros.charts.points import ShapeError
from macros.schema.figures import Series

_YEAR = re.compile(r"\d{4}")
NOT_FOUND = "not\nfound"


@dataclass(frozen=True)
class Track:
    """One column of a series: its values by year, None where none was found."""

    title: str
    values: dict[int, float | None]

    @property
    def found(self) -> list[tuple[int, float]]:
        return [(year, value) for year, value in self.values.items() if value is not None]

    @property
    def most(self) -> float:
        return max((value for _, value in self.found), default=0)


def tracks_of(series: Series) -> list[Track]:
    """Returns the columns of a series whose rows are years. Raises ShapeError when a row is not a year."""
    for row in series.rows:
        if not _YEAR.fullmatch(row.label):
            hint = "draw it with shape='bars' or shape='dots'"
            raise ShapeError(f"'{series.key}' has the row '{row.label}', which is no year", hint)
    rows = {int(row.label): row.values for row in series.rows}
    nothing: list[float | None] = [None] * len(series.columns)
    years = range(min(rows), max(rows) + 1)
    return [
        Track(column.title, {year: rows.get(year, nothing)[index] for year in years})
        for index, column in enumerate(series.columns)
    ]

"""A time axis for pictures: which share of its width a day stands at, and where its months are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from macros.schema.dates import PartialDate


@dataclass(frozen=True)
class Axis:
    """A span of whole months; places on it are per cent of its width, from the left."""

    first: dt.date
    last: dt.date

    def place(self, day: dt.date) -> float:
        """Returns where a day stands, in per cent."""
        return round(100 * (day - self.first).days / (self.last - self.first).days, 2)

    def ticks(self, months: int) -> list[tuple[float, PartialDate]]:
        """Returns the first of every so many months, each with its place; the end of the axis has none."""
        found = []
        day = self.first
        while day < self.last:
            found.append((self.place(day), PartialDate(day.isoformat()[:7])))
            day += relativedelta(months=months)
        return found


def span(days: list[dt.date]) -> Axis:
    """Returns the axis of whole months in which all these days lie."""
    first, last = min(days).replace(day=1), max(days).replace(day=1)
    return Axis(first, last + relativedelta(months=1))

"""Time in columns, and what is dated stacked in them: a column is a month in the last year, and more before that.

Within a column marks keep the order of their dates and no place of their own, for some are known to the month only.
Lengths are pixels of a drawing at its natural size; y grows downwards.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from dateutil.relativedelta import relativedelta

from macros.schema.dates import PartialDate, format_day

PITCH = 8.8  # pixels from mark to mark
HEAD = 22  # above the marks of a strip: the name of its lane
_GAP = 18  # between two scales, so that the break is seen
_PAD = 1
_LEAST = 32  # a stack is a target for fingers, however few its marks
_MONTHS = 12  # so many columns are a month each
_COARSE = 8  # columns before these, at most
_STEPS = {3: "quarter", 6: "half-year", 12: "year"}
_EARLIER = 1.6  # columns, for the word above it


class Dated(Protocol):
    """What can be stacked."""

    @property
    def date(self) -> PartialDate: ...


T = TypeVar("T", bound=Dated)


@dataclass(frozen=True)
class Period:
    """The days of one column, both ends included; `label` stands above the column and may be empty."""

    first: dt.date
    last: dt.date
    name: str
    label: str
    share: float = 1


@dataclass(frozen=True)
class Panel:
    """Periods on one scale: a `step` is a month, a quarter, a half-year or a year."""

    step: str
    periods: list[Period]

    @property
    def begins(self) -> str:
        """Returns the first month of the scale in words; what was earlier than all columns is not counted."""
        first = next(one.first for one in self.periods if one.label != "earlier")
        return _name(first, first)

    @property
    def ends(self) -> str:
        """Returns the last month of the scale in words; what comes later than all columns is not counted."""
        last = [one.last for one in self.periods if one.label != "later"][-1]
        return _name(last, last)


@dataclass(frozen=True)
class Column:
    """A period in its place."""

    period: Period
    left: float
    width: float

    @property
    def right(self) -> float:
        return round(self.left + self.width, 2)

    def place(self, day: dt.date) -> float:
        """Returns where a day of the period stands."""
        days = (self.period.last - self.period.first).days + 1
        return round(self.left + self.width * (day - self.period.first).days / days, 1)


@dataclass(frozen=True)
class Stack(Generic[T]):
    """What is dated in one column, in the order of the dates, each with the middle of its mark."""

    column: Column
    marks: list[tuple[T, float, float]]


@dataclass(frozen=True)
class Strip(Generic[T]):
    """One lane: its stacks stand on the line at `height`."""

    height: float
    stacks: list[Stack[T]]


def cut_panels(dates: Sequence[PartialDate], opening: int, as_at: dt.date) -> list[Panel]:
    """Returns the scales from the year `opening` to the as-at date, and past both where something is dated there."""
    days = [one.first_day for one in dates]
    later = max(days) > as_at
    begins = max(dt.date(opening, 1, 1), min(days).replace(day=1))
    months = as_at.replace(day=1) - relativedelta(months=_MONTHS - 1 - later)
    fine = _cut(max(begins, months), as_at, 1)
    if later:
        fine.append(Period(as_at + dt.timedelta(1), max(days), f"after {format_day(as_at)}", "later"))
    coarse: list[Period] = []
    step = 1
    if begins < months:
        end = months - dt.timedelta(1)
        step = next((one for one in _STEPS if len(_cut(begins, end, one)) <= _COARSE), max(_STEPS))
        coarse = _cut(begins, end, step)
    if min(days) < begins:
        name = f"before {opening}" if begins.month == 1 else f"before {_name(begins, begins)}"
        (coarse or fine).insert(0, Period(min(days), begins - dt.timedelta(1), name, "earlier", _EARLIER))
    panels = [Panel(_STEPS.get(step, "month"), coarse), Panel("month", fine)]
    return [one for one in panels if one.periods]


def place_columns(panels: Sequence[Panel], width: float) -> list[Column]:
    """Returns the columns of panels side by side, over the whole width."""
    shares = sum(one.share for panel in panels for one in panel.periods)
    unit = (width - _GAP * (len(panels) - 1)) / shares
    columns = []
    left = 0.0
    for panel in panels:
        for one in panel.periods:
            columns.append(Column(one, round(left, 2), round(unit * one.share, 2)))
            left += unit * one.share
        left += _GAP
    return columns


def stack_up(items: Sequence[T], columns: Sequence[Column]) -> list[tuple[Column, list[T]]]:
    """Returns the columns that hold something, with what they hold; items come and stay in the order of their dates.

    A date stands where its first day is: a month in its month, and a year of which no more is known at its beginning.
    """
    found = []
    for column in columns:
        first, last = column.period.first, column.period.last
        inside = [one for one in items if first <= one.date.first_day <= last]
        if inside:
            found.append((column, inside))
    return found


def build_strip(items: Sequence[T], columns: Sequence[Column]) -> Strip[T]:
    """Returns a lane with its stacks: rows as wide as the column allows, from the bottom up."""
    filled = stack_up(items, columns)
    wide = {column: max(1, int((column.width - _PAD) // PITCH)) for column, _ in filled}
    rows = max((-(-len(inside) // wide[column]) for column, inside in filled), default=0)
    height = HEAD + max(_LEAST, math.ceil(rows * PITCH + 4 * _PAD))
    stacks = []
    for column, inside in filled:
        marks = []
        for index, one in enumerate(inside):
            row, place = divmod(index, wide[column])
            x = column.left + _PAD + PITCH * (place + 0.5)
            marks.append((one, round(x, 1), round(height - 2 * _PAD - PITCH * (row + 0.5), 1)))
        stacks.append(Stack(column, marks))
    return Strip(height, stacks)


def _cut(first: dt.date, last: dt.date, months: int) -> list[Period]:
    """Returns the periods of so many months, as the calendar has them, cut off at both ends."""
    starts = [first]
    while starts[-1] <= last:
        day = starts[-1]
        starts.append(day.replace(day=1) + relativedelta(months=months - (day.month - 1) % months))
    ends = [*(one - dt.timedelta(1) for one in starts[1:-1]), last]
    return [
        Period(one, end, _name(one, end), _label(one, months, first)) for one, end in zip(starts, ends, strict=False)
    ]


def _label(day: dt.date, months: int, first: dt.date) -> str:
    if months == 1:
        return calendar.month_abbr[day.month]
    return str(day.year) if day == first or day.month == 1 else ""


def _name(first: dt.date, last: dt.date) -> str:
    """Returns months in words: `2024`, `October 2025`, `January to June 2024`, `July 2024 to March 2025`."""
    one, other = (PartialDate(day.isoformat()[:7]) for day in (first, last))
    if one == other:
        return str(one)
    if first.year != last.year:
        return f"{one} to {other}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{calendar.month_name[first.month]} to {other}"

"""Everything dated in the records, in order: papers, events, measures and due dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from macros.catalog.catalog import Catalog
from macros.schema.base import Record
from macros.schema.context_kinds import Measure
from macros.schema.context_vocabularies import Lane
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline, Instrument
from macros.schema.subjects import Event
from macros.schema.vocabularies import InstrumentRole

_LANES = {
    InstrumentRole.ipef: Lane.ipef,
    InstrumentRole.energy: Lane.energy,
    InstrumentRole.sibling: Lane.siblings,
    InstrumentRole.sister: Lane.siblings,
    InstrumentRole.earlier: Lane.siblings,
}
# So many moments, a line or two each, are a page of less than 15,000 pixels on a phone.
_MOST = 130


@dataclass(frozen=True)
class Moment:
    """One dated line of a timeline."""

    date: PartialDate
    record: Record
    what: str
    text: str

    @property
    def lane(self) -> Lane:
        """Returns the story that it belongs to."""
        return lane_of(self.record)


@dataclass(frozen=True)
class Month:
    """A month of a timeline, newest first; what is known to the year alone has the year itself for its month."""

    date: PartialDate
    moments: list[Moment]
    folded: bool


@dataclass(frozen=True)
class Year:
    """A year of a timeline: its months since the timeline opens, then what was `earlier`. All is newest first."""

    number: int
    months: list[Month]
    earlier: list[Moment]

    @property
    def moments(self) -> list[Moment]:
        """Returns all of the year."""
        return [one for month in self.months for one in month.moments] + self.earlier


def list_moments(catalog: Catalog) -> list[Moment]:
    """Returns everything dated, in the order of the dates."""
    moments: list[Moment] = []
    for record in catalog.records.values():
        if isinstance(record, Instrument):
            moments.append(Moment(record.date, record, record.date_label, record.summary))
        elif isinstance(record, Event):
            moments.append(Moment(record.date, record, record.type.label, record.summary))
        elif isinstance(record, Measure):
            moments.append(Moment(record.announced, record, f"measure of {record.by}, announced", record.covers))
        elif isinstance(record, Deadline) and record.due:
            moments.append(Moment(record.due, record, "due date", record.what))
    moments.sort(key=lambda one: (one.date.first_day, one.date.last_day, one.record.key))
    return moments


def group_by_year(moments: Sequence[Moment], open_from: dt.date, most: int = _MOST) -> list[Year]:
    """Returns the years of moments that are given newest first, those since `open_from` in months.

    The newest months stand open, as long as these have no more than `most` moments together.
    """
    years: dict[int, Year] = {}
    months: dict[PartialDate, list[Moment]] = {}
    for one in moments:
        year = years.setdefault(one.date.first_day.year, Year(one.date.first_day.year, [], []))
        if one.date.first_day < open_from:
            year.earlier.append(one)
        else:
            months.setdefault(PartialDate(one.date.text[:7]), []).append(one)
    shown = 0
    for date, found in months.items():
        shown += len(found)
        years[date.first_day.year].months.append(Month(date, found, folded=shown > most))
    return list(years.values())


def find_latest(catalog: Catalog) -> list[Moment]:
    """Returns what has happened, newest first; due dates are not among it."""
    return [one for one in reversed(list_moments(catalog)) if one.record.kind != "deadline"]


def lane_of(record: Record) -> Lane:
    """Returns the story that a dated record belongs to."""
    if isinstance(record, (Event, Measure)):
        return record.lane
    if isinstance(record, Instrument):
        return record.lane or _LANES.get(record.role, Lane.framework)
    return Lane.framework

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
from macros.schema.instruments import Deadline, Instrument, Provision
from macros.schema.subjects import Event

# So many moments, a line or two each, are a page of less than 15,000 pixels on a phone.
_MOST = 130


@dataclass(frozen=True)
class Moment:
    """One dated line of a timeline, with the story that it belongs to."""

    date: PartialDate
    record: Record
    what: str
    text: str
    lane: Lane


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
            lane = _lane_of(catalog, record)
            moments.append(Moment(record.date, record, record.date_label, record.summary, lane))
        elif isinstance(record, Event):
            moments.append(Moment(record.date, record, record.type.label, record.summary, record.lane))
        elif isinstance(record, Measure):
            what = f"measure of {record.by}, announced"
            moments.append(Moment(record.announced, record, what, record.covers, record.lane))
        elif isinstance(record, Deadline) and record.due:
            moments.append(Moment(record.due, record, "due date", record.what, _lane_of(catalog, record)))
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


def _lane_of(catalog: Catalog, record: Instrument | Deadline) -> Lane:
    """Returns the story of an instrument: its own, else that of its role. A deadline has that of its text."""
    if isinstance(record, Instrument):
        return record.lane or catalog.vocabularies.get(Lane, record.role.lane)
    provision = catalog.one(Provision, record.provisions[0])
    return _lane_of(catalog, catalog.one(Instrument, provision.instrument))

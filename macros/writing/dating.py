"""Macros that show what is dated, in order: the timeline, and what is newest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from macros.catalog.catalog import Catalog
from macros.problems import suggest
from macros.schema.around import Measure
from macros.schema.around_choices import Lane
from macros.schema.base import Record
from macros.schema.choices import InstrumentRole
from macros.schema.dates import PartialDate
from macros.schema.papers import Deadline, Instrument
from macros.schema.subjects import Event
from macros.writing.registry import MacroError, macro
from macros.writing.view import View

_LANES = {
    InstrumentRole.ipef: Lane.ipef,
    InstrumentRole.energy: Lane.energy,
    InstrumentRole.sibling: Lane.siblings,
    InstrumentRole.sister: Lane.siblings,
    InstrumentRole.earlier: Lane.siblings,
}


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


@macro()
def timeline(view: View, since: str = "0001", until: str = "9999") -> str:
    """Papers, events, measures and due dates in the order of their dates; due dates also after the as-at date.

    {{ timeline() }}   {{ timeline(since='2025-10-28', until='2026-04') }}
    """
    moments = _between(list_moments(view.catalog), since, until)
    counts = Counter(one.lane for one in moments)
    lanes = [(lane, counts[lane]) for lane in Lane if isinstance(lane, Lane) and counts[lane]]
    return view.render("timeline", moments=moments, lanes=lanes)


@macro()
def latest(view: View, number: int = 5, lane: str | None = None) -> str:
    """The newest papers, events and measures, newest first. {{ latest(5) }}   {{ latest(3, lane='china') }}"""
    if lane is not None and lane not in (known := [one.value for one in Lane]):
        raise MacroError(f"no lane '{lane}'", suggest(lane, known), lane)
    chosen = [one for one in find_latest(view.catalog) if lane is None or lane == lane_of(one.record).value]
    return view.render("latest", moments=chosen[:number])


def find_latest(catalog: Catalog) -> list[Moment]:
    """Returns what has happened, newest first; due dates are not among it."""
    return [one for one in reversed(list_moments(catalog)) if one.record.kind != "deadline"]


def _between(moments: list[Moment], since: str, until: str) -> list[Moment]:
    try:
        first, last = PartialDate(since), PartialDate(until)
    except ValueError as error:
        raise MacroError(str(error), "write 2025-10-28, 2025-10 or 2025") from error
    return [one for one in moments if first.first_day <= one.date.first_day <= last.last_day]


def lane_of(record: Record) -> Lane:
    """Returns the story that a dated record belongs to."""
    if isinstance(record, Event):
        return record.lane
    if isinstance(record, Measure):
        return Lane.china
    return _LANES.get(record.role, Lane.framework) if isinstance(record, Instrument) else Lane.framework


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

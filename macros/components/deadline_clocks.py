"""The picture of the deadline clocks: which have run, until when, and which wait for somebody to start them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from macros.components.axis import Axis, span
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.schema.base import Asserted, Citation
from macros.schema.instruments import Deadline


@dataclass(frozen=True)
class Bar:
    """A clock that has started: its places on the axis in per cent.

    `seen` is the end of the newest material looked at, where that lies after the due date.
    """

    record: Deadline
    starts: float
    due: float
    seen: float | None


@dataclass(frozen=True)
class Runs:
    """The clocks that have started, on one axis with the as-at date."""

    axis: Axis
    as_at: float
    bars: list[Bar]


@macro()
def clocks(view: PageContext) -> str:
    """The deadlines on a time axis: which have started, which wait for a request, what has no date.

    {{ clocks() }}
    """
    found = view.catalog.all(Deadline)
    runs = place_runs(view, found)
    if not runs:
        raise MacroError("no period has started, so there is nothing to draw", "leave the macro out")
    return view.render(
        "clocks",
        runs=runs,
        waiting=[one for one in found if one.clock and not one.due],
        undated=[one for one in found if not one.clock],
        sources=merge_citations(found),
    )


def place_runs(view: PageContext, deadlines: Sequence[Deadline]) -> Runs | None:
    """Returns those of the clocks that have started, on an axis of whole months; None when there is none."""
    runs = [(one, *run) for one in deadlines if (run := run_of(one))]
    if not runs:
        return None
    as_at = view.catalog.as_at.last_day
    axis = span([as_at, *(day for _, *run in runs for day in run)])
    return Runs(axis, axis.place(as_at), [_draw(one, starts, due, axis) for one, starts, due in runs])


def run_of(record: Deadline) -> tuple[dt.date, dt.date] | None:
    """Returns the first and the last day of a clock that has started."""
    if not record.due or not record.clock or not record.clock.starts_on:
        return None
    return record.clock.starts_on.first_day, record.due.last_day


def _draw(record: Deadline, starts: dt.date, due: dt.date, axis: Axis) -> Bar:
    seen = record.outcome.seen_until.last_day if record.outcome else due
    return Bar(record, axis.place(starts), axis.place(due), axis.place(seen) if seen > due else None)


def merge_citations(asserted: Sequence[Asserted]) -> list[Citation]:
    """Returns the sources of these assertions, each once with all its pinpoints."""
    places: dict[str, list[str]] = {}
    for one in (cited for part in asserted for cited in part.sources):
        known = places.setdefault(one.id, [])
        if one.pinpoint and one.pinpoint not in known:
            known.append(one.pinpoint)
    return [Citation(id=name, pinpoint="; ".join(known) or None) for name, known in places.items()]

"""Macros that list what is dated, in order: the timeline, and what is newest."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from macros.catalog.catalog import Catalog
from macros.components.outlining import find_subject
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.components.timeline_chart import draw_lanes
from macros.components.timeline_entries import Moment, find_latest, group_by_year, list_moments
from macros.problems import suggest
from macros.schema.context_vocabularies import Lane
from macros.schema.dates import PartialDate

_SOURCES = ("foot", "line")


@macro()
def timeline(
    view: PageContext, since: str = "0001", until: str = "9999", sources: str = "foot", opening: int = 2022
) -> str:
    """Instruments, events, measures and due dates, newest first; due dates also after the as-at date.

    What was before the month in which the text that the site explains was signed is folded, year by year. Where
    several stories are told, a picture stands before the list; it begins with the year `opening`. The sources are
    notes at the page's `foot`; or each `line` numbers its own, and a number leads to what the site says of the source.

    {{ timeline() }}   {{ timeline(since='2025-10-28', until='2026-04') }}   {{ timeline(sources='line') }}
    """
    if sources not in _SOURCES:
        raise MacroError(f"'{sources}' is no way to show sources", suggest(sources, _SOURCES), sources)
    moments = _between(list_moments(view.catalog), since, until)
    counts = Counter(one.lane for one in moments)
    lanes = [(lane, counts[lane]) for lane in view.catalog.vocabularies.all(Lane) if counts[lane]]
    picture = draw_lanes(view, moments, opening) if len(lanes) > 1 else None
    years = group_by_year(moments[::-1], _find_signing_month(view.catalog))
    return view.render("timeline", years=years, lanes=lanes, picture=picture, in_line=sources == "line")


@macro()
def latest(view: PageContext, number: int = 5, lane: str | None = None) -> str:
    """The newest instruments, events and measures, newest first. {{ latest(5) }}   {{ latest(3, lane='china') }}"""
    if lane is not None and lane not in (known := [one.value for one in view.catalog.vocabularies.all(Lane)]):
        raise MacroError(f"no lane '{lane}'", suggest(lane, known), lane)
    chosen = [one for one in find_latest(view.catalog) if lane is None or lane == one.lane.value]
    return view.render("latest", moments=chosen[:number])


def _find_signing_month(catalog: Catalog) -> dt.date:
    """Returns the first day of the month in which the text that the site explains was signed; without it, of all."""
    subject = find_subject(catalog)
    return subject.date.first_day.replace(day=1) if subject else dt.date.min


def _between(moments: list[Moment], since: str, until: str) -> list[Moment]:
    try:
        first, last = PartialDate(since), PartialDate(until)
    except ValueError as error:
        raise MacroError(str(error), "write 2025-10-28, 2025-10 or 2025") from error
    return [one for one in moments if first.first_day <= one.date.first_day <= last.last_day]

"""The deadlines that have a due date as a calendar (RFC 5545), one entry for the day on which each is due.

The whole calendar is for those who subscribe; beside it each entry stands in a file of its own, for those who add one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from icalendar import Alarm, Calendar, Event, vText

from macros.catalog.catalog import Catalog, plain_words
from macros.schema.dates import LaterDate
from macros.schema.instruments import Deadline, Instrument, Provision
from macros.schema.vocabularies import DeadlineState
from macros.site.output import Files, Output, OutputContext
from macros.site.release import Release
from macros.store.files import CALENDAR, calendar_path

_NOTICE = dt.timedelta(days=-14)
_AGAIN = dt.timedelta(days=1)
# Names of RFC 7986, and those that programs older than it read.
_OLDER = {"NAME": "X-WR-CALNAME", "DESCRIPTION": "X-WR-CALDESC"}


@dataclass(frozen=True)
class Content:
    """What an entry says in one edition, leaving out the as-at date, which is another in each."""

    due: LaterDate
    summary: str
    about: tuple[str, ...]
    state: str


def export_calendar(release: Release) -> bytes:
    """Returns the calendar: the same deadline has the same UID in every edition, and its SEQUENCE counts changes."""
    calendar = _open_calendar(release)
    for name, text in (("NAME", release.site_name), ("DESCRIPTION", release.notice)):
        calendar[name] = calendar[_OLDER[name]] = vText(text)  # said as text, so that its commas are escaped
    if release.is_placed:
        calendar.add("url", release.url(CALENDAR))
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    for deadline in list_dated(release):
        calendar.add_component(_create_event(release, deadline))
    return bytes(calendar.to_ical())


def export_entries(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yields path and bytes of a calendar for each dated deadline alone: the same entry that the whole one has."""
    for deadline in list_dated(release):
        calendar = _open_calendar(release)
        calendar.add_component(_create_event(release, deadline))
        yield calendar_path(deadline.id), bytes(calendar.to_ical())


def _open_calendar(release: Release) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{release.site_name}//deadlines//EN")
    calendar.add("version", "2.0")
    return calendar


def list_dated(release: Release) -> Iterator[Deadline]:
    """Yields the deadlines that have a due date, in their own order."""
    yield from (one for one in release.catalog.all(Deadline) if one.due)


def _create_event(release: Release, deadline: Deadline) -> Event:
    first_id, history = trace_deadline(release, deadline)
    content = history[-1]
    stamp = release.published or release.catalog.as_at
    event = Event()
    event.add("uid", release.identify(f"deadline/{first_id}"))
    event.add("sequence", sum(before != after for before, after in pairwise(history)))
    event.add("dtstamp", dt.datetime.combine(stamp.first_day, dt.time(), dt.UTC))
    event.add("dtstart", content.due.first_day)
    event.add("summary", content.summary)
    state = f"State as of {release.catalog.as_at}: {content.state}"
    event.add("description", "\n\n".join((*content.about, state, release.notice)))
    if release.is_placed:
        event.add("url", release.url(release.home(deadline)))
    event.add("transp", "TRANSPARENT")  # the day is not taken up by it
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", content.summary)
    alarm.add("trigger", _NOTICE)
    event.add_component(alarm)
    return event


def trace_deadline(release: Release, deadline: Deadline) -> tuple[str, list[Content]]:
    """Returns the first id under which the deadline was exported, and its contents in the editions that had it.

    The last one is that of the release itself. A deadline that was renamed is known by its earlier ids.
    """
    found = [(catalog, _find(catalog, deadline)) for catalog in release.earlier]
    dated = [(catalog, one) for catalog, one in found if one and one.due]
    dated.append((release.catalog, deadline))
    contents = [describe_deadline(catalog, one) for catalog, one in dated]
    return dated[0][1].id, [one for one in contents if one]


def _find(catalog: Catalog, deadline: Deadline) -> Deadline | None:
    for name in (deadline.id, *deadline.aliases):
        found = catalog.records.get(catalog.aliases.get(f"deadline/{name}", f"deadline/{name}"))
        if isinstance(found, Deadline):
            return found
    return None


def describe_deadline(catalog: Catalog, deadline: Deadline) -> Content | None:
    """Returns what the entry of a deadline says by this catalog, or None when the deadline has no due date."""
    due, clock = deadline.due, deadline.clock
    if due is None or clock is None:
        return None
    about = [f"What is due: {plain_words(catalog, deadline.what)}"]
    if deadline.what_not:
        about.append(f"What it is not: {plain_words(catalog, deadline.what_not)}")
    about.append(f"Computed by us: {clock.length} from {clock.starts_on} ({clock.starts}).")
    for provision in deadline.provisions:
        found = catalog.one(Provision, provision)
        paper = catalog.one(Instrument, found.instrument)
        line = f"Paragraph: {found.name}, in {paper.name}. Legal character: {paper.legal_character}."
        about.append(line)
    state = deadline.state(catalog.as_at)
    said = f"{state.label}."
    if deadline.outcome and state != DeadlineState.running:
        note = plain_words(catalog, deadline.outcome.note)
        said += f" {note} Newest material we read: {deadline.outcome.seen_until}."
    return Content(due, deadline.title, tuple(about), said)


def _paths(context: OutputContext) -> list[str]:
    return [CALENDAR, *(calendar_path(one.id) for one in list_dated(context.release))]


def _make(context: OutputContext) -> Files:
    yield CALENDAR, export_calendar(context.release)
    yield from export_entries(context.release)


OUTPUT = Output("calendar", _paths, _make)

"""What must hold of dates: none too late, none out of order, none passed without a word on what followed; and
no record in an edition before its day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from macros.catalog.catalog import Catalog
from macros.catalog.references import iter_dates
from macros.catalog.rule_context import Rule, RuleContext
from macros.problems import Problem
from macros.schema.base import Record
from macros.schema.context_kinds import Measure
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline, Instrument
from macros.schema.subjects import Event
from macros.schema.vocabularies import DeadlineState
from macros.text.document import read_document
from macros.text.positions import Document, Path
from macros.tree import Tree

# A measure may take effect some days before it is announced, but not months.
_LONG = dt.timedelta(days=31)
_ANSWERS = (DeadlineState.no_public_evidence, DeadlineState.evidence_found)


def check_dates(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """Nothing is dated after the as-at date."""
    if ground.as_at is None:
        return
    for path, date in iter_dates(record):
        if date.first_day > ground.as_at.last_day:
            message = f"{date.text} lies after the as-at date {ground.as_at.text}"
            yield document.problem(path, message, "check the year, or move as_at in data/catalog.yml")


def check_deadline(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """A deadline whose due date has passed says what is known of it."""
    if not isinstance(record, Deadline) or ground.as_at is None:
        return
    due = record.due
    if due is not None and due.first_day < ground.as_at.last_day and record.outcome is None:
        message = f"the due date {due.text} has passed and nothing is said of the outcome"
        yield document.problem((), message, "add outcome: with state, note, seen_until, certainty and sources")
    if record.outcome is not None and record.outcome.state not in _ANSWERS:
        message = f"'{record.outcome.state.value}' is computed, not written"
        hint = f"allowed: {', '.join(state.value for state in _ANSWERS)}"
        yield document.problem(("outcome", "state"), message, hint)


def check_aftermath(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """A state that was last seen, and a term that ended, before the as-at date: the record says what followed."""
    if not isinstance(record, Measure) or ground.as_at is None:
        return
    ends: list[tuple[Path, PartialDate | None]] = [
        (("suspension", "until"), record.suspension.until if record.suspension else None),
        (("expires",), record.expires),
        (("state_as_of",), record.state_as_of),
    ]
    passed = [(path, date) for path, date in ends if date is not None and date.last_day < ground.as_at.first_day]
    if passed and record.since is None:
        path, date = passed[0]
        message = f"{date.text} lies before the as-at date {ground.as_at.text} and nothing is said of what followed"
        yield document.problem(path, message, "add since: with note, seen_until, certainty and sources")
    if record.since is not None and record.since.seen_until.last_day < record.state_as_of.first_day:
        message = f"what followed was looked for until {record.since.seen_until.text}, before the state was seen"
        yield document.problem(("since", "seen_until"), message, f"state_as_of is {record.state_as_of.text}")


def check_order(record: Record, document: Document, _ground: RuleContext) -> Iterator[Problem]:
    """Dates of one record are in the order in which things happen."""
    for earlier, later, path, message in _pairs(record):
        if earlier is not None and later is not None and later.last_day < earlier.first_day:
            yield document.problem(path, f"{later.text} {message} {earlier.text}", "check both dates")
    if isinstance(record, Measure):
        effective, announced = record.effective, record.announced
        if effective is not None and announced.first_day - effective.last_day > _LONG:
            message = f"effective {effective.text}, long before it was announced, {announced.text}"
            yield document.problem(("effective",), message, "check both dates")


def check_clock(record: Record, document: Document, _ground: RuleContext) -> Iterator[Problem]:
    """A due date is counted from a day, and what is said of the outcome was looked for after it."""
    if not isinstance(record, Deadline):
        return
    starts = record.clock.starts_on if record.clock and record.clock.length else None
    if starts is not None and starts.precision != "day":
        message = f"a due date cannot be counted from {starts.text}, which names no day"
        yield document.problem(("clock", "starts_on"), message, "write the day, or leave starts_on out")
    elif record.due and record.outcome and record.outcome.seen_until.last_day < record.due.first_day:
        message = f"the newest material, {record.outcome.seen_until.text}, is older than the due date"
        hint = f"{record.due.text} was the due date: nothing older can show what was done by then"
        yield document.problem(("outcome", "seen_until"), message, hint)


def _pairs(record: Record) -> Iterator[tuple[PartialDate | None, PartialDate | None, Path, str]]:
    """Yields pairs of dates: the earlier, the later, where the later is written, and what is said when it is not."""
    if isinstance(record, Measure):
        start = record.effective or record.announced
        yield start, record.expires, ("expires",), "is its end, before its beginning on"
        if record.suspension:
            pause = record.suspension
            yield pause.starts, pause.until, ("suspension", "until"), "is the end of the pause, before its start on"
    elif isinstance(record, Event):
        yield record.date, record.until, ("until",), "is its last day, before its first on"
    elif isinstance(record, Instrument):
        yield record.date, record.entry_into_force, ("entry_into_force",), "is before the day of signature,"


DATE_RULES: tuple[Rule, ...] = (check_dates, check_deadline, check_aftermath, check_order, check_clock)


def check_embargo(catalog: Catalog, tree: Tree) -> Iterator[Problem]:
    """Yields each record whose `publish_from` lies after the as-at date: the tree may not be frozen with it."""
    for key, record in catalog.records.items():
        day = record.publish_from
        if day is not None and day.first_day > catalog.as_at.last_day:
            path = tree.data / f"{key}.yml"
            document, _ = read_document(tree.shown(path), path.read_bytes())  # a kept catalog has no places
            message = f"'{key}' may not be published before {day.text}, and the edition is as of {catalog.as_at.text}"
            yield document.problem(("publish_from",), message, "freeze a later edition, or take the record out first")

"""What to read again before the as-at date is moved: dates that will have passed, and states that will be old."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.catalog.catalog import Catalog
from macros.catalog.references import iter_dates, iter_parts
from macros.schema.base import Citation, Record, Review
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline
from macros.text.positions import Document, Path

# A state that was seen longer ago than this is to be looked up again.
OLD = dt.timedelta(days=60)
# A review that is older than this is to be made again.
REVIEWED = dt.timedelta(days=180)
_SOME = 3
_STATES = ("state_as_of", "status_as_of", "seen_until")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_TYPED = re.compile(rf"\b({'|'.join(_MONTHS)})(?: (\d{{1,2}}))?,? (\d{{4}})\b")
_AHEAD = re.compile(r"\b(?:until|next|will|upcoming|ahead|expected|planned|to be held|scheduled)\b", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Passage:
    """A place to read again, and why: `path:line:column`, and a reason in words."""

    path: str
    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.reason}"


@dataclass(frozen=True)
class Span:
    """The days that the move would cover: after `old`, up to and with `new`."""

    old: dt.date
    new: dt.date

    def has(self, date: PartialDate) -> bool:
        """Whether the date ends within the days."""
        return self.old < date.last_day <= self.new


def reread_records(catalog: Catalog, span: Span) -> Iterator[Passage]:
    """Yields what the move makes old in records: dates that pass, states that grow old, days typed in their texts."""
    for key, record in catalog.records.items():
        document = catalog.documents[key]
        for path, date in iter_old_states(record, span.new):
            yield _at(document, path, f"{path[-1]} is {date.text}: look the state up again")
        for path, date in iter_dates(record, later=True):
            if path[-1] not in _STATES and span.has(date):
                yield _at(document, path, f"{path[-1]} {date.text} will have passed: say what followed")
        yield from _due(document, record, span)
        for path, text in _texts(document.value):
            for words in typed_days(text, span):
                yield _at(document, path, f"'{words}' will have passed: put the sentence into the past")


def iter_old_states(record: Record, day: dt.date) -> Iterator[tuple[Path, PartialDate]]:
    """Yields each state of the record that was seen longer before the day than a state stays good, with its place."""
    for path, date in iter_dates(record, later=True):
        if path[-1] in _STATES and date.last_day < day - OLD:
            yield path, date


def reread_sources(catalog: Catalog, day: dt.date) -> Iterator[Passage]:
    """Yields the sources in which old states are to be looked up again, each once, with the records they carry."""
    carried: dict[str, list[str]] = {}
    for key, record in catalog.records.items():
        parts = dict(iter_parts(record))
        for path, _ in iter_old_states(record, day):
            within = [parts[path[:end]] for end in reversed(range(len(path))) if path[:end] in parts]
            cited: list[Citation] = next((found for one in within if (found := getattr(one, "sources", None))), [])
            for citation in cited:
                records = carried.setdefault(catalog.resolve(f"source/{citation.id}"), [])
                if key not in records:
                    records.append(key)
    for source, records in carried.items():
        some = ", ".join(records[:_SOME]) + (f" and {len(records) - _SOME} more" if len(records) > _SOME else "")
        address = getattr(catalog.records[source], "url", None) or "no address"
        yield _at(catalog.documents[source], (), f"see whether it says more now ({address}): {some}")


def reread_reviews(reviewed: Iterable[tuple[Document, Review | None]], day: dt.date) -> dict[str, list[Passage]]:
    """Returns the reviews that are older than a review stays good, by role; `reviewed` are records' and pages' own."""
    found: dict[str, list[Passage]] = {}
    for document, review in reviewed:
        if review and review.on.last_day < day - REVIEWED:
            reason = f"reviewed on {review.on.text}: read it again, and write the new day"
            found.setdefault(review.by.value, []).append(_at(document, ("review", "on"), reason))
    return found


def speaks_ahead(text: str) -> bool:
    """Whether a passage speaks of what is to come."""
    return _AHEAD.search(text) is not None


def typed_days(text: str, span: Span) -> Iterator[str]:
    """Yields the days and months in a text that end within the span, as they are typed."""
    for match in _TYPED.finditer(text):
        month, day, year = _MONTHS.index(match[1]) + 1, match[2], match[3]
        try:
            date = PartialDate(f"{year}-{month:02}" + (f"-{int(day):02}" if day else ""))
        except ValueError:
            continue
        if span.has(date):
            yield match[0]


def _due(document: Document, record: Record, span: Span) -> Iterator[Passage]:
    if isinstance(record, Deadline) and record.due and span.has(record.due):
        yield _at(document, (), f"the due date {record.due.text} will have passed: add outcome:")


def _at(document: Document, path: tuple[str | int, ...], reason: str) -> Passage:
    return Passage(document.path, *document.place(path), reason)


def _texts(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from _texts(inner, (*path, name))

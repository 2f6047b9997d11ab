"""The dates that count: what was due, what was set to end, what is known of it, and what it means for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.brief.notes import Notes, Statement
from macros.brief.points import Points, Remark, bearing_on
from macros.catalog.catalog import Catalog
from macros.schema.actors import Audience
from macros.schema.base import Record
from macros.schema.context_kinds import Measure, Since
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline, Outcome
from macros.schema.subjects import Implication
from macros.schema.vocabularies import ImplicationType

_MEASURES = 3  # ends of measures, the latest
_MEANINGS = (
    ImplicationType.not_to_assume,
    ImplicationType.risk,
    ImplicationType.watch,
    ImplicationType.practical,
    ImplicationType.opportunity,
)


@dataclass(frozen=True)
class Milestone:
    """A date, what it is the date of, its state and what is known; what that means, and for which readers.

    `state` is empty for a measure and where an outcome is told, `seen_until` before the date has passed, `readers`
    where no point speaks of it.
    """

    date: str
    title: str
    state: str
    said: list[Statement]
    seen_until: str
    meaning: Remark | None
    readers: list[str]


def tell_dates(points: Points, audience: Record | None = None) -> list[Milestone]:
    """Returns the due dates and the ends of measures that points for companies speak of, in order.

    For one audience only its own points count, and what the dates mean is left to its lists.
    """
    notes, own = points.notes, points.of(audience)
    deadlines = list_deadlines(notes.catalog)
    dated: list[tuple[PartialDate, Deadline | Measure]] = [(one.due, one) for one in deadlines if one.due]
    dated += sorted(_list_ends(notes, own), key=lambda item: item[0].first_day)[-_MEASURES:]
    dated.sort(key=lambda item: item[0].first_day)
    return [_tell(points, day, record, [] if audience else own) for day, record in dated]


def list_deadlines(catalog: Catalog) -> tuple[Deadline, ...]:
    """Returns the deadlines in their order."""
    return catalog.all(Deadline)


def end_of(measure: Measure) -> PartialDate | None:
    """Returns the day on which a measure, or its pause, was set to end."""
    return measure.suspension.until if measure.suspension else measure.expires


def _list_ends(notes: Notes, own: list[Implication]) -> Iterator[tuple[PartialDate, Measure]]:
    """Yields, for each day on which something was set to end, the measure of which most points speak."""
    best: dict[str, tuple[int, PartialDate, Measure]] = {}
    for one in notes.catalog.all(Measure):
        if end := end_of(one):
            count = len(bearing_on(own, {one.key}))
            if count > best.get(end.text, (0,))[0]:
                best[end.text] = (count, end, one)
    for _, end, measure in best.values():
        yield end, measure


def _tell(points: Points, day: PartialDate, record: Deadline | Measure, own: list[Implication]) -> Milestone:
    notes = points.notes
    keys = {record.key, *(f"provision/{name}" for name in getattr(record, "provisions", ()))}
    meaning = points.first(_MEANINGS, bearing_on(own, keys))
    passed = day.first_day < notes.catalog.as_at.last_day
    known: Outcome | Since | None
    if isinstance(record, Deadline):
        known = record.outcome if passed else None
        state = "" if known else str(record.state(notes.catalog.as_at))
        said = [] if known else [notes.say(record.what, record)]
    else:
        known = record.since if passed else None
        state, said = "", [notes.say(record.state_note, record)]
    return Milestone(
        date=day.short,
        title=record.title,
        state=state,
        said=[*said, *([notes.say(known.note, known)] if known else [])],
        seen_until=known.seen_until.short if known else "",
        meaning=points.tell(meaning, room=0) if meaning else None,
        readers=[notes.catalog.one(Audience, name).name for name in meaning.audiences] if meaning else [],
    )

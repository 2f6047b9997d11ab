"""What the brief says of the text itself: its bottom line, its paragraphs, its deadlines."""

from __future__ import annotations

from dataclasses import dataclass

from macros.brief.dating import list_deadlines
from macros.brief.notes import Notes, Statement, label_of
from macros.brief.points import Points, Remark
from macros.catalog.catalog import Catalog
from macros.components.timeline_entries import Moment
from macros.schema.actors import Party, Person
from macros.schema.base import Record
from macros.schema.context_kinds import Measure
from macros.schema.instruments import Deadline, Instrument, Provision
from macros.schema.labels import capitalize
from macros.schema.subjects import Event
from macros.schema.vocabularies import ImplicationType, Part

_ROOM = 230  # signs for the summary and for what binds


@dataclass(frozen=True)
class Signature:
    """Who signed: name, office, and for whom."""

    name: str
    office: str
    side: str


@dataclass(frozen=True)
class Bottom:
    """The bottom line: what the text is, whether it binds, what companies owe under it, who signed (not on a sheet)."""

    what: Statement
    binding: Statement
    companies: list[Remark]
    signed: Statement | None
    signatures: list[Signature]


@dataclass(frozen=True)
class Paragraph:
    """A provision in one sentence; `inner`: it is a point of another one."""

    number: str
    heading: str
    said: Statement
    strength: str
    inner: bool


@dataclass(frozen=True)
class TextPart:
    """A part of the text with its paragraphs."""

    title: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class Term:
    """A deadline: its period in words and its state; empty words where the text sets none."""

    title: str
    provisions: str
    starts: str
    length: str
    due: str
    state: str
    what: Statement
    not_said: str


def tell_bottom(points: Points, subject: Instrument, audience: Record | None = None) -> Bottom:
    """Returns what a reader must know first."""
    notes = points.notes
    facts = {fact.id: fact for fact in subject.facts}
    nature = facts.get("legal-nature")
    where = f"{subject.date}, {subject.place}" if subject.place else str(subject.date)
    return Bottom(
        what=notes.say(subject.summary, subject, room=_ROOM),
        binding=notes.say(nature.value, nature, room=_ROOM)
        if nature
        else notes.say(capitalize(subject.legal_character), subject),
        companies=[points.tell(one) for one in points.choose((ImplicationType.obligation,), 1, audience, widest=True)],
        signed=None
        if audience
        else notes.say(f"{capitalize(subject.date_label)} {where}.", facts.get("date", subject)),
        signatures=[
            Signature(notes.catalog.one(Person, one.person).name, one.office, notes.catalog.one(Party, one.party).name)
            for one in subject.signatories
        ],
    )


def say_moment(notes: Notes, moment: Moment) -> Statement:
    """Returns a line of the timeline as a statement. Raises TypeError for a record that is not dated itself."""
    record = moment.record
    if not isinstance(record, (Event, Instrument, Measure)):
        raise TypeError(f"'{record.key}' has no date of its own")
    return notes.say(moment.text, record)


def tell_text(notes: Notes, subject: Instrument) -> list[TextPart]:
    """Returns the text paragraph by paragraph, in its own order."""
    provisions = notes.catalog.referrers(subject.key, Provision, "instrument")
    numbers = notes.cite_rows(one.sources for one in provisions)
    told = [(one, _tell_paragraph(notes, one, number)) for one, number in zip(provisions, numbers, strict=True)]
    return [
        TextPart(part.label, [paragraph for one, paragraph in told if one.part == part])
        for part in notes.catalog.vocabularies.all(Part)
        if any(one.part == part for one in provisions)
    ]


def _tell_paragraph(notes: Notes, one: Provision, note: int) -> Paragraph:
    number = one.number.removeprefix(f"{one.part.label}, ")
    said = Statement(notes.words(one.summary), note, label_of(one))
    return Paragraph(number, one.heading, said, str(one.strength), one.parent is not None)


def tell_deadlines(notes: Notes) -> list[Term]:
    """Returns every deadline: those with a due date first, those without any last."""
    found = list_deadlines(notes.catalog)
    numbers = notes.cite_rows(one.sources for one in found)
    return [_tell_deadline(notes, one, number) for one, number in zip(found, numbers, strict=True)]


def _tell_deadline(notes: Notes, one: Deadline, note: int) -> Term:
    clock = one.clock
    starts = (f"{clock.starts}: {clock.starts_on.short}" if clock.starts_on else clock.starts) if clock else ""
    return Term(
        title=one.title,
        provisions=", ".join(notes.catalog.one(Provision, name).number for name in one.provisions),
        starts=starts,
        length=clock.length or "" if clock else "",
        due=one.due.short if one.due else "",
        state=str(one.state(notes.catalog.as_at)),
        what=Statement(notes.words(one.what), note, label_of(one)),
        not_said=notes.words(one.what_not, whole=True) if one.what_not else "",
    )


def list_keys(catalog: Catalog, subject: Instrument) -> set[str]:
    """Returns the keys of the text, its paragraphs and every deadline: what bears on one of them bears on the text."""
    provisions = catalog.referrers(subject.key, Provision, "instrument")
    return {subject.key, *(one.key for one in (*provisions, *catalog.all(Deadline)))}

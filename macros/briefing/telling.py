"""What the brief says of the text itself: the answers on one page, its paragraphs, its deadlines."""

from __future__ import annotations

from dataclasses import dataclass

from macros.briefing.notes import Notes, Said, label_of
from macros.catalog.catalog import Catalog
from macros.schema.around import Measure
from macros.schema.choices import Part
from macros.schema.labels import capitalize
from macros.schema.papers import Deadline, Instrument, Provision
from macros.schema.subjects import Event
from macros.writing.moments import Moment, find_latest

_NEWEST = 5


@dataclass(frozen=True)
class Signature:
    """Who signed: name, office, and for whom."""

    name: str
    office: str
    side: str


@dataclass(frozen=True)
class Due:
    """A step with a due date, and what is known of it."""

    title: str
    due: str
    state: str
    note: int
    sure: str


@dataclass(frozen=True)
class Dated:
    """Something that happened, with its date in words."""

    date: str
    title: str
    said: Said


@dataclass(frozen=True)
class Overview:
    """The answers on one page."""

    what: Said
    binding: Said
    signed: Said
    signatures: list[Signature]
    due: list[Due]
    newest: list[Dated]


@dataclass(frozen=True)
class Paragraph:
    """A provision in one sentence; `inner`: it is a point of another one."""

    number: str
    heading: str
    said: Said
    strength: str
    inner: bool


@dataclass(frozen=True)
class TextPart:
    """A part of the text with its paragraphs."""

    title: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class Term:
    """A deadline: its clock in words, its state, and what is known; empty words where the text sets none."""

    title: str
    provisions: str
    starts: str
    length: str
    due: str
    state: str
    what: Said
    not_said: str
    outcome: Said | None
    seen_until: str


def tell_overview(notes: Notes, subject: Instrument) -> Overview:
    """Returns what a reader must know first."""
    facts = {fact.id: fact for fact in subject.facts}
    nature = facts.get("legal-nature")
    what = notes.say(subject.summary, subject, whole=True)
    binding = notes.say(nature.value, nature) if nature else notes.say(subject.legal_character, subject)
    signed = facts.get("date", subject)
    where = f"{subject.date}, {subject.place}" if subject.place else str(subject.date)
    return Overview(
        what=what,
        binding=binding,
        signed=notes.say(f"{capitalize(subject.date_label)} {where}.", signed),
        signatures=[
            Signature(
                notes.catalog.get(f"person/{one.person}").name, one.office, notes.catalog.get(f"party/{one.party}").name
            )
            for one in subject.signatories
        ],
        due=[
            Due(
                one.title,
                str(one.due),
                str(one.state(notes.catalog.as_at)),
                notes.cite(one.sources),
                label_of(one),
            )
            for one in list_deadlines(notes.catalog)
            if one.due
        ],
        newest=[
            Dated(str(one.date), one.record.name, say_moment(notes, one))
            for one in find_latest(notes.catalog)[:_NEWEST]
        ],
    )


def say_moment(notes: Notes, moment: Moment) -> Said:
    """Returns a line of the timeline as a statement. Raises TypeError for a record that is not dated itself."""
    record = moment.record
    if not isinstance(record, (Event, Instrument, Measure)):
        raise TypeError(f"'{record.key}' has no date of its own")
    return notes.say(moment.text, record)


def tell_text(notes: Notes, subject: Instrument) -> list[TextPart]:
    """Returns the text paragraph by paragraph, in its own order."""
    found = notes.catalog.referrers(subject.key, "provision", "instrument")
    provisions = [one for one in found if isinstance(one, Provision)]
    return [
        TextPart(part.label, [_tell_paragraph(notes, one) for one in provisions if one.part is part])
        for part in Part
        if isinstance(part, Part) and any(one.part is part for one in provisions)
    ]


def _tell_paragraph(notes: Notes, one: Provision) -> Paragraph:
    number = one.number.removeprefix(f"{one.part.label}, ")
    return Paragraph(number, one.heading, notes.say(one.summary, one), str(one.strength), one.parent is not None)


def tell_deadlines(notes: Notes) -> list[Term]:
    """Returns every deadline: those with a due date first, those without any last."""
    return [_tell_deadline(notes, one) for one in list_deadlines(notes.catalog)]


def _tell_deadline(notes: Notes, one: Deadline) -> Term:
    clock = one.clock
    starts = (f"{clock.starts}: {clock.starts_on}" if clock.starts_on else clock.starts) if clock else ""
    passed = one.outcome if one.due and one.due.first_day < notes.catalog.as_at.last_day else None
    return Term(
        title=one.title,
        provisions=", ".join(notes.catalog.get_as(f"provision/{name}", Provision).number for name in one.provisions),
        starts=starts,
        length=clock.length or "" if clock else "",
        due=str(one.due) if one.due else "",
        state=str(one.state(notes.catalog.as_at)),
        what=notes.say(one.what, one),
        not_said=notes.words(one.what_not) if one.what_not else "",
        outcome=notes.say(passed.note, passed) if passed else None,
        seen_until=str(passed.seen_until) if passed else "",
    )


def list_keys(catalog: Catalog, subject: Instrument) -> set[str]:
    """Returns the keys of the text, its paragraphs and every deadline: what bears on one of them bears on the text."""
    provisions = catalog.referrers(subject.key, "provision", "instrument")
    return {subject.key, *(one.key for one in (*provisions, *list_deadlines(catalog)))}


def list_deadlines(catalog: Catalog) -> list[Deadline]:
    """Returns the deadlines in their order."""
    return [one for one in catalog.of_kind("deadline") if isinstance(one, Deadline)]

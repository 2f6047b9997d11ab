"""What the brief says to companies, by who reads it, and which questions stay open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.briefing.notes import Notes, Said
from macros.briefing.telling import list_keys
from macros.schema.choices import ImplicationType, QuestionStatus
from macros.schema.labels import capitalize
from macros.schema.papers import Instrument
from macros.schema.subjects import Implication, Question

_TYPES = (ImplicationType.step, ImplicationType.watch, ImplicationType.not_to_assume)
_POINTS = 2  # of each type, for each kind of readers
_ROOM = 200  # signs for a point of which the first sentence is short
_QUESTIONS = 10


@dataclass(frozen=True)
class Remark:
    """A point for companies: its title, its first sentence, and what it rests on."""

    title: str
    said: Said


@dataclass(frozen=True)
class Readers:
    """A kind of readers with its points, a list for each heading."""

    title: str
    summary: str
    points: list[list[Remark]]


@dataclass(frozen=True)
class Open:
    """A question that is not settled, where it stands, and the wording that we use."""

    title: str
    status: str
    said: Said


def list_headings() -> list[str]:
    """Returns the headings of the points, in the order of each list in `Readers.points`."""
    return [capitalize(one.label) for one in _TYPES]


def tell_readers(notes: Notes) -> list[Readers]:
    """Returns the points for each kind of readers: those that concern the fewest others first, each point once."""
    used: set[str] = set()
    found = []
    for audience in notes.catalog.of_kind("audience"):
        mine = notes.catalog.referrers(audience.key, "implication", "audiences")
        points = [one for one in mine if isinstance(one, Implication)]
        points.sort(key=lambda one: (len(one.audiences), one.position))
        columns = [_choose([one for one in points if one.type is kind], used) for kind in _TYPES]
        if any(columns):
            told = [
                [Remark(one.title, notes.say(one.statement, one, room=_ROOM)) for one in column] for column in columns
            ]
            found.append(Readers(audience.name, notes.words(getattr(audience, "summary", "")), told))
    return found


def _choose(points: Iterable[Implication], used: set[str]) -> list[Implication]:
    """Returns the first points that no other readers were given; what is chosen is used up."""
    chosen = [one for one in points if one.id not in used][:_POINTS]
    used.update(one.id for one in chosen)
    return chosen


def tell_questions(notes: Notes, subject: Instrument) -> list[Open]:
    """Returns the questions about the text, its paragraphs and its deadlines that are not settled, in their order."""
    keys = list_keys(notes.catalog, subject)
    every = [one for one in notes.catalog.of_kind("question") if isinstance(one, Question)]
    open_ones = [one for one in every if one.status is not QuestionStatus.settled and keys.intersection(one.about)]
    return [
        Open(one.title, str(one.status), Said(notes.words(one.wording, whole=True), notes.cite(one.sources)))
        for one in open_ones[:_QUESTIONS]
    ]

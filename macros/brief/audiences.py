"""What the brief says to companies, by who reads it, and which questions stay open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from macros.brief.notes import Notes, Statement
from macros.brief.points import Points, Remark
from macros.brief.text import list_keys
from macros.schema.actors import Audience
from macros.schema.base import Record
from macros.schema.instruments import Instrument
from macros.schema.subjects import Question
from macros.schema.vocabularies import ImplicationType, QuestionStatus
from macros.site.release import Release
from macros.store.files import sheet_path

_MEANS = (ImplicationType.risk, ImplicationType.practical, ImplicationType.opportunity)
_QUESTIONS = 3  # to counsel, for each kind of readers
_LISTED = 5  # of each of the two lists that concern most readers
_OPEN = 7
_ROOM = 130  # signs for what the whole means to a kind of readers


@dataclass(frozen=True)
class Readers:
    """A kind of readers with points chosen for it, and the address of its own sheet (empty in a draft)."""

    title: str
    sheet: str
    points: list[Remark]


@dataclass(frozen=True)
class Open:
    """A question that is not settled, where it stands, and the wording that we use."""

    title: str
    status: str
    said: Statement


def tell_roles(points: Points, release: Release) -> list[Readers]:
    """Returns what the whole means for each kind of readers, in a point each; in the order of the audiences.

    Those who have the fewest points to choose from choose first, each the point that editors put first.
    """
    audiences = release.catalog.all(Audience)
    chosen: dict[str, list[Remark]] = {}
    for audience in sorted(audiences, key=lambda one: sum(two.type == _MEANS[0] for two in points.of(one))):
        mine = [one for kind in _MEANS for one in points.of(audience) if one.type == kind and one.id not in points.used]
        if mine:
            points.used.add(mine[0].id)
            chosen[audience.id] = [points.tell(mine[0], room=_ROOM)]
    return [_tell(release, one, chosen[one.id]) for one in audiences if one.id in chosen]


def tell_counsel(points: Points, release: Release) -> list[Readers]:
    """Returns questions that each kind of readers can raise with counsel."""
    found = []
    for audience in release.catalog.all(Audience):
        chosen = points.choose((ImplicationType.step,), _QUESTIONS, audience)
        if chosen:
            found.append(_tell(release, audience, [points.tell(one) for one in chosen]))
    return found


def _tell(release: Release, audience: Record, remarks: list[Remark]) -> Readers:
    return Readers(
        audience.name, release.url(sheet_path(audience)) if release.name and release.is_placed else "", remarks
    )


def tell_widest(points: Points) -> list[tuple[str, list[Remark]]]:
    """Returns the points that concern the most readers: what to watch, and what not to assume, each under its label."""
    kinds = (ImplicationType.watch, ImplicationType.not_to_assume)
    lists = [(kind, points.choose((kind,), 2 * _LISTED, widest=True)) for kind in kinds]
    told = [
        (
            str(points.notes.catalog.vocabularies.get(ImplicationType, kind)),
            list(islice((points.tell(one, room=0) for one in found if points.notes.fits(one.sources)), _LISTED)),
        )
        for kind, found in lists
    ]
    return [(label, remarks) for label, remarks in told if remarks]


def tell_questions(notes: Notes, subject: Instrument) -> list[Open]:
    """Returns the questions about the text, its paragraphs and its deadlines that are not settled, in their order."""
    return list_open(notes, _OPEN, about=list_keys(notes.catalog, subject))


def list_open(notes: Notes, most: int, *, about: Collection[str] = (), named: Collection[str] = ()) -> list[Open]:
    """Returns the first unsettled questions that are about one of these records, or that are named themselves."""
    found = (
        Open(one.title, str(one.status), Statement(notes.words(one.wording, whole=True), notes.cite(one.sources)))
        for one in notes.catalog.all(Question)
        if one.status != QuestionStatus.settled
        and (one.key in named or set(about).intersection(one.about))
        and notes.fits(one.sources)
    )
    return list(islice(found, most))

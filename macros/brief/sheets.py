"""A sheet for each kind of readers: one page from the records, chosen by rules that are the same for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.brief.audiences import Open, list_open
from macros.brief.dating import Milestone, tell_dates
from macros.brief.heading import Head, create_head
from macros.brief.notes import Endnote, Notes
from macros.brief.points import Points, Remark
from macros.brief.text import Bottom, tell_bottom
from macros.components.outlining import find_subject
from macros.schema.actors import Audience
from macros.schema.labels import capitalize
from macros.schema.vocabularies import ImplicationType
from macros.site.release import Release

# How full a sheet is: one step adds a point to three lists, the next one to what may affect the readers.
FULLEST = 14
_AFFECTS = (ImplicationType.risk, ImplicationType.opportunity, ImplicationType.practical)
# The room of each, in signs: of a statement the first sentence, of a question all that it asks.
_LISTS = ((ImplicationType.step, 200), (ImplicationType.watch, 0), (ImplicationType.not_to_assume, 0))


@dataclass(frozen=True)
class Labeled:
    """A point with the word for its sort."""

    label: str
    remark: Remark


@dataclass(frozen=True)
class Sheet:
    """A sheet: values only, in words; `page` is the address of the readers' page, empty for a draft."""

    head: Head
    title: str
    summary: str
    page: str
    bottom: Bottom | None
    dates: list[Milestone]
    affects: list[Labeled]
    questions: list[Remark]
    watch: list[Remark]
    not_to_assume: list[Remark]
    open: list[Open]
    notes: list[Endnote]


def create_sheet(release: Release, audience: Audience, dated: str, fullness: int = FULLEST, logo: bytes = b"") -> Sheet:
    """Returns the sheet of an audience as full as is asked for, from 1 to `FULLEST`."""
    most = (fullness + 1) // 2
    notes = Notes(release.catalog)
    points = Points(notes)
    subject = find_subject(release.catalog)
    bottom = tell_bottom(points, subject, audience) if subject else None
    dates = tell_dates(points, audience)
    affects = list(_tell_affects(points, audience, max(1, fullness // 2)))
    questions, watch, not_to_assume = (
        [points.tell(one, room) for one in points.choose((kind,), most, audience)] for kind, room in _LISTS
    )
    named = {key for one in points.of(audience) for key in one.about}
    left_open = list_open(notes, max(0, most - 3), named=named)
    return Sheet(
        head=create_head(release, dated, logo),
        title=audience.name,
        summary=notes.words(audience.summary),
        page=release.url(release.home(audience)) if release.name and release.is_placed else "",
        bottom=bottom,
        dates=dates,
        affects=affects,
        questions=questions,
        watch=watch,
        not_to_assume=not_to_assume,
        open=left_open,
        notes=notes.listed(),
    )


def _tell_affects(points: Points, audience: Audience, most: int) -> Iterator[Labeled]:
    """Yields what may affect the readers, of each sort in turn so that none crowds the others out."""
    kinds = [points.choose((kind,), most, audience) for kind in _AFFECTS]
    turns = [one for turn in range(most) for found in kinds for one in found[turn : turn + 1]][:most]
    for one in sorted(turns, key=lambda one: _AFFECTS.index(one.type)):
        yield Labeled(capitalize(str(one.type)), points.tell(one))

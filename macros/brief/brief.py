"""The brief as a whole: which parts stand in it, in the order in which their statements are numbered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from macros.brief.audiences import Open, Readers, tell_counsel, tell_questions, tell_roles, tell_widest
from macros.brief.context import Around, tell_around
from macros.brief.dating import Milestone, tell_dates
from macros.brief.figures import Chart, Clocks, Timeline, draw_charts, draw_clocks, draw_timeline
from macros.brief.heading import Head, create_head
from macros.brief.notes import Endnote, Notes
from macros.brief.points import Points, Remark
from macros.brief.text import Bottom, Term, TextPart, tell_bottom, tell_deadlines, tell_text
from macros.components.outlining import find_subject
from macros.schema.choices import Choice
from macros.schema.vocabularies import Basis, Certainty, DeadlineState, Strength
from macros.site.release import Release


@dataclass(frozen=True)
class Label:
    """A label that statements bear, and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Brief:
    """The brief of a release: values only, in words; None or an empty list where the records have nothing."""

    head: Head
    bottom: Bottom | None
    dates: list[Milestone]
    roles: list[Readers]
    counsel: list[Readers]
    text: list[TextPart]
    strengths: list[Label]
    clocks: Clocks | None
    deadlines: list[Term]
    states: list[Label]
    timeline: Timeline | None
    around: Around | None
    charts: list[Chart]
    widest: list[tuple[str, list[Remark]]]
    questions: list[Open]
    certainties: list[Label]
    bases: list[Label]
    notes: list[Endnote]


# The parts of the brief in which records of a kind have a line; every other kind has none.
LINES: Mapping[str, tuple[str, ...]] = {
    "instrument": ("bottom", "timeline", "around"),
    "person": ("bottom",),
    "party": ("bottom", "around"),
    "provision": ("text",),
    "deadline": ("dates", "clocks", "deadlines", "timeline"),
    "measure": ("dates", "timeline", "around"),
    "event": ("timeline",),
    "audience": ("roles", "counsel"),
    "implication": ("bottom", "dates", "roles", "counsel", "widest"),
    "point": ("around",),
    "pillar": ("around",),
    "series": ("charts",),
    "question": ("questions",),
    "source": ("notes",),
}


def create_brief(release: Release, dated: str, logo: bytes = b"") -> Brief:
    """Returns the brief; `dated` is the as-at date in words, with the number of a correction."""
    notes = Notes(release.catalog)
    points = Points(notes)
    subject = find_subject(release.catalog)
    bottom = tell_bottom(points, subject) if subject else None
    dates = tell_dates(points)
    roles = tell_roles(points, release)
    counsel = tell_counsel(points, release)
    text = tell_text(notes, subject) if subject else []
    clocks = draw_clocks(notes)
    deadlines = tell_deadlines(notes)
    timeline = draw_timeline(notes, subject) if subject else None
    around = tell_around(notes, subject) if subject else None
    charts = draw_charts(notes)
    widest = tell_widest(points)
    questions = tell_questions(notes, subject) if subject else []
    lists = release.catalog.vocabularies
    return Brief(
        head=create_head(release, dated, logo),
        bottom=bottom,
        dates=dates,
        roles=roles,
        counsel=counsel,
        text=text,
        strengths=_list_labels(lists.all(Strength), {one.strength for part in text for one in part.paragraphs}),
        clocks=clocks,
        deadlines=deadlines,
        states=_list_labels(lists.all(DeadlineState), {one.state for one in deadlines}),
        timeline=timeline,
        around=around,
        charts=charts,
        widest=widest,
        questions=questions,
        certainties=_list_labels(one for one in lists.all(Certainty) if one != Certainty.verified),
        bases=_list_labels(one for one in lists.all(Basis) if one != Basis.text),
        notes=notes.listed(),
    )


def _list_labels(choices: Iterable[Choice], used: Collection[str] | None = None) -> list[Label]:
    """Returns the labels of a closed list, or of those of its choices that are used."""
    return [Label(one.label, one.meaning) for one in choices if used is None or one.label in used]

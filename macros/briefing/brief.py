"""The brief as a whole: which parts stand in it, in the order in which their statements are numbered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from macros.briefing.figures import Chart, Clocks, Timeline, draw_charts, draw_clocks, draw_timeline
from macros.briefing.notes import Endnote, Notes
from macros.briefing.readers import Open, Readers, list_headings, tell_questions, tell_readers
from macros.briefing.surrounding import Around, tell_around
from macros.briefing.telling import Overview, Term, TextPart, tell_deadlines, tell_overview, tell_text
from macros.exporting.release import Release
from macros.schema.choices import Basis, Certainty, Choice, DeadlineState, Strength
from macros.schema.labels import capitalize
from macros.writing.outlining import find_subject


@dataclass(frozen=True)
class Head:
    """What stands on the first page and in the footer. `edition` and `address` are empty for a draft."""

    site: str
    title: str
    character: str
    as_at: str
    dated: str
    edition: str
    state: str
    address: str
    notice: str
    licence: str


@dataclass(frozen=True)
class Label:
    """A label that statements bear, and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Brief:
    """The brief of a release: values only, in words; None or an empty list where the records have nothing."""

    head: Head
    overview: Overview | None
    text: list[TextPart]
    strengths: list[Label]
    clocks: Clocks | None
    deadlines: list[Term]
    states: list[Label]
    timeline: Timeline | None
    around: Around | None
    charts: list[Chart]
    headings: list[str]
    readers: list[Readers]
    questions: list[Open]
    certainties: list[Label]
    bases: list[Label]
    notes: list[Endnote]


def create_brief(release: Release, dated: str) -> Brief:
    """Returns the brief; `dated` is the as-at date in words, with the number of a correction."""
    notes = Notes(release.catalog)
    subject = find_subject(release.catalog)
    overview = tell_overview(notes, subject) if subject else None
    text = tell_text(notes, subject) if subject else []
    clocks = draw_clocks(notes)
    deadlines = tell_deadlines(notes)
    timeline = draw_timeline(notes, subject) if subject else None
    around = tell_around(notes, subject) if subject else None
    charts = draw_charts(notes)
    readers = tell_readers(notes)
    questions = tell_questions(notes, subject) if subject else []
    return Brief(
        head=Head(
            site=release.site_name,
            title=subject.title if subject else release.site_description,
            character=capitalize(subject.legal_character) if subject else "",
            as_at=release.catalog.as_at.last_day.isoformat(),
            dated=dated,
            edition=release.name,
            state=release.state if release.name else "draft, not an edition",
            address=release.address if release.name else "",
            notice=release.notice,
            licence=release.licence,
        ),
        overview=overview,
        text=text,
        strengths=_list_labels(Strength, {one.strength for part in text for one in part.paragraphs}),
        clocks=clocks,
        deadlines=deadlines,
        states=_list_labels(DeadlineState, {one.state for one in deadlines}),
        timeline=timeline,
        around=around,
        charts=charts,
        headings=list_headings(),
        readers=readers,
        questions=questions,
        certainties=[one for one in _list_labels(Certainty) if one.word != str(Certainty.verified)],
        bases=[one for one in _list_labels(Basis) if one.word != str(Basis.text)],
        notes=notes.listed(),
    )


def _list_labels(choices: type[Choice], used: Collection[str] | None = None) -> list[Label]:
    """Returns the labels of a closed list, or of those of its choices that are used."""
    return [Label(one.label, one.meaning) for one in choices if used is None or one.label in used]

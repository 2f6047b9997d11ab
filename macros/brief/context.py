"""What the brief says of what stands around the text: energy, IPEF, export controls, the texts of the same month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from macros.brief.notes import Notes, Statement, label_of
from macros.components.matrices import count_cells, set_out
from macros.schema.context_kinds import Measure, Pillar, Point
from macros.schema.context_vocabularies import Feature, MeasureState, RatificationState, Seen, Topic
from macros.schema.instruments import Instrument
from macros.schema.vocabularies import InstrumentRole

_POINTS = 1  # of each topic


@dataclass(frozen=True)
class EnergyPoint:
    """An energy point with the document that contains it."""

    title: str
    said: Statement
    paper: str
    dated: str
    strength: str


@dataclass(frozen=True)
class Agreement:
    """A pillar of IPEF and its agreement; empty words where it has none."""

    pillar: str
    agreement: str
    signed: str
    in_force: str
    bound: str
    status: str
    note: int
    sure: str


@dataclass(frozen=True)
class Control:
    """An export control or a counter-measure, and its state at the newest material seen."""

    act: str
    title: str
    announced: str
    state: str
    until: str
    seen: str
    note: int
    sure: str


@dataclass(frozen=True)
class Side:
    """The measures of one side."""

    by: str
    controls: list[Control]


@dataclass(frozen=True)
class Sibling:
    """A text set beside others: one column of the matrix."""

    name: str
    date: str
    character: str
    note: int


@dataclass(frozen=True)
class Matrix:
    """Which of the texts has which feature: a row of words for each feature, in the order of the texts."""

    texts: list[Sibling]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Around:
    """What stands around the text. `points_in_all` counts the energy points from which these were taken."""

    points: list[EnergyPoint]
    points_in_all: int
    agreements: list[Agreement]
    sides: list[Side]
    matrix: Matrix | None


def tell_around(notes: Notes, subject: Instrument) -> Around:
    """Returns the four parts, in the order in which they stand in the brief."""
    every = notes.catalog.all(Point)
    points = [_tell_point(notes, one) for one in _choose([one for one in every if one.instrument])]
    return Around(points, len(every), _tell_agreements(notes), _tell_sides(notes), _compare(notes, subject))


def _choose(points: list[Point]) -> list[Point]:
    """Returns the first points of each topic."""
    seen: Counter[Topic] = Counter()
    chosen = []
    for one in points:
        seen[one.topic] += 1
        if seen[one.topic] <= _POINTS:
            chosen.append(one)
    return chosen


def _tell_point(notes: Notes, one: Point) -> EnergyPoint:
    paper = notes.catalog.one(Instrument, one.instrument or "")
    return EnergyPoint(
        title=one.title,
        said=notes.say(one.summary, one),
        paper=paper.name,
        dated="" if str(paper.date) in paper.name else paper.date.short,
        strength=str(one.strength),
    )


def _tell_agreements(notes: Notes) -> list[Agreement]:
    agreements, rows = set_out(notes.catalog)
    bound = {
        agreement.id: f"{count_cells([cells[place] for _, cells in rows], RatificationState.in_force)} of {len(rows)}"
        for place, agreement in enumerate(agreements)
    }
    found = []
    for pillar in notes.catalog.all(Pillar):
        paper = notes.catalog.one(Instrument, pillar.agreement) if pillar.agreement else None
        found.append(
            Agreement(
                pillar=pillar.name,
                agreement=paper.name if paper else "",
                signed=paper.date.short if paper else "",
                in_force=paper.entry_into_force.short if paper and paper.entry_into_force else "",
                bound=bound.get(paper.id, "") if paper else "",
                status=pillar.status,
                note=notes.cite([*pillar.sources, *(paper.sources if paper else [])]),
                sure=label_of(pillar),
            )
        )
    return found


def _tell_sides(notes: Notes) -> list[Side]:
    """Returns the measures of a known state side by side; the side with the most first, each side's by date."""
    measures = [one for one in notes.catalog.all(Measure) if one.state != MeasureState.not_verified]
    counts = Counter(one.by for one in measures)
    return [Side(by, [_tell_control(notes, one) for one in measures if one.by == by]) for by, _ in counts.most_common()]


def _tell_control(notes: Notes, one: Measure) -> Control:
    pause = one.suspension
    until = (
        f"until {pause.until.short}, by {pause.instrument}"
        if pause
        else f"until {one.expires.short}"
        if one.expires
        else ""
    )
    return Control(
        act=one.instrument,
        title=one.title,
        announced="" if str(one.announced) in one.instrument else one.announced.short,
        state=str(one.state),
        until=until,
        seen=one.state_as_of.short,
        note=notes.cite(one.sources),
        sure=label_of(one),
    )


def _compare(notes: Notes, subject: Instrument) -> Matrix | None:
    """Returns the text beside its sister texts of the same month; None where there is none."""
    roles = (InstrumentRole.subject, InstrumentRole.sister)
    month = subject.date.text[:7]
    papers = [one for one in notes.catalog.all(Instrument) if one.role in roles]
    chosen = [one for one in papers if one.date.text[:7] == month and one.features]
    chosen.sort(key=lambda one: (one is not subject, one.order))
    if len(chosen) < len(roles):
        return None
    seen = [{cell.feature: cell.seen for cell in one.features} for one in chosen]
    texts = [Sibling(one.name, one.date.short, one.legal_character, notes.cite(one.sources)) for one in chosen]
    lists = notes.catalog.vocabularies
    unseen = lists.get(Seen, Seen.not_seen)
    return Matrix(texts, [(str(one), [str(cells.get(one, unseen)) for cells in seen]) for one in lists.all(Feature)])

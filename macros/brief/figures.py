"""The figures of the brief: the deadline clocks, what has happened since signature, and charts of series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from macros.brief.dating import list_deadlines
from macros.brief.notes import Notes, Statement, label_of
from macros.brief.text import list_keys, say_moment
from macros.charts import marks
from macros.charts.bars import draw_bars
from macros.charts.drawing import draw, read_palette, resolve_colours
from macros.charts.points import Point, points_of
from macros.components.axis import Axis, span
from macros.components.deadline_clocks import run_of
from macros.components.shaping import note_of
from macros.components.templates import piece
from macros.components.timeline_entries import Moment, list_moments
from macros.schema.context_vocabularies import Lane
from macros.schema.dates import PartialDate
from macros.schema.figures import Series
from macros.schema.instruments import Instrument
from macros.schema.labels import capitalize
from macros.schema.subjects import Event

_SHORTEST = relativedelta(months=3)  # a span after signature that is worth a picture
_BEFORE = relativedelta(months=12)
_LISTED = 4  # of what bears on the text
_NEWEST = 3  # of all
_APART = 3.4  # per cent of the axis that a numbered mark takes
_MONTHS = 8  # ticks at most

Tick = tuple[float, str]


@dataclass(frozen=True)
class Clock:
    """A clock that has started: its places on the axis in per cent; `seen` is 0 where nothing later was looked at."""

    title: str
    length: str
    starts: float
    due: float
    seen: float
    due_words: str
    state: str


@dataclass(frozen=True)
class Clocks:
    """The clocks on one axis, and the as-at date on it; the table of deadlines has their notes."""

    ticks: list[Tick]
    as_at: float
    as_at_words: str
    rows: list[Clock]


@dataclass(frozen=True)
class Mark:
    """Something dated on the axis; `number` is that of the list below, 0 where it is not listed; `level` from 0."""

    at: float
    number: int
    level: int


@dataclass(frozen=True)
class LaneRow:
    """A story with its marks; `levels` says on how many lines they stand."""

    title: str
    colour: str
    levels: int
    marks: list[Mark]


@dataclass(frozen=True)
class Listed:
    """A numbered mark in words."""

    number: int
    date: str
    title: str
    said: Statement


@dataclass(frozen=True)
class Timeline:
    """What is dated between two days, by story; `since_signature` tells from which day it is drawn."""

    since_signature: bool
    first: str
    last: str
    ticks: list[Tick]
    due: list[Tick]
    lanes: list[LaneRow]
    listed: list[Listed]


@dataclass(frozen=True)
class Chart:
    """A series drawn: the inside of an SVG, its size, its caption, and the same in words.

    `elsewhere` counts the values that other sources give, which are not drawn.
    """

    title: str
    basis: str
    caution: str
    elsewhere: int
    words: list[str]
    body: str
    width: float
    height: float
    note: int
    sure: str
    name: str


def draw_clocks(notes: Notes) -> Clocks | None:
    """Returns the clocks that have started; None when none has."""
    found = list_deadlines(notes.catalog)
    runs = [(one, *run) for one in found if (run := run_of(one))]
    if not runs:
        return None
    as_at = notes.catalog.as_at.last_day
    axis = span([as_at, *(day for _, *run in runs for day in run)])
    rows = []
    for one, starts, due in runs:
        seen = one.outcome.seen_until.last_day if one.outcome else due
        later = axis.place(seen) if due < seen <= as_at else 0
        state = str(one.state(notes.catalog.as_at))
        length = one.clock.length or "" if one.clock else ""
        rows.append(Clock(one.title, length, axis.place(starts), axis.place(due), later, str(one.due), state))
    return Clocks(_ticks(axis), axis.place(as_at), str(notes.catalog.as_at), rows)


def _ticks(axis: Axis) -> list[Tick]:
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    return [(place, month.short) for place, month in axis.ticks(max(1, -(-months // _MONTHS)))]


def draw_timeline(notes: Notes, subject: Instrument) -> Timeline | None:
    """Returns what is dated since signature, or in the year before the as-at date where that is too short."""
    signed, last = subject.date.first_day, notes.catalog.as_at.last_day
    since = signed + _SHORTEST <= last
    first = signed if since else last - _BEFORE
    moments = [one for one in list_moments(notes.catalog) if first <= one.date.first_day <= last]
    found = [one for one in moments if one.record.kind != "deadline"]
    if not found:
        return None
    axis = span([first, last])
    listed = _choose(notes, subject, found)
    lanes = notes.catalog.vocabularies.all(Lane)
    numbers = {one.record.key: number for number, one in enumerate(listed, 1)}
    return Timeline(
        since_signature=since,
        first=str(PartialDate(first.isoformat())),
        last=str(notes.catalog.as_at),
        ticks=_ticks(axis),
        due=[(axis.place(one.date.first_day), str(one.date)) for one in moments if one.record.kind == "deadline"],
        lanes=[row for lane in lanes if (row := _draw_lane(lane, found, numbers, axis)).marks],
        listed=[
            Listed(numbers[one.record.key], str(one.date), one.record.name, say_moment(notes, one)) for one in listed
        ],
    )


def _choose(notes: Notes, subject: Instrument, moments: list[Moment]) -> list[Moment]:
    """Returns the newest events that bear on the text or its paragraphs, and the newest of all."""
    keys = list_keys(notes.catalog, subject)
    events = [one for one in moments if isinstance(one.record, Event)]
    bearing = [one for one in events if isinstance(one.record, Event) and keys.intersection(one.record.bears_on)]
    chosen = {one.record.key for one in (*bearing[-_LISTED:], *events[-_NEWEST:])}
    return [one for one in events if one.record.key in chosen]


def _draw_lane(lane: Lane, moments: Iterable[Moment], numbers: dict[str, int], axis: Axis) -> LaneRow:
    """Returns a story's marks; numbered ones that would touch stand on lines below one another."""
    ends: list[float] = []
    placed = []
    for one in (moment for moment in moments if moment.lane == lane):
        at, number = axis.place(one.date.first_day), numbers.get(one.record.key, 0)
        if not number:
            placed.append(Mark(at, 0, 0))
            continue
        level = next((line for line, end in enumerate(ends) if at - end >= _APART), len(ends))
        ends[level : level + 1] = [at]
        placed.append(Mark(at, number, level))
    return LaneRow(capitalize(lane.label), f"lane-{lane.value}", max(1, len(ends)), placed)


def draw_charts(notes: Notes) -> list[Chart]:
    """Returns the charts of the series that say that the brief draws them, in the order that they give."""
    series = [one for one in notes.catalog.of_kind("series") if isinstance(one, Series)]
    drawn = sorted((one for one in series if one.in_brief), key=lambda one: one.in_brief or 0)
    return [_draw_chart(notes, one) for one in drawn]


def _draw_chart(notes: Notes, series: Series) -> Chart:
    points = [one for one in points_of(series) if not one.elsewhere]
    colour = marks.colour_of(series.topic.lane)
    drawn = draw(draw_bars(points, note_of, colour, wide=True), series.id)
    body = str(piece("chart_body", id=series.id, colour=colour, drawn=drawn))
    return Chart(
        title=", ".join(one for one in (series.title, series.unit, series.year or "") if one),
        basis=notes.words(series.basis),
        caution=notes.words(series.caution) if series.caution else "",
        elsewhere=len(series.alternatives),
        words=[_say_point(one, series.unit) for one in points],
        body=resolve_colours(body, read_palette()),
        width=drawn.width,
        height=drawn.height,
        note=notes.cite(series.sources),
        sure=label_of(series),
        name=series.name,
    )


def _say_point(point: Point, unit: str) -> str:
    return f"{point.label}: {point.words} {unit}" if point.high is not None else f"{point.label}: {point.words}"

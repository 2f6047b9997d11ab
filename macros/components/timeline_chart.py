"""The picture above a timeline: one lane for each story, its entries stacked by month, by half-year before that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from macros.charts.binning import HEAD, Column, Panel, Stack, Strip, build_strip, cut_panels, place_columns
from macros.components.framing import Size, render_drawing, render_picture
from macros.components.outlining import find_subject
from macros.components.page_context import PageContext
from macros.components.timeline_entries import Moment
from macros.schema.context_vocabularies import Lane

# Twelve months side by side are targets of 24 pixels each on a screen of 320.
_WIDTHS = {Size.narrow: 328, Size.wide: 700}


@dataclass(frozen=True)
class Line:
    """An upright line through all lanes, with the words above it; they stand to its left where `before` is true."""

    at: float
    words: str
    before: bool


@dataclass(frozen=True)
class Picture:
    """The figure, and the lines of the list to which its stacks lead: the entry that is the first of each."""

    figure: Markup
    anchors: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """What one drawing of the lanes is laid out on: for which screens, with which scales."""

    size: Size
    number: int
    panels: list[Panel]
    columns: list[Column]
    signed: Line | None
    as_at: Line | None

    @property
    def width(self) -> int:
        return _WIDTHS[self.size]


def draw_lanes(view: PageContext, moments: Sequence[Moment], opening: int) -> Picture:
    """Returns the picture of moments in lanes: a sheet for a wide screen; for a phone one a scale, newest first."""
    as_at = view.catalog.as_at.last_day
    panels = cut_panels([one.date for one in moments], opening, as_at)
    sheets = [_lay_out(view, Size.wide, 0, panels)]
    sheets += [_lay_out(view, Size.narrow, number, [panel]) for number, panel in enumerate(panels)][::-1]
    lanes = [one for one in view.catalog.vocabularies.all(Lane) if any(two.lane == one for two in moments)]
    anchors: dict[str, str] = {}
    drawings = []
    for sheet in sheets:
        strips = []
        for lane in lanes:
            strip = build_strip([one for one in moments if one.lane == lane], sheet.columns)
            anchors |= {stack.marks[0][0].record.key: anchor_of(stack) for stack in strip.stacks}
            if strip.stacks:
                strips.append((lane, _draw(view, sheet, lane, strip)))
        folded = sheet.size is Size.narrow and sheet.panels[-1] is not panels[-1]
        drawings.append(view.render("lanes", sheet=sheet, strips=strips, folded=folded))
    figure = render_picture(
        view,
        "lanes",
        title=view.piece("lanes_title", count=len(moments), lanes=len(lanes)),
        lead=view.piece("lanes_lead", panels=panels),
        sources=[],
        drawings=drawings,
        notes=view.piece("lanes_notes"),
    )
    return Picture(figure, anchors)


def anchor_of(stack: Stack[Moment]) -> str:
    """Returns the id of the line to which a stack leads. No other stack begins in this lane on this date."""
    first = stack.marks[0][0]
    return f"{first.lane.value}-{first.date.text}"


def _draw(view: PageContext, sheet: Sheet, lane: Lane, strip: Strip[Moment]) -> Markup:
    count = sum(len(stack.marks) for stack in strip.stacks)
    stacks = [(anchor_of(one), one, _sort(one)) for one in strip.stacks]
    values = {"sheet": sheet, "lane": lane, "strip": strip, "stacks": stacks, "count": count, "head": HEAD}
    return render_drawing(
        view,
        f"lane-{lane.value}-{sheet.number}",
        view.render("lane", **values),
        width=sheet.width,
        height=strip.height,
        title=view.piece("lane_title", lane=lane, count=count),
        description=view.piece("lane_description", panels=sheet.panels),
        size=sheet.size,
        links=True,
    )


def _sort(stack: Stack[Moment]) -> dict[str, list[tuple[float, float]]]:
    """Returns the places of a stack's marks by their shape."""
    shapes = {"instrument": "paper", "deadline": "due"}
    found: dict[str, list[tuple[float, float]]] = {}
    for one, x, y in stack.marks:
        found.setdefault(shapes.get(one.record.kind, "event"), []).append((x, y))
    return found


def _lay_out(view: PageContext, size: Size, number: int, panels: list[Panel]) -> Sheet:
    columns = place_columns(panels, _WIDTHS[size])
    as_at = view.catalog.as_at.last_day
    ends = next((one.right for one in columns if one.period.last == as_at), None)
    now = Line(ends, str(view.catalog.as_at), before=True) if ends is not None else None
    return Sheet(size, number, panels, columns, _sign(view, columns, _WIDTHS[size]), now)


def _sign(view: PageContext, columns: list[Column], width: float) -> Line | None:
    """Returns the line of the day of the paper that the site is about, when it lies on the sheet."""
    subject = find_subject(view.catalog)
    day: dt.date | None = subject.date.first_day if subject else None
    column = next((one for one in columns if day and one.period.first <= day <= one.period.last), None)
    if not subject or not day or not column:
        return None
    at = column.place(day)
    return Line(at, f"{subject.date_label} {subject.date}", before=at > width / 2)

"""Dots and ranges on a grid: values that sources give for one thing, each for itself, none averaged."""

from __future__ import annotations

from collections.abc import Sequence

from macros.charts import marks
from macros.charts.marks import EDGE, PAPER, Layer, Place, Value
from macros.charts.points import Point
from macros.charts.rows import Row, SaidBy, place_rows, point_onward, write_rows
from macros.schema.context_vocabularies import Limit

_TOP = 18  # pixels above the rows for the numbers of the grid


def draw_dots(points: Sequence[Point], said_by: SaidBy, colour: str, *, wide: bool) -> marks.Chart:
    """Returns a dot for each value and a line for each range; a ring is one said with about or more than."""
    placed = place_rows(points, said_by, wide=wide)
    ticks = marks.ticks_up_to(placed.most)
    along = placed.along(ticks[-1], inset=6)
    layers = marks.grid(ticks, along, 0, placed.height)
    for elsewhere, tone in ((False, colour), (True, EDGE)):
        layers += _dots([row for row in placed.found if row.point.elsewhere is elsewhere], along, tone)
    return marks.spec(placed.width, round(placed.height), [*layers, *write_rows(placed, along)], top=_TOP)


def _dots(rows: Sequence[Row], along: Place, tone: str) -> list[Layer]:
    ranges = [row for row in rows if row.point.low != row.point.high]
    strips = [{"x": row.point.low, "x2": row.point.high, "y": row.middle} for row in ranges]
    full: list[Value] = []
    rings: list[Value] = []
    for row in rows:
        exact = row.point.limit == Limit.exactly or row in ranges
        ends = [row.point.low, row.point.high] if row in ranges else [row.point.high]
        (full if exact else rings).extend({"x": end, "y": row.middle} for end in ends)
    return [
        point_onward(rows, along, tone, 4),
        marks.shape("rule", strips, along, ends=True, stroke=tone, strokeWidth=4),
        marks.shape("point", full, along, filled=True, size=75, fill=tone),
        marks.shape("point", rings, along, size=70, fill=PAPER, stroke=tone, strokeWidth=2),
    ]

"""Bars from nought, one below the other: amounts and shares. A ceiling is hatched and ends in a cap."""

from __future__ import annotations

from collections.abc import Sequence

from macros.charts import marks
from macros.charts.marks import EDGE, HATCH, PAPER, Value
from macros.charts.points import Point
from macros.charts.rows import BAR, Row, SaidBy, place_rows, point_onward, write_rows
from macros.schema.context_vocabularies import Limit


def draw_bars(points: Sequence[Point], said_by: SaidBy, colour: str, *, wide: bool) -> marks.Chart:
    """Returns a bar for each point; what is given elsewhere is an empty bar, what was not found is words."""
    placed = place_rows(points, said_by, wide=wide)
    along = placed.along(placed.most)
    kinds: dict[str, list[Value]] = {"solid": [], "hollow": [], "ceiling": []}
    for row in placed.found:
        half = BAR / 2
        kinds[_kind_of(row)].append({"x": 0, "x2": row.point.high, "y": row.middle - half, "y2": row.middle + half})
    caps = [{**one, "x": one["x2"], "y": one["y"] - 4, "y2": one["y2"] + 4} for one in kinds["ceiling"]]
    begin = [{"x": 0, "y": row.middle - BAR / 2 - 3, "y2": row.middle + BAR / 2 + 3} for row in placed.rows]
    layers = [
        marks.shape("rule", begin, along, tall=True, stroke=EDGE),
        marks.shape("rect", kinds["solid"], along, ends=True, tall=True, fill=colour),
        marks.shape("rect", kinds["hollow"], along, ends=True, tall=True, fill=PAPER, stroke=colour),
        marks.shape("rect", kinds["ceiling"], along, ends=True, tall=True, fill=HATCH),
        marks.shape("rule", caps, along, tall=True, stroke=colour, strokeWidth=2),
        point_onward(placed.rows, along, colour, 2),
        *write_rows(placed, along),
    ]
    return marks.spec(placed.width, round(placed.height), layers)


def _kind_of(row: Row) -> str:
    if row.point.limit == Limit.up_to:
        return "ceiling"
    return "hollow" if row.point.elsewhere else "solid"

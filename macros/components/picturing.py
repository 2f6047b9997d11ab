"""Macros that draw: a chart of a series."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from markupsafe import Markup

from macros.charts import marks
from macros.charts.bars import draw_bars
from macros.charts.columns import draw_columns
from macros.charts.dots import draw_dots
from macros.charts.drawing import draw
from macros.charts.lines import draw_lines
from macros.charts.points import Point, ShapeError, points_of
from macros.charts.years import tracks_of
from macros.components.framing import Size, render_drawing, render_picture
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.problems import suggest
from macros.schema.base import RefersTo
from macros.schema.context_vocabularies import Lane, Limit
from macros.schema.figures import Series
from macros.schema.sources import Source

SHAPES = ("bars", "dots", "lines", "columns")
_SOURCES = 2  # named in a row of a drawing; the table has them all

Draw = Callable[..., marks.Chart]


@macro()
def chart(
    view: PageContext,
    series: Annotated[str, RefersTo("series")],
    says: str,
    shape: str = "bars",
    column: str | None = None,
) -> str:
    """A drawing of a series, with the same as a table below. `says`: what it shows, in a sentence without numbers.

    Shapes: bars (amounts; ceilings are hatched), dots (values that sources give for one thing, ranges), lines and
    columns (years, a line or a row of bars for each column of the series).
    {{ chart('series/lng-origin-2024', says='Australia sends the most') }}
    {{ chart('series/us-and-russia-share', says='The two lines crossed in 2024', shape='lines') }}
    """
    record = view.chosen_as(series, Series)
    if shape not in SHAPES:
        raise MacroError(f"there is no shape '{shape}'", suggest(shape, SHAPES, what="shapes"), shape)
    try:
        drawn, points = _prepare(view, record, shape, column)
    except ShapeError as error:
        raise MacroError(str(error), error.hint) from None
    sources = list({(one.id, one.pinpoint): one for one in record.sources}.values())
    return render_picture(
        view,
        record.id,
        title=says,
        lead=view.piece("chart_lead", view=view, record=record),
        sources=sources,
        drawings=[] if view.dry else _drawings(view, record, says, shape, drawn),
        notes=view.piece("chart_notes", view=view, record=record, shape=shape, points=points),
        table=view.render("chart_table", record=record, points=points, with_columns=shape in ("lines", "columns")),
    )


def _prepare(view: PageContext, record: Series, shape: str, column: str | None) -> tuple[Draw, list[Point]]:
    """Returns what draws the series once it is told how wide, and the points that it marks. Raises ShapeError."""
    colour = marks.colour_of(record.topic.lane)
    if shape in ("bars", "dots"):
        points = points_of(record, column, limits=view.catalog.vocabularies.all(Limit))
        said_by = note_of if shape == "bars" else partial(_publishers_of, view)
        return partial(draw_bars if shape == "bars" else draw_dots, points, said_by, colour), points
    tracks = tracks_of(record)
    if shape == "columns":
        return partial(draw_columns, tracks, colour), []
    colours = marks.line_colours(view.catalog.vocabularies.all(Lane))
    if len(tracks) > len(colours):
        raise ShapeError(f"'{record.key}' has {len(tracks)} columns: too many lines", "draw it with shape='columns'")
    return partial(draw_lines, tracks, colours), []


def _drawings(view: PageContext, record: Series, says: str, shape: str, drawn: Draw) -> list[Markup]:
    drawings = []
    for size in (Size.narrow, Size.wide):
        made = draw(drawn(wide=size is Size.wide), f"{record.id}-{size.value}")
        body = view.piece(
            "chart_body", id=f"{record.id}-{size.value}", colour=marks.colour_of(record.topic.lane), drawn=made
        )
        described = str(view.piece("chart_description", record=record, shape=shape)).strip()
        drawing = render_drawing(
            view,
            record.id,
            body,
            width=made.width,
            height=made.height,
            title=says,
            description=described,
            size=size,
        )
        drawings.append(drawing)
    return drawings


def note_of(point: Point) -> str:
    """Returns what stands in small letters below a bar's label; nothing for a value given elsewhere."""
    return "" if point.elsewhere else point.note


def _publishers_of(view: PageContext, point: Point) -> str:
    found = [view.catalog.one(Source, one.id).publisher for one in point.sources[:_SOURCES]]
    return "; ".join(publisher.partition(", ")[0] for publisher in found)

"""What draws a series in the shape that a page asks for: its points, its colours, what is said beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from macros.charts import marks
from macros.charts.bars import draw_bars
from macros.charts.columns import draw_columns
from macros.charts.dots import draw_dots
from macros.charts.drawing import draw
from macros.charts.lines import draw_lines
from macros.charts.points import Point, ShapeError, points_of
from macros.charts.years import tracks_of
from macros.components.framing import Size, render_drawing
from macros.components.page_context import PageContext
from macros.components.registry import MacroError
from macros.schema.context_vocabularies import Lane, Limit
from macros.schema.figures import Series
from macros.schema.sources import Source

_SOURCES = 2  # named in a row of a drawing; the table has them all

Draw = Callable[..., marks.Chart]


def prepare_shape(view: PageContext, record: Series, shape: str, column: str | None) -> tuple[Draw, list[Point]]:
    """Returns what draws the series once it is told how wide, and the points that it marks. Raises MacroError."""
    try:
        return _prepare(view, record, shape, column)
    except ShapeError as error:
        raise MacroError(str(error), error.hint) from None


def _prepare(view: PageContext, record: Series, shape: str, column: str | None) -> tuple[Draw, list[Point]]:
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


def draw_shape(view: PageContext, record: Series, says: str, shape: str, drawn: Draw) -> list[Markup]:
    """Returns the drawings of a series, one for each width of screen."""
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

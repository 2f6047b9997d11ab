"""Macros that draw: a chart of a series."""

from __future__ import annotations

from typing import Annotated

from macros.components.framing import render_picture
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.problems import suggest
from macros.schema.base import RefersTo
from macros.schema.figures import Series

SHAPES = ("bars", "dots", "lines", "columns")


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
    from macros.components.shaping import draw_shape, prepare_shape  # noqa: PLC0415 - loads all that draws, for one page

    record = view.chosen_as(series, Series)
    if shape not in SHAPES:
        raise MacroError(f"there is no shape '{shape}'", suggest(shape, SHAPES, what="shapes"), shape)
    drawn, points = prepare_shape(view, record, shape, column)
    sources = list({(one.id, one.pinpoint): one for one in record.sources}.values())
    return render_picture(
        view,
        record.id,
        title=says,
        lead=view.piece("chart_lead", view=view, record=record),
        sources=sources,
        drawings=[] if view.dry else draw_shape(view, record, says, shape, drawn),
        notes=view.piece("chart_notes", view=view, record=record, shape=shape, points=points),
        table=view.render("chart_table", record=record, points=points, with_columns=shape in ("lines", "columns")),
    )

"""The vocabulary of the charts: layers of Vega-Lite placed to the pixel, in the site's colours and in no others.

Nothing is left to the measuring of text, which hangs on the fonts of a machine: two builds draw the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from macros.schema.context_vocabularies import Lane
from macros.schema.figures import format_number

Layer = dict[str, Any]
Place = dict[str, Any]
Chart = dict[str, Any]
Value = dict[str, Any]
Values = Sequence[Value]

INK, SOFT, RULE, EDGE, PAPER = (f"var(--cm-{name})" for name in ("ink", "soft", "rule", "edge", "paper"))
HATCH = "url(#hatch)"
SMALL, TEXT = 11, 12
NARROW, WIDE = 328, 640  # the widths for which each chart is drawn, in pixels
_TICKS = 5  # at most, nought not counted
LINE = 14  # pixels from one line of text to the next


def colour_of(lane: str) -> str:
    """Returns the colour of a story, by its id."""
    return f"var(--cm-lane-{lane})"


def line_colours(lanes: Sequence[Lane]) -> list[str]:
    """Returns the colours for the lines of a chart: those of the stories that have a place among them."""
    return [colour_of(one.value) for one in sorted(lanes, key=lambda one: one.line) if one.line]


def across(values: tuple[float, float], pixels: tuple[float, float]) -> Place:
    """Returns the horizontal place of a mark whose `x` holds a value: a linear scale, nothing rounded or padded."""
    scale = {"domain": list(values), "range": list(pixels), "nice": False, "zero": False, "padding": 0}
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": None}


def _pixels(field: str) -> Place:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


# The horizontal place of a mark whose `x` holds pixels from the left; `y` always holds pixels from the top.
PIXELS = _pixels("x")


def text(values: Values, x: Place | float, *, colour: str = INK, **mark: object) -> Layer:
    """Returns words at (x, `y`), from the field `text`; a line break in them begins a new line."""
    place = {"value": x} if isinstance(x, (int, float)) else x
    look = {"type": "text", "align": "left", "baseline": "alphabetic", "fontSize": TEXT, "fill": colour}
    return {
        "data": {"values": list(values)},
        "mark": {**look, "lineBreak": "\n", "lineHeight": LINE, **mark},
        "encoding": {"x": place, "y": _pixels("y"), "text": {"field": "text", "type": "nominal"}},
    }


def grid(ticks: Sequence[float], along: Place, top: float, bottom: float) -> list[Layer]:
    """Returns quiet lines at these values, each with its number above it."""
    lines = [{"x": tick, "y": top, "y2": bottom} for tick in ticks]
    numbers = [{"x": tick, "y": top - 5, "text": format_number(tick)} for tick in ticks]
    quiet = text(numbers, along, colour=SOFT, fontSize=SMALL, align="center")
    return [shape("rule", lines, along, tall=True, stroke=RULE), quiet]


def ticks_up_to(top: float) -> list[float]:
    """Returns up to six round numbers from nought to at least this one."""
    steps = [factor * 10.0**power for power in range(-1, 5) for factor in (1, 2, 2.5, 5)]
    step = next(step for step in steps if top / step <= _TICKS)
    return [step * number for number in range(math.ceil(top / step) + 1)]


def shape(
    kind: str, values: Values, x: dict[str, Any], *, ends: bool = False, tall: bool = False, **mark: object
) -> Layer:
    """Returns marks of a kind at (x, `y`); `ends`: each reaches to `x2`, `tall`: each reaches to `y2`."""
    encoding: dict[str, Any] = {"x": x, "y": _pixels("y")}
    if ends:
        encoding["x2"] = {"field": "x2"}
    if tall:
        encoding["y2"] = {"field": "y2"}
    return {"data": {"values": list(values)}, "mark": {"type": kind, "opacity": 1, **mark}, "encoding": encoding}


def spec(width: int, height: int, layers: Sequence[Layer], top: int = 0) -> Chart:
    """Returns the whole chart as Vega-Lite reads it. Layers without values are left out."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "autosize": "none",
        "width": width,
        "height": height,
        "padding": {"left": 0, "right": 0, "top": top, "bottom": 0},
        "layer": [layer for layer in layers if layer["data"]["values"]],
        "config": {"background": None, "aria": False, "view": {"stroke": None, "fill": None}},
    }

"""A field of small bars: a row for each track, a bar for each year, all to one scale, so that gaps are seen as gaps."""

from __future__ import annotations

from collections.abc import Sequence

from macros.charts import marks
from macros.charts.marks import EDGE, INK, PIXELS, SMALL, SOFT
from macros.charts.years import NOT_FOUND, Track
from macros.schema.figures import format_number

_TALLEST = 56  # pixels
_NAMES = 130  # the width of the column of names, where there is one
_TOP = 20


def draw_columns(tracks: Sequence[Track], colour: str, *, wide: bool) -> marks.Chart:
    """Returns the tracks below one another; each row is as high as its own tallest bar needs."""
    width, left = (marks.WIDE, _NAMES) if wide else (marks.NARROW, 0)
    years = list(tracks[0].values)
    cell = (width - left) / len(years)
    tallest = max(track.most for track in tracks)
    middles = [left + cell * (place + 0.5) for place in range(len(years))]
    bars, words, nothing, names, floors = [], [], [], [], []
    floor = float(_TOP)
    for track in tracks:
        room = max(30, 18 + _TALLEST * track.most / tallest)
        names.append({"y": floor + 14 + (room if wide else 0), "text": track.title})
        floor += room + (18 if wide else 24)
        floors.append({"x": left, "x2": width, "y": floor})
        for x, value in zip(middles, track.values.values(), strict=True):
            if value is None:
                nothing.append({"x": x, "y": floor - 18, "text": NOT_FOUND})
                continue
            top = floor - _TALLEST * value / tallest
            bars.append({"x": x - cell * 0.3, "x2": x + cell * 0.3, "y": top, "y2": floor})
            words.append({"x": x, "y": top - 5, "text": format_number(value)})
    heads = [{"x": x, "y": 12, "text": str(year)} for x, year in zip(middles, years, strict=True)]
    layers = [
        marks.text(heads, PIXELS, colour=SOFT, fontSize=SMALL, align="center"),
        marks.text(names, 0, fontWeight=600),
        marks.shape("rect", bars, PIXELS, ends=True, tall=True, fill=colour),
        marks.shape("rule", floors, PIXELS, ends=True, stroke=EDGE),
        marks.text(words, PIXELS, colour=INK, align="center", fontSize=SMALL),
        marks.text(nothing, PIXELS, colour=SOFT, align="center", fontSize=SMALL),
    ]
    return marks.spec(width, round(floor + 4), layers)

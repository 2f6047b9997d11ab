"""Lines over years, each named at its end; between years that were not found a line is only dashed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from macros.charts import marks
from macros.charts.marks import RULE, SMALL, SOFT, Layer, Place, Value
from macros.charts.years import NOT_FOUND, Track
from macros.schema.figures import format_number

_HEIGHT, _TOP, _FOOT = 244, 14, 46


def draw_lines(tracks: Sequence[Track], colours: Sequence[str], *, wide: bool) -> marks.Chart:
    """Returns one line for each track, in the colour of its place, with its values, over a scale from nought."""
    width = marks.WIDE if wide else marks.NARROW
    years = list(tracks[0].values)
    ticks = marks.ticks_up_to(max(track.most for track in tracks))
    bottom = _HEIGHT - _FOOT
    along = marks.across((years[0], years[-1]), (34, width - (116 if wide else 110)))

    def at(value: float) -> float:
        return bottom - (bottom - _TOP) * value / ticks[-1]

    levels = [{"x": 0, "x2": width, "y": at(tick)} for tick in ticks]
    numbers = [{"y": at(tick) - 4, "text": format_number(tick)} for tick in ticks]
    layers = [
        marks.shape("rule", levels, marks.PIXELS, ends=True, stroke=RULE),
        marks.text(numbers, 0, colour=SOFT, fontSize=SMALL),
        *_years(tracks, along, bottom),
    ]
    for track, colour in zip(tracks, colours, strict=False):
        layers += _line(track, tracks, along, at, colour)
    return marks.spec(width, _HEIGHT, layers)


def _line(
    track: Track, tracks: Sequence[Track], along: Place, at: Callable[[float], float], colour: str
) -> list[Layer]:
    near: list[Value] = []
    far: list[Value] = []
    for (one, low), (two, high) in pairwise(track.found):
        (near if two - one == 1 else far).append({"x": one, "x2": two, "y": at(low), "y2": at(high)})
    dots = [{"x": year, "y": at(value)} for year, value in track.found]
    words = []
    for year, value in track.found:
        below = any((other.values[year] or 0) > value for other in tracks)
        words.append({"x": year, "y": at(value) + (18 if below else -10), "text": format_number(value)})
    name = [{"x": year, "y": at(value) + 4, "text": track.title} for year, value in track.found[-1:]]
    return [
        marks.shape("rule", far, along, ends=True, tall=True, stroke=colour, strokeDash=[2, 4], strokeWidth=1.5),
        marks.shape("rule", near, along, ends=True, tall=True, stroke=colour, strokeWidth=2.5, strokeCap="round"),
        marks.shape("point", dots, along, filled=True, size=50, fill=colour),
        marks.text(words, along, colour=colour, align="center", fontWeight=600),
        marks.text(name, along, colour=colour, dx=14, fontWeight=600),
    ]


def _years(tracks: Sequence[Track], along: Place, bottom: float) -> list[Layer]:
    years = list(tracks[0].values)
    names = [{"x": year, "y": bottom + 17, "text": str(year)} for year in years]
    empty = [year for year in years if all(track.values[year] is None for track in tracks)]
    nothing = [{"x": year, "y": bottom + 31, "text": NOT_FOUND} for year in empty]
    return [marks.text(one, along, colour=SOFT, align="center", fontSize=SMALL) for one in (names, nothing)]

"""Rows of a chart: what a value is and who says it at the left or above, and its words beside the mark."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from macros.charts import marks
from macros.charts.marks import LINE, SMALL, SOFT, Layer, Place, Value
from macros.charts.points import Point
from macros.schema.context_vocabularies import Limit
from macros.schema.labels import capitalize

BAR = 14  # the height of a bar, in pixels
_GAP = 12
_LETTER = 6.3  # pixels that a letter of a label takes, with room to spare
_WORDS = 92  # pixels kept free for the words after the longest mark
_LABELS = 236  # the width of the column of labels, where there is one

SaidBy = Callable[[Point], str]


@dataclass(frozen=True)
class Row:
    """A point in its place: its label and what stands in small letters, both in lines; its top, its mark's middle."""

    point: Point
    label: list[str]
    small: list[str]
    top: float
    middle: float
    heads_elsewhere: bool

    @property
    def is_open(self) -> bool:
        """Whether the value is a floor that may be passed."""
        return self.point.limit in (Limit.at_least, Limit.more_than)


@dataclass(frozen=True)
class Rows:
    """Rows placed below one another, on one scale from values to pixels."""

    rows: list[Row]
    width: int
    height: float
    left: int
    most: float

    @property
    def found(self) -> list[Row]:
        return [row for row in self.rows if row.point.high is not None]

    def along(self, most: float, inset: int = 0) -> Place:
        """Returns the horizontal scale from nought to `most`; `inset`: pixels from the labels to nought."""
        return marks.across((0, most), (self.left + inset, self.width - _WORDS))


def place_rows(points: Sequence[Point], said_by: SaidBy, *, wide: bool) -> Rows:
    """Returns the points in their places: labels in a column of their own where there is room, else above the marks.

    `said_by` gives what stands in small letters: who says it, or a note.
    """
    width = marks.WIDE if wide else marks.NARROW
    left = _LABELS if wide else 0
    letters = ((left or width) - 14) / _LETTER
    rows: list[Row] = []
    top = 4.0
    for point in points:
        heads = point.elsewhere and bool(rows) and not rows[-1].point.elsewhere
        top += _GAP + LINE if heads else 0
        label = textwrap.wrap(capitalize(point.label), int(letters))
        small = textwrap.wrap(said_by(point), int(letters * 1.08))
        lines = LINE * (len(label) + len(small))
        middle = top + (LINE / 2 if wide else lines + BAR / 2 + 4)
        rows.append(Row(point, label, small, top, middle, heads))
        top += (max(lines, BAR) if wide else lines + BAR + 6) + _GAP
    most = max((point.high for point in points if point.high is not None), default=1)
    return Rows(rows, width, top - _GAP / 2, left, most)


def write_rows(placed: Rows, along: Place) -> list[Layer]:
    """Returns the words of the rows: labels, small letters, what is not found, and each value beside its mark."""
    named = [{"y": row.top + 11, "text": "\n".join(row.label)} for row in placed.rows]
    small = [
        {"y": row.top + 11 + LINE * len(row.label), "text": "\n".join(row.small)} for row in placed.rows if row.small
    ]
    heads = [{"y": row.top - 10, "text": "Given elsewhere"} for row in placed.rows if row.heads_elsewhere]
    missing = [{"y": row.middle + 4, "x": 0, "text": row.point.words} for row in placed.rows if row.point.high is None]
    quiet: Value = {"colour": SOFT, "fontSize": SMALL}
    layers = [marks.text(named, 0), marks.text(small, 0, **quiet), marks.text(heads, 0, **quiet, fontStyle="italic")]
    for is_open, away in ((False, 9), (True, 24)):
        rows = [row for row in placed.found if row.is_open is is_open]
        values = [{"y": row.middle + 4, "x": row.point.high, "text": row.point.words} for row in rows]
        layers.append(marks.text(values, along, dx=away, fontWeight=600))
    return [*layers, marks.text(missing, along, dx=6, **quiet)]


def point_onward(rows: Sequence[Row], along: Place, colour: str, away: int) -> Layer:
    """Returns what says that a value is at least so much: an arrow onward from it, `away` pixels from it."""
    onward = [{"x": row.point.high, "y": row.middle + 5, "text": "→"} for row in rows if row.is_open]
    return marks.text(onward, along, colour=colour, dx=away, fontSize=16)

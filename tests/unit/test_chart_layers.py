"""Where charts put each mark, to the pixel, and how it looks: layer by layer, for a phone and for more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from macros.charts.bars import draw_bars
from macros.charts.columns import draw_columns
from macros.charts.dots import draw_dots
from macros.charts.lines import draw_lines
from macros.charts.marks import Chart
from macros.charts.points import Point, points_of
from macros.charts.rows import place_rows
from macros.charts.years import tracks_of
from macros.schema.context_vocabularies import Limit
from tests.conftest import LISTS
from tests.unit.test_pictures import series_of

USUAL = {"type": "text", "align": "left", "baseline": "alphabetic", "fontSize": 12, "fill": "var(--cm-ink)"}
USUAL |= {"lineBreak": "\n", "lineHeight": 14, "opacity": 1}
POINTS = points_of(
    series_of(
        ["Amount"],
        [
            {"label": "paid", "values": [40]},
            {"label": "pledged", "values": [80], "limit": "up-to"},
            {"label": "sought", "values": [None]},
            {"label": "spent", "values": [20], "limit": "at-least"},
        ],
        alternatives=[{"label": "a count", "value": "30 to 50 per cent"}, {"label": "b", "value": "9 per cent"}],
    )
)
TRACKS = tracks_of(
    series_of(
        ["One", "Two"],
        [
            {"label": "2019", "values": [4, None]},
            {"label": "2021", "values": [5, 6]},
            {"label": "2022", "values": [7, 6]},
        ],
    )
)


def said_by(point: Point) -> str:
    return f"by {point.label}" if point.label != "b" else ""


def layers(chart: Chart) -> str:
    """Returns what each layer marks: a line for its scale and look, then a line for its marks: x..x2@y..y2 text."""
    told = []
    for layer in chart["layer"]:
        look = {name: one for name, one in layer["mark"].items() if USUAL.get(name) != one}
        place = layer["encoding"]["x"]
        scale = place.get("scale")
        along = f"{scale['domain']} on {scale['range']}" if scale else place.get("value", "pixels")
        reach = [one for one in ("x2", "y2") if one in layer["encoding"]]
        told.append(" ".join([str(along), *reach, *(f"{name}={one}" for name, one in look.items())]))
        told.append("  " + "; ".join(map(tell, layer["data"]["values"])))
    return "\n".join(told)


def tell(mark: Mapping[str, Any]) -> str:
    x, x2, y, y2 = (f"{mark[name]:g}" if name in mark else "" for name in ("x", "x2", "y", "y2"))
    at = f"{x}..{x2}".removesuffix("..") + "@" + f"{y}..{y2}".removesuffix("..")
    return " ".join([at, *mark.get("text", "").split()])


BARS = """\
[0, 80.0] on [236, 548] y2 type=rule stroke=var(--cm-edge)
  0@1..21; 0@41..61; 0@81..101; 0@121..141; 0@187..207; 0@227..247
[0, 80.0] on [236, 548] x2 y2 type=rect fill=C
  0..40@4..18; 0..20@124..138
[0, 80.0] on [236, 548] x2 y2 type=rect fill=var(--cm-paper) stroke=C
  0..50@190..204; 0..9@230..244
[0, 80.0] on [236, 548] x2 y2 type=rect fill=url(#hatch)
  0..80@44..58
[0, 80.0] on [236, 548] y2 type=rule stroke=C strokeWidth=2
  80..80@40..62
[0, 80.0] on [236, 548] fontSize=16 fill=C dx=2
  20@136 →
0
  @15 Paid; @55 Pledged; @95 Sought; @135 Spent; @201 A count; @241 B
0 fontSize=11 fill=var(--cm-soft)
  @29 by paid; @69 by pledged; @109 by sought; @149 by spent; @215 by a count
0 fontSize=11 fill=var(--cm-soft) fontStyle=italic
  @180 Given elsewhere
[0, 80.0] on [236, 548] dx=9 fontWeight=600
  40@15 40; 80@55 up to 80; 50@201 30 to 50; 9@241 9
[0, 80.0] on [236, 548] dx=24 fontWeight=600
  20@135 at least 20
[0, 80.0] on [236, 548] fontSize=11 fill=var(--cm-soft) dx=6
  0@95 not found
"""
BARS_ON_A_PHONE = """\
[0, 80.0] on [0, 236] y2 type=rule stroke=var(--cm-edge)
  0@33..53; 0@93..113; 0@153..173; 0@213..233; 0@299..319; 0@345..365
[0, 80.0] on [0, 236] x2 y2 type=rect fill=C
  0..40@36..50; 0..20@216..230
[0, 80.0] on [0, 236] x2 y2 type=rect fill=var(--cm-paper) stroke=C
  0..50@302..316; 0..9@348..362
[0, 80.0] on [0, 236] x2 y2 type=rect fill=url(#hatch)
  0..80@96..110
[0, 80.0] on [0, 236] y2 type=rule stroke=C strokeWidth=2
  80..80@92..114
[0, 80.0] on [0, 236] fontSize=16 fill=C dx=2
  20@228 →
0
  @15 Paid; @75 Pledged; @135 Sought; @195 Spent; @281 A count; @341 B
0 fontSize=11 fill=var(--cm-soft)
  @29 by paid; @89 by pledged; @149 by sought; @209 by spent; @295 by a count
0 fontSize=11 fill=var(--cm-soft) fontStyle=italic
  @260 Given elsewhere
[0, 80.0] on [0, 236] dx=9 fontWeight=600
  40@47 40; 80@107 up to 80; 50@313 30 to 50; 9@359 9
[0, 80.0] on [0, 236] dx=24 fontWeight=600
  20@227 at least 20
[0, 80.0] on [0, 236] fontSize=11 fill=var(--cm-soft) dx=6
  0@167 not found
"""
DOTS = """\
[0, 80.0] on [242, 548] y2 type=rule stroke=var(--cm-rule)
  0@0..250; 20@0..250; 40@0..250; 60@0..250; 80@0..250
[0, 80.0] on [242, 548] align=center fontSize=11 fill=var(--cm-soft)
  0@-5 0; 20@-5 20; 40@-5 40; 60@-5 60; 80@-5 80
[0, 80.0] on [242, 548] fontSize=16 fill=C dx=4
  20@136 →
[0, 80.0] on [242, 548] type=point filled=True size=75 fill=C
  40@11
[0, 80.0] on [242, 548] type=point size=70 fill=var(--cm-paper) stroke=C strokeWidth=2
  80@51; 20@131
[0, 80.0] on [242, 548] x2 type=rule stroke=var(--cm-edge) strokeWidth=4
  30..50@197
[0, 80.0] on [242, 548] type=point filled=True size=75 fill=var(--cm-edge)
  30@197; 50@197; 9@237
0
  @15 Paid; @55 Pledged; @95 Sought; @135 Spent; @201 A count; @241 B
0 fontSize=11 fill=var(--cm-soft)
  @29 by paid; @69 by pledged; @109 by sought; @149 by spent; @215 by a count
0 fontSize=11 fill=var(--cm-soft) fontStyle=italic
  @180 Given elsewhere
[0, 80.0] on [242, 548] dx=9 fontWeight=600
  40@15 40; 80@55 up to 80; 50@201 30 to 50; 9@241 9
[0, 80.0] on [242, 548] dx=24 fontWeight=600
  20@135 at least 20
[0, 80.0] on [242, 548] fontSize=11 fill=var(--cm-soft) dx=6
  0@95 not found
"""
LINES = """\
pixels x2 type=rule stroke=var(--cm-rule)
  0..640@198; 0..640@152; 0..640@106; 0..640@60; 0..640@14
0 fontSize=11 fill=var(--cm-soft)
  @194 0; @148 2; @102 4; @56 6; @10 8
[2019, 2022] on [34, 524] align=center fontSize=11 fill=var(--cm-soft)
  2019@215 2019; 2020@215 2020; 2021@215 2021; 2022@215 2022
[2019, 2022] on [34, 524] align=center fontSize=11 fill=var(--cm-soft)
  2020@229 not found
[2019, 2022] on [34, 524] x2 y2 type=rule stroke=A strokeDash=[2, 4] strokeWidth=1.5
  2019..2021@106..83
[2019, 2022] on [34, 524] x2 y2 type=rule stroke=A strokeWidth=2.5 strokeCap=round
  2021..2022@83..37
[2019, 2022] on [34, 524] type=point filled=True size=50 fill=A
  2019@106; 2021@83; 2022@37
[2019, 2022] on [34, 524] align=center fill=A fontWeight=600
  2019@96 4; 2021@101 5; 2022@27 7
[2019, 2022] on [34, 524] fill=A dx=14 fontWeight=600
  2022@41 One
[2019, 2022] on [34, 524] x2 y2 type=rule stroke=B strokeWidth=2.5 strokeCap=round
  2021..2022@60..60
[2019, 2022] on [34, 524] type=point filled=True size=50 fill=B
  2021@60; 2022@60
[2019, 2022] on [34, 524] align=center fill=B fontWeight=600
  2021@50 6; 2022@78 6
[2019, 2022] on [34, 524] fill=B dx=14 fontWeight=600
  2022@64 Two
"""
COLUMNS = """\
pixels align=center fontSize=11 fill=var(--cm-soft)
  193.75@12 2019; 321.25@12 2020; 448.75@12 2021; 576.25@12 2022
0 fontWeight=600
  @108 One; @192 Two
pixels x2 y2 type=rect fill=C
  155.5..232@80..112; 410.5..487@72..112; 538..614.5@56..112; 410.5..487@148..196; 538..614.5@148..196
pixels x2 type=rule stroke=var(--cm-edge)
  130..640@112; 130..640@196
pixels align=center fontSize=11
  193.75@75 4; 448.75@67 5; 576.25@51 7; 448.75@143 6; 576.25@143 6
pixels align=center fontSize=11 fill=var(--cm-soft)
  321.25@94 not found; 193.75@178 not found; 321.25@178 not found
"""
COLUMNS_ON_A_PHONE = """\
pixels align=center fontSize=11 fill=var(--cm-soft)
  41@12 2019; 123@12 2020; 205@12 2021; 287@12 2022
0 fontWeight=600
  @34 One; @132 Two
pixels x2 y2 type=rect fill=C
  16.4..65.6@86..118; 180.4..229.6@78..118; 262.4..311.6@62..118; 180.4..229.6@160..208; 262.4..311.6@160..208
pixels x2 type=rule stroke=var(--cm-edge)
  0..328@118; 0..328@208
pixels align=center fontSize=11
  41@81 4; 205@73 5; 287@57 7; 205@155 6; 287@155 6
pixels align=center fontSize=11 fill=var(--cm-soft)
  123@100 not found; 41@190 not found; 123@190 not found
"""


def size(chart: Chart) -> tuple[int, int, int]:
    return chart["width"], chart["height"], chart["padding"]["top"]


def test_bars_begin_at_nought_and_end_at_their_values() -> None:
    chart = draw_bars(POINTS, said_by, "C", wide=True)
    assert layers(chart) == BARS.rstrip()
    assert size(chart) == (640, 250, 0)


def test_bars_stand_below_their_labels_on_a_phone() -> None:
    chart = draw_bars(POINTS, said_by, "C", wide=False)
    assert layers(chart) == BARS_ON_A_PHONE.rstrip()
    assert size(chart) == (328, 370, 0)


def test_dots_stand_on_a_grid_whose_numbers_are_above_the_first_row() -> None:
    chart = draw_dots(POINTS, said_by, "C", wide=True)
    assert layers(chart) == DOTS.rstrip()
    assert size(chart) == (640, 250, 18)
    assert "[0, 80.0] on [6, 236]" in layers(draw_dots(POINTS, said_by, "C", wide=False))


def test_lines_have_their_values_above_them_or_below_where_another_line_is_higher() -> None:
    chart = draw_lines(TRACKS, ["A", "B"], wide=True)
    assert layers(chart) == LINES.rstrip()
    assert size(chart) == (640, 244, 0)
    narrow = layers(draw_lines(TRACKS, ["A", "B"], wide=False))
    assert narrow == LINES.rstrip().replace("[34, 524]", "[34, 218]").replace("640", "328")


def test_lines_leave_room_for_their_names_at_the_right() -> None:
    for wide, ends in ((False, [34, 218]), (True, [34, 524])):
        drawn = draw_lines(TRACKS, ["C", "D"], wide=wide)
        scales = [layer["encoding"]["x"].get("scale") for layer in drawn["layer"]]
        along = [(one["domain"], one["range"]) for one in scales if one]
        assert set(map(str, along)) == {str(([2019, 2022], ends))}


def test_columns_stand_on_a_floor_for_each_track() -> None:
    chart = draw_columns(TRACKS, "C", wide=True)
    assert layers(chart) == COLUMNS.rstrip()
    assert size(chart) == (640, 200, 0)


def test_a_row_of_low_columns_has_room_for_its_words() -> None:
    low = tracks_of(series_of(["One", "Two"], [{"label": "2021", "values": [100, 1]}]))
    for wide, height in ((True, 20 + 74 + 18 + 30 + 18 + 4), (False, 20 + 74 + 24 + 30 + 24 + 4)):
        assert draw_columns(low, "C", wide=wide)["height"] == height


def test_columns_stand_below_their_track_s_name_on_a_phone() -> None:
    chart = draw_columns(TRACKS, "C", wide=False)
    assert layers(chart) == COLUMNS_ON_A_PHONE.rstrip()
    assert size(chart) == (328, 212, 0)


@pytest.mark.parametrize(("wide", "label", "small"), [(True, 35, 38), (False, 49, 53)])
def test_labels_break_where_their_column_ends(wide: bool, label: int, small: int) -> None:
    long = Point("a" * label + " b", 1, 1, LISTS.get(Limit, "exactly"), "", ())
    row = place_rows([long], lambda _: "c" * small + " d", wide=wide).rows[0]
    assert row.label == ["A" + "a" * (label - 1), "b"]
    assert row.small == ["c" * small, "d"]
    fits = Point("a" * (label - 2) + " b", 1, 1, LISTS.get(Limit, "exactly"), "", ())
    assert len(place_rows([fits], lambda _: "c" * (small - 2) + " d", wide=wide).rows[0].label) == 1


def test_a_scale_of_nothing_found_goes_to_one() -> None:
    nothing = Point("sought", None, None, LISTS.get(Limit, "exactly"), "", ())
    placed = place_rows([nothing], said_by, wide=True)
    assert (placed.most, placed.found, placed.left) == (1, [], 236)

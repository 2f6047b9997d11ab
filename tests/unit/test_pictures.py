"""Charts drawn from a series: what each mark says, limits and gaps kept, the site's colours, the same bytes twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from lxml import etree

from macros.charts import marks
from macros.charts.bars import draw_bars
from macros.charts.columns import draw_columns
from macros.charts.dots import draw_dots
from macros.charts.drawing import Drawn, draw
from macros.charts.lines import draw_lines
from macros.charts.points import Point, ShapeError, points_of
from macros.charts.years import tracks_of
from macros.schema.context_vocabularies import Limit
from macros.schema.figures import Series
from tests.conftest import LISTS

COLOUR = marks.colour_of("framework")


def series_of(columns: list[str], rows: list[dict[str, Any]], **more: Any) -> Series:
    """Returns a series with these columns and rows, each row with the one source that there is."""
    sources = [{"id": "report"}]
    filled = [{"sources": sources, **row} for row in rows]
    common = {"title": "A series", "unit": "per cent of all", "year": "2025", "basis": "A count.", "topic": "lng"}
    heads = [{"title": title} for title in columns]
    alternatives = [{"basis": "A count.", "sources": sources, **one} for one in more.pop("alternatives", [])]
    values = {**common, "columns": heads, "rows": filled, "alternatives": alternatives, **more}
    return Series.model_validate({**values, "certainty": "reported", "sources": sources}, context=LISTS)


def said_by(point: Point) -> str:
    return f"who says {point.label}"


def texts(drawn: Drawn) -> list[str]:
    return ["".join(map(str, one.itertext())) for one in etree.fromstring(f"<svg>{drawn.body}</svg>").iter("text")]


CEILINGS = series_of(
    ["Amount"],
    [
        {"label": "Paid", "values": [40]},
        {"label": "Pledged", "values": [80], "limit": "up-to"},
        {"label": "Sought", "values": [None]},
        {"label": "Spent", "values": [20], "limit": "at-least"},
    ],
)


def test_points_keep_limits_and_gaps() -> None:
    assert [point.words for point in points_of(CEILINGS)] == ["40", "up to 80", "not found", "at least 20"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("61 per cent", "61"),
        ("about 70 per cent", "about 70"),
        ("more than 1,060.5 per cent", "more than 1,060.5"),
        ("60 to 72 per cent", "60 to 72"),
        ("9 or 10 per cent", None),
        ("nearly 60 per cent", None),
        ("3 million tonnes", None),
    ],
)
def test_what_is_given_elsewhere_is_drawn_when_it_is_a_number_in_the_same_unit(said: str, words: str | None) -> None:
    series = series_of(["Share"], [{"label": "2024", "values": [1]}], alternatives=[{"label": "x", "value": said}])
    found = points_of(series, limits=LISTS.all(Limit))[1:]
    assert [point.words for point in found] == ([words] if words else [])
    assert all(point.elsewhere for point in found)


def test_half_of_a_range_is_not_found() -> None:
    whole, exact = (Point("a", 3, high, Limit.exactly, "", ()) for high in (5, 3))
    assert (whole.words, exact.words) == ("3 to 5", "3")
    assert replace(whole, high=None).words == replace(whole, low=None).words == "not found"


def test_a_ceiling_is_hatched_with_a_cap_and_only_an_exact_amount_is_solid() -> None:
    drawn = draw(draw_bars(points_of(CEILINGS), said_by, COLOUR, wide=True), "it")
    root = etree.fromstring(f"<svg>{drawn.body}</svg>")
    hatched = [one for one in root.iter("path") if one.get("fill") == "url(#it-hatch)"]
    solid = [one for one in root.iter("path") if one.get("fill") == COLOUR]
    assert len(hatched) == 1
    assert len(solid) == 2
    assert sum(one.get("stroke") == COLOUR for one in root.iter("line")) == 1
    assert {"up to 80", "at least 20", "40", "not found", "→"} <= set(texts(drawn))


def test_ranges_are_lines_and_limited_values_rings() -> None:
    series = series_of(
        ["At least", "At most"], [{"label": "Far", "values": [7, 10]}, {"label": "Near", "values": [3, 3]}]
    )
    drawn = draw(draw_dots(points_of(series), said_by, COLOUR, wide=False), "it")
    assert {"7 to 10", "3", "who says Far", "0", "10"} <= set(texts(drawn))
    assert drawn.body.count(f'fill="{COLOUR}"') == 3
    limited = series_of(["Share"], [{"label": "2024", "values": [60], "limit": "about"}])
    drawn = draw(draw_dots(points_of(limited), said_by, COLOUR, wide=False), "it")
    assert drawn.body.count(f'fill="{COLOUR}"') == 0
    assert drawn.body.count(f'stroke="{COLOUR}"') == 1


def test_years_between_are_there_and_say_that_nothing_was_found() -> None:
    rows: list[dict[str, Any]] = [
        {"label": "2019", "values": [4, None]},
        {"label": "2021", "values": [5, 6]},
        {"label": "2022", "values": [7, 6]},
    ]
    tracks = tracks_of(series_of(["One", "Two"], rows))
    assert tracks[0].values == {2019: 4, 2020: None, 2021: 5, 2022: 7}
    lines = draw(draw_lines(tracks, [COLOUR, marks.colour_of("china")], wide=True), "it")
    assert texts(lines).count("notfound") == 1
    assert lines.body.count("stroke-dasharray") == 1
    columns = draw(draw_columns(tracks, COLOUR, wide=True), "it")
    assert texts(columns).count("notfound") == 3
    assert "0" not in texts(columns)


def test_rows_that_are_no_years_and_columns_that_are_not_named_are_refused() -> None:
    with pytest.raises(ShapeError, match="has the row 'Paid', which is no year"):
        tracks_of(CEILINGS)
    two = series_of(["One", "Two"], [{"label": "2019", "values": [1, 2]}])
    with pytest.raises(ShapeError, match="has several columns"):
        points_of(two)
    with pytest.raises(ShapeError, match="has no column 'Three'"):
        points_of(two, "Three")
    assert [point.words for point in points_of(two, "Two")] == ["2"]


@pytest.mark.parametrize("wide", [True, False])
def test_drawings_have_the_site_s_colours_no_fonts_and_the_same_bytes_each_time(
    wide: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    make = partial(draw_bars, points_of(CEILINGS), said_by, COLOUR, wide=wide)
    kept = draw(make(), "it")
    monkeypatch.setattr("macros.charts.drawing._KEPT", tmp_path)
    assert draw(make(), "it") == kept, "drawn anew"
    assert draw(make(), "it") == kept, "taken from what was kept"
    assert len(list(tmp_path.iterdir())) == 1
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', kept.body))
    assert all(colour == "none" or colour.startswith(("var(--cm-", "url(#it-")) for colour in colours), colours
    assert "font-family" not in kept.body
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', kept.body)]
    assert min(sizes) >= 11


@pytest.mark.parametrize("draw_points", [draw_bars, draw_dots])
def test_what_is_drawn_has_the_colour_of_its_subject(draw_points: Callable[..., marks.Chart]) -> None:
    for colour in ("var(--cm-lane-energy)", "var(--cm-lane-ipef)"):
        body = draw(draw_points(points_of(CEILINGS), said_by, colour, wide=True), "picture").body
        drawn = [one for one in etree.fromstring(f"<svg>{body}</svg>").iter() if colour in one.attrib.values()]
        assert drawn, "a picture without its colour says less"


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (0.5, [0, 0.1, 0.2, 0.3, 0.4, 0.5]),
        (0.51, [0, 0.2, 0.4, 0.6]),
        (12, [0, 2.5, 5, 7.5, 10, 12.5]),
        (60, [0, 20, 40, 60]),
        (550, [0, 200, 400, 600]),
    ],
)
def test_an_axis_has_up_to_six_round_numbers(top: float, ticks: list[float]) -> None:
    assert marks.ticks_up_to(top) == pytest.approx(ticks)

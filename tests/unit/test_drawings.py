"""Drawings made small, marks on maps, pictures of projects: what is taken away, what is moved, what is framed."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from macros.catalog.maps import load_maps
from macros.charts import drawing
from macros.charts.bars import draw_bars
from macros.charts.columns import draw_columns
from macros.charts.dots import draw_dots
from macros.charts.drawing import draw, resolve_colours
from macros.charts.lines import draw_lines
from macros.charts.markers import RADIUS, Marker, find_whole, place_projects, spread
from macros.charts.regions import Window
from macros.components.mapping import project_map
from macros.components.page_context import PageContext
from macros.components.picturing import SHAPES
from macros.components.registry import MacroError
from macros.components.shaping import note_of, prepare_shape
from macros.schema.context_kinds import Project
from macros.schema.context_vocabularies import Lane
from macros.schema.figures import Series
from macros.site.loading import Site
from macros.tree import Tree
from tests.conftest import LISTS, SPECIMENS
from tests.unit.test_citing import view_of
from tests.unit.test_macro_edges import copy_of, view_with
from tests.unit.test_maps import GULF, JAPAN, REGIONS, STATES, project_of

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30.5" class="marks" version="1.1">
<rect class="foreground"/><g class="root" aria-roledescription="x" transform="translate(0,0)"><g class="role-mark">
<path class="background" d="M0,0"/><path d="M1.04,2.06L-3.95,4" fill="url(#hatch)" opacity="1" stroke-width="2"/>
<text x="1.25" y="12.345" font-size="11px" text-anchor="start" aria-label="so">10.256</text></g></g></svg>"""


def test_a_drawing_says_only_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_kept", lambda _chart: SVG)
    drawn = draw({}, "it")
    assert (drawn.width, drawn.height) == (40, 30.5)
    assert "".join(drawn.body.split("\\n")).replace("\n", "") == (
        '<path d="M1,2.1L-4,4" fill="url(#it-hatch)" stroke-width="2"/>'
        '<text x="1.2" y="12.3" font-size="11">10.256</text>'
    )


def test_a_group_that_says_something_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = '<g opacity="0.5"><g><path d="M0,0"/></g></g>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{inner}</svg>'
    monkeypatch.setattr(drawing, "_kept", lambda _chart: svg)
    assert draw({}, "it").body == '<g opacity="0.5"><path d="M0,0"/></g>'


def test_colors_are_put_in_by_name() -> None:
    palette = {"ink": "#000000", "lane-us": "#112233"}
    assert resolve_colours('a="var(--cm-ink)" b="var(--cm-lane-us)"', palette) == 'a="#000000" b="#112233"'
    with pytest.raises(KeyError):
        resolve_colours("var(--cm-none)", palette)


def test_marks_that_do_not_touch_stay_and_two_that_do_part_by_as_much_as_they_must() -> None:
    apart = 2 * RADIUS + 2
    assert spread([(50, 50), (50 + apart, 50)], 400, 300) == [(50, 50), (50 + apart, 50)]
    assert spread([(50, 50), (50, 50 + apart + 5)], 400, 300) == [(50, 50), (50, 50 + apart + 5)]
    assert spread([(100, 100), (113, 100)], 400, 300) == [(95, 100), (118, 100)]
    assert spread([(100, 100), (100, 90)], 400, 300) == [(100, 106.5), (100, 83.5)]
    first, second = spread([(100, 100), (100, 100)], 400, 300)
    assert math.dist(first, second) == pytest.approx(apart, abs=0.1)
    assert first[1] != second[1]
    assert spread([(0, 0), (400, 300)], 400, 300) == [(RADIUS, RADIUS), (400 - RADIUS, 300 - RADIUS)]
    assert spread([], 400, 300) == []


def test_a_mark_has_moved_when_it_no_longer_covers_its_place() -> None:
    mark = Marker(1, project_of("a", "Ohio"), (100, 100), (100 + RADIUS / 2, 100), sure=True)
    assert not mark.moved
    assert replace(mark, at=(100 + RADIUS / 2 + 0.1, 100)).moved


def test_only_a_state_that_a_record_names_alone_is_not_sure() -> None:
    placing = place_projects([project_of("a", "Ohio"), project_of("b", "Ohio", (-83, 39))], REGIONS)
    (states,) = placing.maps
    assert [(one.number, one.project.id, one.sure) for one in states.markers] == [(1, "b", True), (2, "a", False)]
    assert find_whole(REGIONS) is STATES
    assert find_whole([JAPAN]) is None
    placing = place_projects([project_of("a", "Ohio")], [JAPAN, GULF])
    assert [one.id for one in placing.nowhere] == ["a"], "Ohio has no outline on the closer map"


def test_a_window_holds_its_edges_and_what_lies_beyond_the_date_line() -> None:
    window = Window(170, -10, 190, 10)
    assert all(window.holds(*place) for place in ((170, -10), (190, 10), (-175, 0), (-170, 10), (180, 0)))
    assert not any(window.holds(*place) for place in ((169.9, 0), (-169.9, 0), (180, 10.1), (180, -10.1)))
    assert Window(-200, 0, -160, 1).holds(170, 0)


def test_a_map_is_as_high_as_is_written_or_as_its_window_needs() -> None:
    assert STATES.height == 288
    assert GULF.height == round(GULF.project(-99.6, 25.4)[1])


def plants(site: Site, *places: tuple[float, float]) -> list[Project]:
    plant = site.catalog.one(Project, "plant")
    where = project_of("x", "Texas", (0, 0)).map
    assert where
    return [
        copy_of(
            plant,
            f"plant-{number}",
            title=f"Plant {number}",
            state="Texas",
            map=where.model_copy(update={"longitude": at[0], "latitude": at[1]}),
        )
        for number, at in enumerate(places, 1)
    ]


def test_a_closer_map_is_framed_on_the_one_of_which_it_is_a_part(small: Site) -> None:
    near = [(-95.0 + number / 100, 29.5) for number in range(3)]
    view = view_with(small, "one.md", plants(small, *near, (-83, 39)), without=["project"])
    soup = BeautifulSoup(project_map(view, "Many stand there", ["lng"]), "lxml")
    wide, close = soup.select("svg")
    assert [one.get_text() for one in soup.select(".cm-map__title")] == [STATES.title, GULF.title]
    (frame,) = wide.select(".cm-map__frame")
    assert close.select(".cm-map__frame") == []
    x, y, width, height = (float(str(frame[side])) for side in ("x", "y", "width", "height"))
    corners = [STATES.project(*place) for place in ((-99.6, 33.4), (-88.6, 33.4), (-99.6, 25.4), (-88.6, 25.4))]
    assert x == pytest.approx(min(one[0] for one in corners), abs=0.06)
    assert y == pytest.approx(min(one[1] for one in corners), abs=0.06)
    assert x + width == pytest.approx(max(one[0] for one in corners), abs=0.11)
    assert y + height == pytest.approx(max(one[1] for one in corners), abs=0.11)
    assert all(len(str(frame[side]).partition(".")[2]) == 1 for side in ("x", "y", "width", "height"))
    assert [one.get_text() for one in close.select(".cm-map__names text")] == ["Texas", "Louisiana"]
    assert wide.select(".cm-map__names text") == []
    assert [str(one["aria-label"])[3:] for one in wide.select("a")] == ["Plant 4"]
    assert [str(one["aria-label"])[3:] for one in close.select("a")] == ["Plant 1", "Plant 2", "Plant 3"]


def test_a_map_alone_has_no_frame_and_is_named_for_those_who_hear_it(small: Site) -> None:
    view = view_with(small, "one.md", plants(small, (-83, 39)), without=["project"])
    soup = BeautifulSoup(project_map(view, "One stands there", ["lng"]), "lxml")
    (svg,) = soup.select("svg")
    assert svg.select(".cm-map__frame") == []
    assert svg["role"] == "group", "there are links in it"


def test_a_tree_without_maps_draws_none(view_without_maps: PageContext) -> None:
    with pytest.raises(MacroError, match="there are no maps"):
        project_map(view_without_maps, "None", ["lng"])


@pytest.fixture
def view_without_maps(small: Site) -> PageContext:
    view = view_with(small, "one.md", [])
    view.catalog = replace(view.catalog, maps=())
    return view


def said(tmp_path: Path, *changes: dict[str, Any]) -> list[str]:
    """Returns what is wrong with maps like the closer one of the Gulf, each with some keys changed."""
    written = yaml.safe_load((SPECIMENS / "small" / "data" / "maps.yml").read_text(encoding="utf-8"))["maps"]
    whole, closer = written[0], written[1]
    maps = [{**(whole if number == 0 else closer), **change} for number, change in enumerate(changes)]
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "maps.yml").write_text(yaml.safe_dump({"maps": maps}, sort_keys=False), encoding="utf-8")
    return [one.message for one in load_maps(Tree(tmp_path))[1]]


def window(**values: float) -> dict[str, Any]:
    return {"windows": [{"west": -10, "south": -5, "east": 10, "north": 5, **values}]}


def test_a_map_is_a_part_of_one_before_it_and_has_a_height_where_it_is_not_fitted(tmp_path: Path) -> None:
    assert load_maps(Tree(tmp_path)) == ((), [])
    assert said(tmp_path, {}, {}) == []
    assert said(tmp_path, {}, {"closer_of": "gulf-coast"}) == ["no map 'gulf-coast' before this one"]
    assert said(tmp_path, {"id": "other"}, {}) == ["no map 'united-states' before this one"]
    assert said(tmp_path, {"height": None}) != []
    assert said(tmp_path, {}, {"height": 10}) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"west": 10}, ["west is 10, east is 10"]),
        ({"west": 9.9}, []),
        ({"south": 5}, ["south is 5, north is 5"]),
        ({"south": 4.9}, []),
        ({"west": 11, "north": -6}, ["west is 11, east is 10", "south is -5, north is -6"]),
    ],
)
def test_a_window_has_its_sides_in_order(tmp_path: Path, values: dict[str, float], expected: list[str]) -> None:
    assert said(tmp_path, {}, {**window(**values), "closer_of": "united-states"}) == expected


def test_each_shape_is_drawn_in_its_own_way(small: Site) -> None:
    view = view_of(small, "one.md")
    series = small.catalog.one(Series, "imports")
    drawn = {shape: prepare_shape(view, series, shape, "Total") for shape in SHAPES}
    assert [one[0].func for one in drawn.values() if isinstance(one[0], partial)] == [
        draw_bars,
        draw_dots,
        draw_lines,
        draw_columns,
    ]
    assert [len(points) for _, points in drawn.values()] == [2, 2, 0, 0]
    words = [one[0].args[1](drawn["bars"][1][1]) for one in drawn.values() if one[1] and isinstance(one[0], partial)]
    assert words == ["One part was not found.", "A newspaper"], "dots are told by who says so"
    assert note_of(drawn["bars"][1][1]) == "One part was not found."
    assert note_of(replace(drawn["bars"][1][1], elsewhere=True)) == ""


def test_there_are_no_more_lines_than_colors(small: Site) -> None:
    view = view_of(small, "one.md")
    series = small.catalog.one(Series, "imports")
    most = len([one for one in LISTS.all(Lane) if one.line])

    def with_columns(number: int) -> Series:
        columns = [series.columns[0].model_copy(update={"title": f"No. {one}"}) for one in range(number)]
        rows = [row.model_copy(update={"values": [1.0] * number}) for row in series.rows]
        return copy_of(series, columns=columns, rows=rows)

    assert prepare_shape(view, with_columns(most), "lines", None)
    with pytest.raises(MacroError, match=f"has {most + 1} columns: too many lines"):
        prepare_shape(view, with_columns(most + 1), "lines", None)
    assert prepare_shape(view, with_columns(most + 1), "columns", None)

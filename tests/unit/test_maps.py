"""Maps of projects: places fall where they should, marks keep apart, the unknown is not drawn, outlines are cut."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import pytest

from macros.catalog.maps import load_maps
from macros.charts.markers import RADIUS, place_projects, spread, states_of
from macros.charts.projections import Spot
from macros.charts.regions import Region, Window, create_region
from macros.schema.context_kinds import Project
from macros.tree import Tree
from tests.conftest import LISTS, ROOT
from tools.cut_maps import area_of, clip, cut_region, thin, write_ring

REGIONS = [create_region(one) for one in load_maps(Tree(ROOT))[0]]
STATES, GULF, JAPAN, AUSTRALIA = REGIONS


def project_of(name: str, state: str, at: Spot | None = None) -> Project:
    """Returns a project in a State, at a longitude and a latitude when they are known."""
    place = {"longitude": at[0], "latitude": at[1], "basis": "approximate"} if at else None
    common = {"type": "plant", "topic": "lng", "summary": "A plant.", "status": "None.", "status_as_of": "2025"}
    values: dict[str, Any] = {**common, "title": name, "state": state, "map": place, "certainty": "reported"}
    made = Project.model_validate({**values, "sources": [{"id": "report"}]}, context=LISTS)
    made._id = name
    return made


def outline_of(region: Region, name: str) -> tuple[Spot, Spot]:
    """Returns the corners of what an outline covers: least and most of x and y."""
    spots: list[Spot] = []
    for ring in re.findall(r"M([^z]*)z", region.areas[name]):
        numbers = [float(one) for one in re.findall(r"-?\d*\.?\d+", ring)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        x, y = steps[0]
        spots.append((x, y))
        for dx, dy in steps[1:]:
            x, y = x + dx, y + dy
            spots.append((x, y))
    xs, ys = zip(*spots, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


@pytest.mark.parametrize(
    ("region", "area", "place"),
    [
        (STATES, "Alaska", (-151.4, 60.7)),
        (STATES, "Hawaii", (-157.8, 21.3)),
        (STATES, "Ohio", (-83.0, 39.0)),
        (STATES, "Texas", (-97.9, 29.9)),
        (STATES, "Maine", (-69.8, 44.3)),
        (GULF, "Louisiana", (-93.2, 30.2)),
        (GULF, "Texas", (-97.5, 26.0)),
        (JAPAN, "land", (139.7, 35.7)),
        (AUSTRALIA, "land", (122.5, -28.9)),
    ],
)
def test_a_place_falls_within_the_outline_of_its_area(region: Region, area: str, place: Spot) -> None:
    x, y = region.project(*place)
    (left, top), (right, bottom) = outline_of(region, area)
    assert left < x < right
    assert top < y < bottom


def test_every_outline_stays_on_its_map_and_weighs_little() -> None:
    for region in REGIONS:
        for name in region.areas:
            (left, top), (right, bottom) = outline_of(region, name)
            assert -0.5 <= left <= right <= region.width + 0.5, (region.id, name)
            assert -0.5 <= top <= bottom <= region.height + 0.5, (region.id, name)
    assert sum(len(path) for path in STATES.areas.values()) < 25_000
    assert len(STATES.areas) == 50


def test_numbers_keep_apart_and_near_their_spots() -> None:
    spots = [(200.0, 100.0), (200.0, 100.0), (201.0, 100.5), (203.0, 98.0), (5.0, 5.0)]
    ats = spread(spots, 400, 300)
    assert all(math.dist(one, two) >= 2 * RADIUS for one, two in itertools.combinations(ats, 2))
    assert all(math.dist(spot, at) < 4 * RADIUS for spot, at in zip(spots, ats, strict=True))
    assert all(RADIUS <= x <= 400 - RADIUS and RADIUS <= y <= 300 - RADIUS for x, y in ats)
    assert spread(spots, 400, 300) == ats
    assert spread([(50.0, 50.0)], 400, 300) == [(50.0, 50.0)]


def test_projects_stand_by_what_is_known_of_their_place() -> None:
    ohio, japan = project_of("ohio", "Ohio", (-83, 39)), project_of("mud", "Japan", (154, 24.3))
    two, vague = (
        project_of("two", "Pennsylvania and Texas"),
        project_of("vague", "western United States, State not named"),
    )
    placing = place_projects([vague, two, ohio, japan], REGIONS)
    assert [(number, one.id) for number, one in placing.placed] == [(1, "ohio"), (2, "mud")]
    assert [(number, one.id) for number, one in placing.by_state] == [(3, "two")]
    assert [one.id for one in placing.nowhere] == ["vague"]
    states, far = placing.maps
    assert [(one.number, one.sure) for one in states.markers] == [(1, True), (3, False), (3, False)]
    assert states.states == ["Pennsylvania", "Texas"]
    assert far.region is JAPAN


def test_the_closer_map_of_the_gulf_is_drawn_when_it_is_worth_its_room() -> None:
    near = [project_of(f"p{number}", "Texas", (-95.0 + number / 100, 29.5)) for number in range(3)]
    assert [one.region.id for one in place_projects(near[:2], REGIONS).maps] == ["united-states"]
    assert [one.region.id for one in place_projects(near, REGIONS).maps] == ["gulf-coast"]


def test_a_place_outside_every_map_is_listed_and_not_drawn() -> None:
    placing = place_projects([project_of("far", "Chile", (-70, -30))], REGIONS)
    assert placing.maps == []
    assert [one.id for one in placing.nowhere] == ["far"]


def test_states_are_read_only_where_nothing_else_is_named() -> None:
    assert states_of(project_of("a", "Tennessee and Alabama"), STATES) == ["Tennessee", "Alabama"]
    assert states_of(project_of("b", "Georgia"), STATES) == ["Georgia"]
    assert states_of(project_of("c", "United States, State not named"), STATES) == []
    assert states_of(project_of("d", "Australia and Malaysia"), STATES) == []


def test_thinning_keeps_ends_and_corners() -> None:
    corner = [(0.0, 0.0), (10.0, 0.01), (20.0, 0.0), (20.0, 20.0)]
    assert thin(corner) == [(0.0, 0.0), (20.0, 0.0), (20.0, 20.0)]


@pytest.mark.parametrize("less", [0, 1e-9, -1e-9])
def test_of_two_points_that_bend_a_line_alike_the_first_goes(less: float) -> None:
    """One may bend it by a billionth less, as it does on another machine."""
    line = [(0.0, 0.0), (1.0, 0.5), (2.0, 0.5 - less), (3.0, 0.0)]
    assert thin(line) == [line[0], *line[2:]]


def test_clipping_keeps_what_lies_on_the_map() -> None:
    square = [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)]
    assert area_of(clip(square, 100, 100)) == 100
    assert clip([(200.0, 200.0), (210.0, 200.0), (210.0, 210.0)], 100, 100) == []


def test_a_ring_is_written_in_steps_of_tenths() -> None:
    assert write_ring([(1.0, 2.0), (1.5, 2.0), (1.5, 1.96)]) == "M1 2l.5 0z"
    assert write_ring([(0.0, 0.0), (3.0, 0.0), (3.0, -4.2)]) == "M0 0l3 0 0-4.2z"


def test_an_area_is_cut_from_shared_arcs_and_islands_beyond_the_edge_of_the_globe_are_left_out() -> None:
    plain = Region("test", "Test", (Window(0, 0, 100, 100),), 100, 100, lambda x, y: (x, 100 - y))
    arcs = [[[0, 0], [0, 40], [40, 0]], [[40, 40], [0, -40], [-40, 0]], [[0, 50], [900, 0], [0, 5], [-900, 0], [0, -5]]]
    geometries = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Here"}},
        {"type": "MultiPolygon", "arcs": [[[2]]], "properties": {"name": "Torn"}},
        {"type": "Polygon", "arcs": [[~1, ~0]], "properties": {"name": "Guam"}},
    ]
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {"areas": {"type": "GeometryCollection", "geometries": geometries}},
    }
    found = cut_region(plain, topology, "areas", ["Guam"])
    assert found.areas == {"Here": "M0 100l0-40 40 0 0 40z"}
    assert found.middles == {"Here": (20, 80)}

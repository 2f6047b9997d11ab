"""Projections of maps: those of the textbook, to its digits; from the corners of a window to the pixels of a map."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from pyproj import network

from macros.catalog.maps import Albers, WindowEntry, load_maps
from macros.charts.projections import create_projection
from macros.tree import Tree
from tests.conftest import ROOT


def window_of(west: float, south: float, east: float, north: float, albers: Albers | None = None) -> WindowEntry:
    return WindowEntry(west=float(west), south=float(south), east=float(east), north=float(north), albers=albers)


def test_albers_is_that_of_the_textbook() -> None:
    """J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), page 291."""
    given = Albers(
        standard_parallels=[29.5, 45.5], central_meridian=-96.0, latitude_of_origin=23.0, scale=1e6, at=[0.0, 0.0]
    )
    x, y = create_projection(window_of(-125, 24, -66, 50, given), 400)(-75, 35)
    assert (x, y) == pytest.approx((295_272.0, -241_677.4), abs=0.1)


def test_mercator_is_that_of_the_textbook() -> None:
    """As above, page 266; the width makes the radius of the globe a million pixels."""
    project = create_projection(window_of(-270, -10, -90, 10), math.pi * 1e6)
    x, y = project(-75, 35)
    (middle, equator) = project(-180, 0)
    assert (x - middle, equator - y) == pytest.approx((1_832_595.7, 652_836.6), abs=0.1)


def test_mercator_fits_a_window_to_the_width() -> None:
    project = create_projection(window_of(170, -10, 200, 20), 400)
    assert project(170, 20) == (0, 0)
    assert project(200, 20) == (400, 0)
    assert project(-160, 20) == (400, 0), "the same meridian, counted the other way"
    assert project(185, 0)[1] > 0


def test_the_origin_of_albers_falls_where_it_is_said() -> None:
    given = Albers(
        standard_parallels=[55.0, 65.0], central_meridian=-154.0, latitude_of_origin=62.0, scale=168.0, at=[62.0, 240.0]
    )
    project = create_projection(window_of(-190, 50, -129, 72, given), 400)
    assert project(-154, 62) == (62, 240)
    assert project(-154, 63)[0] == 62
    assert project(-154, 63)[1] < 240, "north is up"


def test_what_machines_may_differ_in_is_rounded_away() -> None:
    spots = [create_projection(window_of(90, -42, 165, 12), 400)(100 + number / 7, number / 9) for number in range(99)]
    assert all(round(number, 6) == number for spot in spots for number in spot)


def test_no_grid_is_asked_for_even_where_the_machine_allows_it() -> None:
    network.set_network_enabled(active=True)
    create_projection(window_of(90, -42, 165, 12), 400)
    assert not network.is_network_enabled()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("west: 110", "west: 180", "west is 180, east is 170"),
        ("south: 20,", "south: 54,", "south is 54, north is 54"),
        ("north: 54", "north: 94", "'north': input should be less than or equal to 90"),
        ("[29.5, 45.5]", "[-45.5, 45.5]", "no cone meets the globe at the latitudes -45.5 and 45.5"),
        ("[29.5, 45.5]", "[29.5, 95.5]", "'standard_parallels': input should be less than or equal to 90"),
        ("scale: 545", "scale: 0", "'scale': input should be greater than or equal to 1"),
        ("width: 400", "width: 0", "'width': input should be greater than or equal to 1"),
        ("    height: 288\n", "", "key 'height' is missing"),
    ],
)
def test_what_cannot_be_projected_is_said_at_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    text = (ROOT / "data" / "maps.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "maps.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    _, (problem,) = load_maps(Tree(tmp_path))
    assert problem.message == expected
    place = text.index(old if new else "- id: united-states")  # what is missing is said of the whole map
    assert problem.line == text[:place].count("\n") + 1

"""The maps that there are: how each projects the globe to pixels, and the outlines of what lies in it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from macros.catalog.maps import MapEntry, WindowEntry

Spot = tuple[float, float]
Projection = Callable[[float, float], Spot]

_OUTLINES = Path(__file__).parent / "outlines"


@dataclass(frozen=True)
class Window:
    """A part of the globe between two longitudes and two latitudes, in degrees; west and south are negative."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        turned = any(self.west <= longitude + turn <= self.east for turn in (0, -360, 360))
        return turned and self.south <= latitude <= self.north


@dataclass(frozen=True)
class Region:
    """One map: its file of outlines, its title, the parts of the globe that it shows, its size and its projection.

    `entry` says when it is drawn.
    """

    id: str
    title: str
    windows: tuple[Window, ...]
    width: float
    height: float
    project: Projection
    entry: MapEntry | None = None

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies on this map."""
        return any(window.holds(longitude, latitude) for window in self.windows)

    @property
    def areas(self) -> dict[str, str]:
        """Returns the outline of each State or country on this map, as the data of an SVG path."""
        return _read_outlines(self.id).areas

    @property
    def middles(self) -> dict[str, Spot]:
        """Returns a point well inside each State or country, in pixels."""
        return _read_outlines(self.id).middles


@dataclass(frozen=True)
class Outlines:
    """The outlines of a map, by State or country: `areas` as the data of SVG paths, `middles` as points inside."""

    areas: dict[str, str]
    middles: dict[str, Spot]


@cache
def _read_outlines(name: str) -> Outlines:
    return Outlines(**json.loads((_OUTLINES / f"{name}.json").read_text(encoding="utf-8")))


def _albers(middle: Spot, parallels: Spot, scale: float, at: Spot) -> Projection:
    """Returns an equal-area projection in which `middle` (longitude, latitude) falls on `at` in pixels."""
    south, north = (math.radians(one) for one in parallels)
    n = (math.sin(south) + math.sin(north)) / 2
    c = math.cos(south) ** 2 + 2 * n * math.sin(south)

    def radius(latitude: float) -> float:
        return math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n

    def project(longitude: float, latitude: float) -> Spot:
        turn = (longitude - middle[0] + 180) % 360 - 180
        away, angle = radius(latitude), n * math.radians(turn)
        x, y = away * math.sin(angle), radius(middle[1]) - away * math.cos(angle)
        return at[0] + scale * x, at[1] - scale * y

    return project


def _mercator(window: Window, width: float) -> Projection:
    """Returns the projection that fits a window into this width."""
    scale = width / math.radians(window.east - window.west)
    middle = (window.east + window.west) / 2

    def rise(latitude: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))

    def project(longitude: float, latitude: float) -> Spot:
        turn = (longitude - middle + 180) % 360 - 180  # nothing near the window is cut where the days change
        return width / 2 + scale * math.radians(turn), scale * (rise(window.north) - rise(latitude))

    return project


def create_region(entry: MapEntry) -> Region:
    """Returns a map as `data/maps.yml` describes it."""
    windows = tuple(Window(one.west, one.south, one.east, one.north) for one in entry.windows)
    ways = [_way_of(one, window, entry.width) for one, window in zip(entry.windows, windows, strict=True)]

    def project(longitude: float, latitude: float) -> Spot:
        """Returns the place by the first window that holds it; what lies in none is drawn as in the first."""
        found = (way for window, way in zip(windows, ways, strict=True) if window.holds(longitude, latitude))
        return next(found, ways[0])(longitude, latitude)

    first = windows[0]
    height = entry.height or round(ways[0](first.west, first.south)[1])
    return Region(entry.id, entry.title, windows, entry.width, height, project, entry)


def _way_of(entry: WindowEntry, window: Window, width: float) -> Projection:
    if entry.albers is None:
        return _mercator(window, width)
    (x, y), (south, north), (left, top) = entry.albers.middle, entry.albers.parallels, entry.albers.at
    return _albers((x, y), (south, north), entry.albers.scale, (left, top))

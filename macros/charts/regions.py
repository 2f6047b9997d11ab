"""The maps that there are: how each projects the globe to pixels, and the outlines of what lies in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from macros.catalog.maps import MapEntry
from macros.charts.projections import Projection, Spot, create_projection

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


def create_region(entry: MapEntry) -> Region:
    """Returns a map as `data/maps.yml` describes it."""
    windows = tuple(Window(one.west, one.south, one.east, one.north) for one in entry.windows)
    ways = [create_projection(one, entry.width) for one in entry.windows]

    def project(longitude: float, latitude: float) -> Spot:
        """Returns the place by the first window that holds it; what lies in none is drawn as in the first."""
        found = (way for window, way in zip(windows, ways, strict=True) if window.holds(longitude, latitude))
        return next(found, ways[0])(longitude, latitude)

    first = windows[0]
    height = entry.height or round(ways[0](first.west, first.south)[1])
    return Region(entry.id, entry.title, windows, entry.width, height, project, entry)

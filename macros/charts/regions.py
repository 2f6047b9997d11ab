"""The maps that there are: how each projects the globe to pixels, and the outlines of what lies in it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True)
class Region:
    """One map: its file of outlines, its title, the parts of the globe that it shows, its size and its projection."""

    id: str
    title: str
    windows: tuple[Window, ...]
    width: float
    height: float
    project: Projection

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


def _fit(name: str, title: str, window: Window, width: float) -> Region:
    project = _mercator(window, width)
    return Region(name, title, (window,), width, round(project(window.west, window.south)[1]), project)


_ALASKA = Window(-190, 50, -129, 72)
_HAWAII = Window(-161, 18, -154, 23)
_CONTIGUOUS = Window(-125, 24, -66, 50)
_OF_ALASKA = _albers((-154, 62), (55, 65), 168, (62, 240))
_OF_HAWAII = _albers((-157.5, 20.5), (8, 18), 460, (150, 262))
_OF_CONTIGUOUS = _albers((-96, 38.7), (29.5, 45.5), 545, (201, 130))


def _project_states(longitude: float, latitude: float) -> Spot:
    """Returns the place on the map of the States: Alaska and Hawaii stand below, each at its own scale."""
    if latitude > _ALASKA.south and not _CONTIGUOUS.holds(longitude, latitude):
        return _OF_ALASKA(longitude, latitude)
    return (_OF_HAWAII if _HAWAII.holds(longitude, latitude) else _OF_CONTIGUOUS)(longitude, latitude)


STATES = Region("united-states", "United States", (_CONTIGUOUS, _ALASKA, _HAWAII), 400, 288, _project_states)
GULF = _fit("gulf-coast", "Texas and Louisiana, closer", Window(-99.6, 25.4, -88.6, 33.4), 400)
JAPAN = _fit("japan", "Japan and its neighbourhood", Window(110, 20, 170, 54), 400)
AUSTRALIA = _fit("australia", "Australia and South-East Asia", Window(90, -42, 165, 12), 400)

# As they stand on a page. A later one is closer: a place is drawn on the last one that holds it.
REGIONS = (STATES, GULF, JAPAN, AUSTRALIA)

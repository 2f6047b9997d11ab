"""Projections of the globe to the pixels of a map, computed by PROJ."""

from __future__ import annotations

import math
from collections.abc import Callable

from macros.catalog.maps import Albers, WindowEntry

Spot = tuple[float, float]
Projection = Callable[[float, float], Spot]

_DIGITS = 6  # of a pixel: far less than is drawn, far more than two machines may differ in


def create_projection(window: WindowEntry, width: float) -> Projection:
    """Returns what turns longitude and latitude, in degrees, into pixels from the left and from the top of a map."""
    return _albers(window.albers) if window.albers else _mercator(window, width)


def _albers(entry: Albers) -> Projection:
    south, north = entry.standard_parallels
    left, top = entry.at
    center = {"lat_0": entry.latitude_of_origin, "lon_0": entry.central_meridian}
    return _project_by("aea", lat_1=south, lat_2=north, **center, R=entry.scale, x_0=left, y_0=-top)


def _mercator(window: WindowEntry, width: float) -> Projection:
    """Returns the projection in which the window's north-western corner is that of the map, and its width the map's."""
    middle, radius = (window.east + window.west) / 2, width / math.radians(window.east - window.west)
    _, north = _project_by("merc", lon_0=middle, R=radius)(middle, window.north)
    return _project_by("merc", lon_0=middle, R=radius, x_0=width / 2, y_0=north)


def _project_by(name: str, **parameters: float) -> Projection:
    """Returns a projection of PROJ on a sphere; its names are PROJ's, its units degrees and, for `R` and more, pixels.

    Rounded, so that a map has the same bytes wherever it is drawn. Raises pyproj.exceptions.ProjError for parameters
    with which nothing can be projected.
    """
    from pyproj import Transformer, network  # noqa: PLC0415 - slow to load, and most commands draw no map

    network.set_network_enabled(active=False)  # a projection needs no grid, and a build asks nobody
    said = "".join(f" +{key}={value!r}" for key, value in parameters.items())
    transform = Transformer.from_pipeline(f"+proj={name}{said}").transform

    def project(longitude: float, latitude: float) -> Spot:
        x, y = transform(longitude, latitude)
        return round(x, _DIGITS), round(-y, _DIGITS)

    return project

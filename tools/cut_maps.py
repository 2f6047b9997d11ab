"""Cuts the outlines of the maps from public TopoJSON: to be run again only when a map is changed.

Land outside the United States has no borders on these maps: they would say more than the site knows.

    npm pack us-atlas@3 world-atlas@2     (U.S. Census Bureau; Natural Earth, public domain)
    python -m tools.cut_maps states-10m.json countries-50m.json
"""

from __future__ import annotations

import heapq
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from macros.catalog.maps import load_maps
from macros.charts.markers import NAMED_AREAS
from macros.charts.projections import Spot
from macros.charts.regions import Outlines, Region, create_region
from macros.tree import CODE, Tree

_LEAST_BEND = 0.35  # square pixels: a point that bends a line by less is left out
_DIGITS = 6  # of a bend: of two that are alike the first one goes, on every machine
_LEAST_RING = 1.5  # square pixels: a smaller island is left out


def cut_region(region: Region, topology: dict[str, Any], layer: str, left_out: Sequence[str] = ()) -> Outlines:
    """Returns the outlines of a map in pixels, from one layer of a TopoJSON in degrees, without some of its areas."""
    arcs = [thin([region.project(*spot) for spot in arc]) for arc in decode_arcs(topology)]
    found = Outlines({}, {})
    for geometry in topology["objects"][layer]["geometries"]:
        name = geometry.get("properties", {}).get("name", layer)
        if name in left_out:
            continue
        whole = [ring for ring in _rings(geometry, arcs) if not _is_torn(ring, region)]
        rings = [clip(ring, region.width, region.height) for ring in whole]
        seen = [ring for ring in rings if area_of(ring) > _LEAST_RING]
        if seen:
            found.areas[name] = "".join(map(write_ring, seen))
            x, y = _middle(max(seen, key=area_of))
            found.middles[name] = (round(x, 1), round(y, 1))
    return found


def decode_arcs(topology: dict[str, Any]) -> list[list[Spot]]:
    """Returns the lines of a TopoJSON in degrees."""
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * east + west, y * north + south))
        lines.append(line)
    return lines


def thin(line: list[Spot]) -> list[Spot]:
    """Returns the line without the points that bend it least (Visvalingam's way); its ends stay."""
    before = [index - 1 for index in range(len(line))]
    after = [index + 1 for index in range(len(line))]
    bends = [(_triangle(*line[at - 1 : at + 2]), at) for at in range(1, len(line) - 1)]
    current = {at: bend for bend, at in bends}
    heapq.heapify(bends)
    while bends and bends[0][0] < _LEAST_BEND:
        bend, at = heapq.heappop(bends)
        if current.get(at) != bend:
            continue
        del current[at]
        one, two = before[at], after[at]
        after[one], before[two] = two, one
        for near in (one, two):
            if near in current:
                current[near] = max(bend, _triangle(line[before[near]], line[near], line[after[near]]))
                heapq.heappush(bends, (current[near], near))
    return [spot for at, spot in enumerate(line) if at in current or at in (0, len(line) - 1)]


def clip(ring: Sequence[Spot], width: float, height: float) -> list[Spot]:
    """Returns the part of a ring that lies on a map of this size (Sutherland and Hodgman's way)."""
    kept = list(ring)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        ring, kept = kept, []
        for one, two in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            inside, next_inside = sign * (one[axis] - limit) >= 0, sign * (two[axis] - limit) >= 0
            if inside:
                kept.append(one)
            if inside != next_inside:
                part = (limit - one[axis]) / (two[axis] - one[axis])
                kept.append((one[0] + part * (two[0] - one[0]), one[1] + part * (two[1] - one[1])))
    return kept


def write_ring(ring: Sequence[Spot]) -> str:
    """Returns a closed path in whole tenths of pixels, each step from the one before."""
    steps = [(round(10 * x), round(10 * y)) for x, y in ring]
    moves = [(x - a, y - b) for (a, b), (x, y) in pairwise(steps)]
    path = "".join(f"{_tenths(dx)} {_tenths(dy)} " for dx, dy in moves if (dx, dy) != (0, 0))
    return f"M{_tenths(steps[0][0])} {_tenths(steps[0][1])}l{path}".strip().replace(" -", "-") + "z"


def area_of(ring: Sequence[Spot]) -> float:
    """Returns the area of a ring in square pixels."""
    return abs(sum(a * d - c * b for (a, b), (c, d) in zip(ring, [*ring[1:], *ring[:1]], strict=True))) / 2


def _rings(geometry: dict[str, Any], arcs: Sequence[list[Spot]]) -> Iterator[list[Spot]]:
    polygons = {"Polygon": [geometry["arcs"]], "MultiPolygon": geometry["arcs"]}[geometry["type"]]
    for polygon in polygons:
        for ring in polygon:
            spots: list[Spot] = []
            for index in ring:
                spots += (arcs[index] if index >= 0 else arcs[~index][::-1])[1 if spots else 0 :]
            yield spots[:-1]


def _is_torn(ring: Sequence[Spot], region: Region) -> bool:
    """Whether a ring leaps across the map, being an island on the far side of the globe that is cut at its edge."""
    return any(abs(two[0] - one[0]) > 2 * region.width for one, two in pairwise(ring))


def _middle(ring: Sequence[Spot]) -> Spot:
    """Returns the centre of a ring's area."""
    x = y = total = 0.0
    for (a, b), (c, d) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        cross = a * d - c * b
        total += cross
        x += (a + c) * cross
        y += (b + d) * cross
    return x / (3 * total), y / (3 * total)


def _triangle(one: Spot, two: Spot, three: Spot) -> float:
    twice = (two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])
    return round(abs(twice) / 2, _DIGITS)


def _tenths(number: int) -> str:
    text = f"{number / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def main(states: str, countries: str) -> None:
    """Writes the outlines of every map into macros/charts/outlines/."""
    for entry in load_maps(Tree(CODE.parent))[0]:
        region, ours = create_region(entry), entry.layer == NAMED_AREAS
        topology = json.loads(Path(states if ours else countries).read_text(encoding="utf-8"))
        found = cut_region(region, topology, entry.layer, entry.left_out)
        path = CODE / "charts" / "outlines" / f"{region.id}.json"
        path.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

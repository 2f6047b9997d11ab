"""Numbered marks on maps: each on the closest map that holds its place, moved aside where it would cover another."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from macros.charts.projections import Spot
from macros.charts.regions import Region
from macros.schema.context_kinds import Project

NAMED_AREAS = "states"  # the layer of outlines of which each has its name
RADIUS = 10.5  # pixels
_GAP = 2
_STEPS = 300
_NEAR = 0.01  # pixels that nobody sees
_TURN = 2.4  # radians between two marks on one spot: they never fall into line
_NAMES = re.compile(r", | and ")


@dataclass(frozen=True)
class Marker:
    """A project on a map: number, spot in pixels, where the number stands; `sure` if not only the State is known."""

    number: int
    project: Project
    spot: Spot
    at: Spot
    sure: bool

    @property
    def moved(self) -> bool:
        """Whether the number stands aside, so that a line must lead from it to the place."""
        return math.dist(self.spot, self.at) > RADIUS / 2


@dataclass(frozen=True)
class Map:
    """One region with what is marked on it, and the States in which marks stand for the State alone."""

    region: Region
    markers: list[Marker]
    states: list[str]


@dataclass(frozen=True)
class Placing:
    """Projects by how well their place is known, with the maps; a project has one number everywhere."""

    maps: list[Map]
    placed: list[tuple[int, Project]]
    by_state: list[tuple[int, Project]]
    nowhere: list[Project]


def place_projects(projects: Sequence[Project], regions: Sequence[Region]) -> Placing:
    """Returns the projects on their maps: by coordinates, else in each State that the record names, else on none."""
    spots = _spots_of(projects, regions)
    whole = find_whole(regions)
    placed = [one for found in spots.values() for one, _ in found]
    rest = [one for one in projects if one not in placed]
    by_state = [one for one in rest if states_of(one, whole)]
    numbers = {one.id: number for number, one in enumerate([*placed, *by_state], 1)}
    maps = []
    for region in regions:
        states = [(one, name) for one in by_state for name in states_of(one, whole)] if region is whole else []
        marked = [(*found, True) for found in spots[region.id]]
        marked += [(one, region.middles[name], False) for one, name in states]
        ats = spread([spot for _, spot, _ in marked], region.width, region.height)
        markers = [
            Marker(numbers[one.id], one, spot, at, sure) for (one, spot, sure), at in zip(marked, ats, strict=True)
        ]
        if markers:
            maps.append(Map(region, markers, sorted({name for _, name in states})))
    nowhere = [one for one in rest if one not in by_state]
    return Placing(maps, _numbered(placed, numbers), _numbered(by_state, numbers), nowhere)


def find_whole(regions: Sequence[Region]) -> Region | None:
    """Returns the first map of named areas: a project of which only the State is known stands there."""
    return next((one for one in regions if one.entry and one.entry.layer == NAMED_AREAS), None)


def states_of(project: Project, whole: Region | None) -> list[str]:
    """Returns the States of the map that the record names; none when it names anything else beside them."""
    names = _NAMES.split(project.state)
    return names if whole and all(name in whole.areas for name in names) else []


def spread(spots: Sequence[Spot], width: float, height: float) -> list[Spot]:
    """Returns where the numbers stand so that none covers another, each as near to its spot as that allows."""

    def within(x: float, y: float) -> list[float]:
        return [min(max(x, RADIUS), width - RADIUS), min(max(y, RADIUS), height - RADIUS)]

    ats = [within(*spot) for spot in spots]
    apart = 2 * RADIUS + _GAP
    for _ in range(_STEPS):
        moved = False
        for one in range(len(ats)):
            for two in range(one + 1, len(ats)):
                dx, dy = ats[two][0] - ats[one][0], ats[two][1] - ats[one][1]
                away = math.hypot(dx, dy)
                if away >= apart - _NEAR:
                    continue
                angle = math.atan2(dy, dx) if away > _NEAR else _TURN * two
                push = (apart - away) / 2
                for mark, sign in ((ats[one], -1), (ats[two], 1)):
                    mark[:] = within(mark[0] + sign * push * math.cos(angle), mark[1] + sign * push * math.sin(angle))
                moved = True
        if not moved:
            break
    return [(round(x, 1), round(y, 1)) for x, y in ats]


def _spots_of(projects: Sequence[Project], regions: Sequence[Region]) -> dict[str, list[tuple[Project, Spot]]]:
    """Returns for each map, by its id, the projects for which it is the closest one, each with its place on it."""
    located = [(one, (one.map.longitude, one.map.latitude)) for one in projects if one.map is not None]
    held = {one.id: sum(one.holds(*place) for _, place in located) for one in regions}
    closest_first = [one for one in reversed(regions) if held[one.id] >= (one.entry.worth if one.entry else 1)]
    spots: dict[str, list[tuple[Project, Spot]]] = {region.id: [] for region in regions}
    for project, place in located:
        region = next((one for one in closest_first if one.holds(*place)), None)
        if region is not None:
            spots[region.id].append((project, region.project(*place)))
    return spots


def _numbered(projects: Sequence[Project], numbers: dict[str, int]) -> list[tuple[int, Project]]:
    return [(numbers[one.id], one) for one in projects]

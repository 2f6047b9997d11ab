"""The maps of a tree, from `data/maps.yml`: what part of the globe each shows, and how; a tree may have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.catalog.validating import validate
from macros.problems import Problem, suggest
from macros.schema.base import Line, Number, Slug, Strict, Whole
from macros.text.document import read_document
from macros.text.files import read_file
from macros.text.positions import Document, Path
from macros.tree import Tree

FILE = "maps.yml"
NONE = "there are no maps"  # what a macro says that needs one
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
Latitude = Annotated[Number, Field(ge=-90, le=90)]


class Albers(Strict):
    """Albers' equal-area conic projection, which suits a country that is wide from west to east."""

    standard_parallels: Annotated[list[Latitude], Field(min_length=2, max_length=2)] = Field(
        description="The two latitudes at which the scale is true."
    )
    central_meridian: Number = Field(description="The longitude that runs straight up.")
    latitude_of_origin: Latitude = Field(description="Where it crosses the central meridian is the origin.")
    scale: Number = Field(ge=1, description="Pixels for the radius of the globe.")
    at: Pair = Field(description="Where the origin falls, in pixels from the left and from the top.")


class WindowEntry(Strict):
    """A part of the globe, in degrees; west and south are negative. Without `albers`, Mercator fits it to the width."""

    west: Number
    south: Latitude
    east: Number
    north: Latitude
    albers: Albers | None = None


class MapEntry(Strict):
    """One map: the parts of the globe that it shows, and when it is drawn."""

    id: Slug = Field(description="The name of its file of outlines.")
    title: Line
    width: Whole = Field(ge=1)
    height: Whole | None = Field(default=None, ge=1, description="Needed where a window has a projection of its own.")
    layer: Line = Field(description="What its outlines are: states, each with its name, or land.")
    closer_of: Slug | None = Field(default=None, description="The map of which it shows a part, which frames it.")
    worth: Whole = Field(default=1, ge=1, description="So many places on it, and it is worth its room.")
    named: list[Line] = Field(default_factory=list, description="The areas with a name that has room on it.")
    left_out: list[Line] = Field(default_factory=list, description="Areas that its outlines leave out.")
    windows: list[WindowEntry] = Field(min_length=1, description="The first that holds a place draws it.")


class MapsFile(Strict):
    """`data/maps.yml`."""

    maps: list[MapEntry]


def load_maps(tree: Tree) -> tuple[tuple[MapEntry, ...], list[Problem]]:
    """Returns the maps of the tree, in the order in which they stand on a page, and what is wrong with them."""
    path = tree.data / FILE
    if not path.exists() and not path.is_symlink():
        return (), []
    data, problems = read_file(path, tree.shown(path), tree.project)
    document, found = read_document(tree.shown(path), data) if data is not None else (Document(tree.shown(path)), [])
    if problems or found:
        return (), problems + found
    written, problems = validate(document, MapsFile)
    if not isinstance(written, MapsFile):
        return (), problems
    return tuple(written.maps), list(_check(document, written.maps))


def _check(document: Document, maps: list[MapEntry]) -> Iterator[Problem]:
    known = [one.id for one in maps]
    for index, one in enumerate(maps):
        if one.closer_of and one.closer_of not in known[:index]:
            hint = suggest(one.closer_of, known, what="maps")
            yield document.problem(("maps", index, "closer_of"), f"no map '{one.closer_of}' before this one", hint)
        if one.height is None and any(window.albers for window in one.windows):
            yield document.problem(("maps", index), "key 'height' is missing", "a map with albers: has a height")
        for number, window in enumerate(one.windows):
            yield from _check_window(document, ("maps", index, "windows", number), window)


def _check_window(document: Document, path: Path, window: WindowEntry) -> Iterator[Problem]:
    """Yields what keeps a window from being projected."""
    if window.west >= window.east:
        hint = "past 180 degrees go on counting, as in west: 170, east: 190"
        yield document.problem((*path, "west"), f"west is {window.west:g}, east is {window.east:g}", hint)
    if window.south >= window.north:
        message = f"south is {window.south:g}, north is {window.north:g}"
        yield document.problem((*path, "south"), message, "write the smaller latitude as south")
    if window.albers is None:
        return
    one, two = window.albers.standard_parallels
    if one == -two:
        message = f"no cone meets the globe at the latitudes {one:g} and {two:g}"
        hint = "choose two latitudes on the same side of the equator"
        yield document.problem((*path, "albers", "standard_parallels"), message, hint)

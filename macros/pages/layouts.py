"""What a record's own page holds beside its own words: the parts that the layout of its kind has, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The layout of every kind that has none of its own name.
ANY_KIND = "record"


@dataclass(frozen=True)
class Part:
    """A part of a layout: the macro that writes it, with its values, and the heading above it, empty where none is.

    It is called as its macro, or by the word that tells it from other parts of the same macro.
    """

    name: str
    heading: str
    macro: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """The layout of a kind, from the file at `path`: what follows a page's first sentences, and what ends it.

    A `broken` one is said where it is read; what pages miss of it is not their fault.
    """

    path: str
    opening: tuple[Part, ...] = ()
    ending: tuple[Part, ...] = ()
    broken: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.opening, *self.ending)

    def named(self, name: str) -> Part | None:
        """Returns the part of this name."""
        return next((part for part in self.parts if part.name == name), None)


def choose_layout(layouts: Mapping[str, Layout], kind: str) -> Layout:
    """Returns the layout of a kind, that of any record where it has none of its own; an empty one where both fail."""
    return layouts.get(kind) or layouts.get(ANY_KIND) or Layout("")

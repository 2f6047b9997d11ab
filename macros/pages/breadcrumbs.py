"""The navigation as mkdocs.yml has it, read for where each page stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.configuration.config import Nav
from macros.text.characters import curl_quotes


class Section(NamedTuple):
    """A part of the navigation: its title, and the source of the page that stands first in it."""

    title: str
    first: str


def list_trails(nav: Nav) -> dict[str, tuple[Section, ...]]:
    """Returns each page of the navigation, by its source, with the sections around it, the outermost first."""
    return dict(_walk(nav, ()))


def list_sections(nav: Nav) -> list[Section]:
    """Returns the sections at the top of the navigation, in order."""
    found = dict.fromkeys(trail[0] for trail in list_trails(nav).values() if trail)
    return list(found)


def _walk(nav: Nav, trail: tuple[Section, ...]) -> Iterator[tuple[str, tuple[Section, ...]]]:
    for item in nav:
        if isinstance(item, str):
            yield item, trail
            continue
        for title, inside in item.items():
            if isinstance(inside, str):
                yield inside, trail
            elif pages := list(_walk(inside, ())):
                within = (*trail, Section(curl_quotes(title), pages[0][0]))
                yield from ((source, (*within, *deeper)) for source, deeper in pages)

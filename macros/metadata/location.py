"""Where a page stands: its address in its edition, the one by which it is to be looked for, its part of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.metadata.social_cards import Card, describe_card
from macros.pages.breadcrumbs import Section, list_trails
from macros.pages.page import Page
from macros.schema.base import Record
from macros.site.release import Release
from macros.tree import LATEST


@dataclass(frozen=True)
class SiteContext:
    """A release as its pages speak of it. `dated` is its as-at date in words, with the number of a correction.

    `canonical` gives, by address, the edition in which a page is to be looked for; all others are under latest/.
    `trails` and `entries` give, by a page's source, the sections around it and the records printed in full on it.
    """

    release: Release
    dated: str
    canonical: Mapping[str, str] = field(default_factory=dict)
    trails: Mapping[str, tuple[Section, ...]] = field(default_factory=dict)
    entries: Mapping[str, list[Record]] = field(default_factory=dict)

    def place(self, page: Page) -> Place:
        """Returns where the page stands."""
        return Place(self, page)


@dataclass(frozen=True)
class Place:
    """A page on its shelf."""

    shelf: SiteContext
    page: Page

    @property
    def trail(self) -> tuple[Section, ...]:
        """Returns the sections of the navigation around the page, the outermost first."""
        return self.shelf.trails.get(self.page.source, ())

    @property
    def entries(self) -> list[Record]:
        """Returns the records that are at home on the page among others, in the order in which they stand there."""
        return self.shelf.entries.get(self.page.source, [])

    @property
    def release(self) -> Release:
        return self.shelf.release

    @property
    def address(self) -> str:
        """Returns the full address of the page in its edition, which never shows anything else; a draft has latest/."""
        return self.release.url(self.page.url)

    @property
    def canonical(self) -> str:
        """Returns the full address of the page in the newest edition that has it."""
        return f"{self.release.root}{self.shelf.canonical.get(self.page.url, LATEST)}/{self.page.url}"

    @property
    def section(self) -> str:
        """Returns the title of the section at the top in which the page stands; nothing when it stands in none."""
        return self.trail[0].title if self.trail else ""

    @property
    def card(self) -> Card:
        return describe_card(self.release, self.shelf.dated, self.section)

    @property
    def is_home(self) -> bool:
        return self.page.url == ""

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """Returns title and full address of each step from home to the page; a section is known by its first page."""
        steps = {"": self.release.site_name}
        for section in self.trail:
            first = self.release.pages.at(section.first)
            if first:
                steps.setdefault(first.url, section.title)
        steps[self.page.url] = self.page.title if not self.is_home else self.release.site_name
        return [(title, self.release.url(url)) for url, title in steps.items()]


def create_site_context(release: Release, dated: str, edition: Mapping[str, Any] | None = None) -> SiteContext:
    """Returns the shelf of a release; `edition` is what the builder's configuration says of it, none for a draft."""
    entries: dict[str, list[Record]] = {}
    for source, keys in release.pages.printed.items():
        entries[source] = [release.catalog.get(key) for key in keys if key not in release.pages.own]
    return SiteContext(release, dated, (edition or {}).get("canonical", {}), list_trails(release.nav), entries)

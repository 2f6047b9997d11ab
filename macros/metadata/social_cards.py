"""The pictures that stand for a page where its address is shared: one for each section of the navigation, and home's.

They are drawn by Typst with the typefaces that it carries in itself, and kept under a hash of what they are made of.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from macros.cache import digest, keep_file
from macros.components.outlining import find_subject
from macros.pages.breadcrumbs import list_sections
from macros.schema.labels import capitalize
from macros.site.output import Output
from macros.site.release import Release

WIDTH, HEIGHT = 1200, 630
_TEMPLATE = Path(__file__).with_name("card.typ")
_HOME = "home"


@dataclass(frozen=True)
class Card:
    """A picture: `path` is its address in the release; the rest is what stands on it."""

    path: str
    site: str
    section: str
    dated: str
    character: str

    @property
    def words(self) -> str:
        """Returns the picture in words, for those who do not see it."""
        title = f"{self.site}: {self.section}" if self.section else self.site
        return f"{title}. {self.dated}. {self.character}".rstrip(". ") + "."


def describe_card(release: Release, dated: str, section: str) -> Card:
    """Returns the card of a section by its title, of home when the title is empty; `dated` is the as-at date."""
    path = f"assets/cards/{_name(section) if section else _HOME}.png"
    state = f"Position as of {dated}" if release.name else f"Draft, as of {dated}"
    subject = find_subject(release.catalog)
    # The pinpoint after the legal character is for readers of the page.
    character = f"{capitalize(subject.name)}: {subject.legal_character.partition(' (')[0]}" if subject else ""
    return Card(path, release.site_name, section, state, character)


def list_cards(release: Release, dated: str) -> list[Card]:
    """Returns the cards of a release: home's first, then that of each section at the top of the navigation."""
    return [describe_card(release, dated, title) for title in ("", *(one.title for one in list_sections(release.nav)))]


def draw_card(card: Card, cache: Path) -> bytes:
    """Returns the card as a PNG of 1200 by 630 pixels; it is drawn once and then taken from the cache."""
    words = {"site": card.site, "section": card.section, "dated": card.dated, "character": card.character}
    name = digest(_TEMPLATE, importlib.metadata.version("typst"), words)
    return keep_file(cache / "cards", f"{name}.png", lambda: _draw(words))


def _draw(words: dict[str, str]) -> bytes:
    import typst  # noqa: PLC0415 - slow to load, and most cards are kept

    # One typographic point is one pixel at 72 to the inch.
    return bytes(typst.compile(str(_TEMPLATE), format="png", ppi=72, ignore_system_fonts=True, sys_inputs=words))


def _name(section: str) -> str:
    """Returns a section's title as the name of a file: `China and the setting` gives `china-and-the-setting`."""
    plain = unicodedata.normalize("NFKD", section).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or hashlib.sha256(section.encode()).hexdigest()[:8]


OUTPUT = Output(
    "cards",
    lambda context: [card.path for card in list_cards(context.release, context.dated)],
    lambda context: [
        (card.path, draw_card(card, context.cache)) for card in list_cards(context.release, context.dated)
    ],
)

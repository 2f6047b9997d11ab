"""What a draft has beside its pages, made when it is first asked for: data, search, pictures for cards, the brief."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from lxml import html

from macros.metadata.social_cards import write_cards
from macros.pages.page import Page
from macros.search.gathering import gather_finds
from macros.search.indexing import write_search
from macros.site.release import Release

Write = Callable[[Path], None]


class Beside:
    """The files beside the pages of one state of the tree, by groups that are written together.

    `read_page` gives the HTML of a page; `folder` is where they are written, one folder for each group.
    """

    def __init__(self, release: Release, read_page: Callable[[Page], bytes], folder: Path, cache: Path) -> None:
        dated = str(release.catalog.as_at)

        def search(target: Path) -> None:
            finds = list(gather_finds(release, lambda page: _find_article(read_page(page))))
            write_search(finds, dated, target)

        # What typesets and what writes data is slow to load, and a preview begins without either.
        def brief(target: Path) -> None:
            from macros.brief.typesetting import write_brief  # noqa: PLC0415

            write_brief(release, dated, target, cache)

        def exports(target: Path) -> None:
            from macros.exports.folder import write_exports  # noqa: PLC0415

            write_exports(release, target)

        self._groups: dict[str, Write] = {
            "search": search,
            "cards": lambda target: write_cards(release, dated, target, cache),
            "brief": brief,
            "exports": exports,
        }
        self._folder = folder
        self._made: set[str] = set()
        self._locks = {group: threading.Lock() for group in self._groups}

    def find(self, path: str) -> Path | None:
        """Returns the file at an address of the draft, its group written first; None when there is none."""
        group = _group_of(path)
        folder = self._folder / group
        with self._locks[group]:
            if group not in self._made:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                self._groups[group](folder)
                self._made.add(group)
        found = folder / path
        found = found / "index.html" if found.is_dir() else found
        return found if found.is_file() and folder in found.resolve().parents else None

    def forget(self, group: str) -> None:
        """Lets a group be written anew when it is next asked for."""
        with self._locks[group]:
            self._made.discard(group)


def _group_of(path: str) -> str:
    if path.startswith("search/"):
        return "search"
    if path.startswith("assets/cards/"):
        return "cards"
    return "brief" if path.startswith("brief") and path.endswith(".pdf") else "exports"


def _find_article(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).find(".//article")

"""What a reader may find: every page of a built release, and every record that stands on one among others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from macros.editions.words import INLINE
from macros.exporting.release import Release
from macros.pages.page import Page
from macros.pages.trails import Section, list_trails
from macros.schema.base import Record
from macros.schema.labels import capitalize

# What repeats on every page, or says only where else to look; sources are found as records of their own.
_ASIDE_TAGS = {"script", "style", "svg", "template", "nav"}
# Single amounts and sources are looked for less than what explains them; so are pages that only gather what
# has its own place. They are shown after the rest.
_MINOR_KINDS = {"source", "figure"}
_MINOR = ("changes/", "reference/sources")
_ASIDE_CLASSES = {"headerlink", "cm-cites", "cm-index", "cm-contents", "cm-edition", "cm-sources"}


@dataclass(frozen=True)
class Find:
    """One thing to be found: its address in the release, its name, what it is, and all of its words.

    `also` are words that readers type for it. `minor` ones (sources, single amounts) are shown after the others.
    """

    url: str
    title: str
    kind: str
    text: str
    also: tuple[str, ...] = ()
    minor: bool = False


def gather_finds(release: Release, built: Path) -> Iterator[Find]:
    """Yields what can be found in the pages built in the folder: each page, and each record with an entry on one."""
    trails = list_trails(release.nav)
    entries = _entries(release)
    for page in release.pages.pages:
        root = html.parse(str(built / page.url / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()
        texts: dict[str, list[str]] = {anchor: [] for _, anchor in entries[page.url]}
        own: list[str] = []
        _read(root.find(".//article"), own, texts)
        for record, anchor in entries[page.url]:
            if texts[anchor]:
                yield _find_record(record, f"{page.url}#{anchor}", _join(texts[anchor]))
        yield _find_page(release, page, _join(own), next(iter(trails.get(page.source, ())), None))


def _read(element: html.HtmlElement, words: list[str], texts: dict[str, list[str]]) -> None:
    """Adds the words of an element to `words`, and those of an entry in it to the entry's own in `texts`."""
    for child in element:
        if isinstance(child.tag, str) and not _is_aside(child):
            inner = texts.get(child.get("id"), words)
            edge = "" if child.tag in INLINE else " "
            inner.append(edge + (child.text or ""))
            _read(child, inner, texts)
            inner.append(edge)
        if child.tail:
            words.append(child.tail)


def _is_aside(element: html.HtmlElement) -> bool:
    if element.tag in _ASIDE_TAGS or element.get("data-pagefind-ignore") is not None:
        return True
    names = element.get("class")
    return names is not None and not _ASIDE_CLASSES.isdisjoint(names.split())


def _find_record(record: Record, url: str, text: str) -> Find:
    also = tuple(getattr(record, "also", ()))
    return Find(url, capitalize(record.name), capitalize(record.label), text, also, record.kind in _MINOR_KINDS)


def _find_page(release: Release, page: Page, text: str, section: Section | None) -> Find:
    record = release.catalog.get(page.record) if page.record else None
    kind = capitalize(record.label) if record else (section.title if section else "Page")
    also = (*(page.header.also if page.header else ()), *getattr(record, "also", ()))
    return Find(page.url, page.title, kind, text, also, page.source.startswith(_MINOR))


def _entries(release: Release) -> dict[str, list[tuple[Record, str]]]:
    """Returns the records that stand on each page among others, with their anchors there."""
    found: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in release.catalog.records.values():
        address, mark, anchor = (release.pages.home(record.key) or "").partition("#")
        if mark:
            found[address].append((record, anchor))
    return found


def _join(words: list[str]) -> str:
    return " ".join("".join(words).replace("\u2060", "").split())

"""Every link of a built folder: read in several processes, each once, then followed."""

from __future__ import annotations

import hashlib
import multiprocessing
import posixpath
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from lxml import html

from macros.links.addresses import Folder
from macros.links.exceptions import LinkSettings
from macros.links.findings import Finding, Severity, Shown
from macros.links.machines import read_any
from macros.links.reading import EDITION, ID, NAME, WHOLE, Fault, Link, Page

_FEW = 60  # files that one process reads faster than others begin
_PAGES = (".html", ".htm", ".xhtml", ".svg")
_ROOT_ONLY = "404.html"  # shown at any address, so that nothing on it may be relative
_DIRECTIVE = ":~:"
_BELOW_HEAD = {"", "top"}


@dataclass
class Report:
    """What was looked at and what was found."""

    findings: list[Finding]
    files: int = 0
    links: int = 0
    outside: Mapping[str, Shown] | None = None  # addresses on other sites, and where each is first shown


def read_folder(folder: Folder) -> dict[str, Page]:
    """Returns what each file of the folder names. Files of the same bytes, as those of latest/, are read once."""
    twins: dict[tuple[str, str], list[str]] = {}
    for place in sorted(folder.files):
        digest = hashlib.sha256((folder.root / place).read_bytes()).hexdigest()
        twins.setdefault((digest, _kind(place)), []).append(place)
    firsts = [places[0] for places in twins.values()]
    if len(firsts) <= _FEW:
        pages = [read_any(folder.root / place, place) for place in firsts]
    else:
        with ProcessPoolExecutor(max_workers=2, mp_context=multiprocessing.get_context("spawn")) as pool:
            chunk = len(firsts) // 16 + 1
            pages = list(pool.map(read_any, [folder.root / one for one in firsts], firsts, chunksize=chunk))
    return {place: page for page, places in zip(pages, twins.values(), strict=True) if page for place in places}


def _kind(place: str) -> str:
    """Returns what decides how a file is read beside its bytes: its name below an edition."""
    return place.partition("/")[2] if place.endswith((".json", ".txt")) else posixpath.splitext(place)[1]


class Check:
    """One look at a folder: what its files name, and where that leads."""

    def __init__(self, folder: Folder, settings: LinkSettings) -> None:
        self.folder, self.settings = folder, settings
        self.pages = read_folder(folder)
        self.outside: dict[str, Shown] = {}
        self._texts: dict[str, str] = {}

    def run(self) -> Report:
        """Follows every link."""
        findings: list[Finding] = []
        for place, page in self.pages.items():
            findings += [self._fault(place, one) for one in page.faults]
            for link in page.links:
                findings += self._follow(place, page, link)
        findings += self._missing()
        links = sum(len(page.links) for page in self.pages.values())
        return Report(findings, len(self.pages), links, self.outside)

    @cached_property
    def _without_index(self) -> list[str]:
        return [one for one in self.folder.editions if f"{one}/search/index.json" not in self.folder.files]

    def _missing(self) -> Iterator[Finding]:
        """Yields what an edition must have and has not: the search's own files."""
        for edition in self._without_index:
            shown = Shown(f"{edition}/index.html", 1, "", "", framed=True)
            yield Finding("search", "the edition has no search/index.json", "search/index.json", shown)

    def _fault(self, place: str, fault: Fault) -> Finding:
        shown = Shown(place, fault.line, fault.attribute, fault.value, fault.framed)
        return Finding("page", fault.message, f"{fault.message} {fault.value}", shown)

    def _follow(self, place: str, page: Page, link: Link) -> Iterator[Finding]:
        shown = Shown(place, link.line, link.attribute, link.value, link.framed)
        if link.what == ID:
            if link.value not in page.ids:
                yield Finding("id", f"names the id '{link.value}', which the page has not", f"#{link.value}", shown)
        elif link.what == EDITION:
            if f"{link.value}/index.html" not in self.folder.files:
                yield Finding("edition", f"names the edition {link.value}, which is not there", link.value, shown)
        elif link.value in ("", "#"):
            yield Finding("empty", "leads nowhere: the address is empty", link.value, shown)
        elif not (link.value.startswith("data:") and link.attribute in _PICTURED):
            yield from self._address(shown, link)

    def _address(self, shown: Shown, link: Link) -> Iterator[Finding]:
        target = self.folder.resolve(link.value, shown.place)
        if link.what in (WHOLE, NAME) and target.path and not link.value.startswith(("http:", "https:")):
            yield Finding("whole", "must be a whole address, with https: and host", link.value, shown)
        elif shown.place == _ROOT_ONLY and link.value[0] not in "/#" and target.path:
            hint = "it is shown at any address: begin with /"
            yield Finding("whole", "is relative on the page for what is not found", link.value, shown, hint)
        elif target.problem:
            if not (target.url and self.settings.allows(link.value)):
                where = target.url or _below_edition(self.folder, target.path) or _BARE.sub("", link.value)
                yield Finding("outside" if target.url else "address", target.problem, where, shown, target.hint)
        elif target.url:
            yield from self._beyond(shown, target.url)
        elif target.path:
            yield from self._inside(shown, link, target.path, unquote(target.fragment))

    def _beyond(self, shown: Shown, url: str) -> Iterator[Finding]:
        """Another site is not asked here; the words that an address points to must be written rightly."""
        address, _, fragment = url.partition("#")
        self.outside.setdefault(address, shown)
        if _DIRECTIVE in fragment and _read_directive(fragment) is None:
            yield Finding(
                "text", "has a text fragment that no browser reads", url, shown, "#:~:text=first words,last words"
            )

    def _inside(self, shown: Shown, link: Link, path: str, fragment: str) -> Iterator[Finding]:
        there = self.pages.get(path)
        if there and there.moved is not None:
            yield from self._moved(shown, link, path)
        if not fragment:
            return
        where = _below_edition(self.folder, path)
        anchor, mark, _ = fragment.partition(_DIRECTIVE)
        if mark:
            words = _read_directive(link.value.partition("#")[2])
            if words is None:
                yield Finding("text", "has a text fragment that no browser reads", f"{where}#{fragment}", shown)
            elif not _in_order(words, self._text(path)):
                message = f"points at words that {path} does not have"
                yield Finding("text", message, f"{where}#{fragment}", shown, f"looked for: {' … '.join(words)}")
        if anchor.casefold() in _BELOW_HEAD or link.what == NAME:
            return
        if path.endswith(_PAGES):
            if anchor not in (there.ids if there else ()):
                yield Finding("anchor", f"leads to #{anchor}, which {where} has not", f"{where}#{anchor}", shown)
        elif not path.endswith(".pdf"):
            yield Finding("anchor", f"has an anchor, and {where} is no page", f"{where}#{anchor}", shown)

    def _moved(self, shown: Shown, link: Link, path: str) -> Iterator[Finding]:
        """A page that leads on may not lead to another such, nor to itself; who links to one is told the new place."""
        there, where = self.pages[path], _below_edition(self.folder, path)
        onward = self.folder.resolve(there.moved or "", path)
        new = _below_edition(self.folder, onward.path) if onward.path else there.moved
        if link.attribute == "refresh":
            what = "itself" if path == shown.place else "a page that leads on again"
            yield Finding("redirect", f"leads on to {what}", where, shown, f"lead to {new}")
        elif shown.place != path and path.count("/") > 0:
            warning = Severity.warning
            yield Finding("redirect", "leads to a page that has moved", where, shown, f"it is now at {new}", warning)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            document: Any = html.document_fromstring((self.folder.root / path).read_bytes())
            for one in document.xpath("//script | //style"):
                one.drop_tree()
            self._texts[path] = _spaced(document.text_content())
        return self._texts[path]


# The way up in an address, which differs from page to page.
_BARE = re.compile(r"^(?:\.\./)+")
_PICTURED = {"src", "srcset", "code", "style", "href", "poster"}


def _below_edition(folder: Folder, path: str | None) -> str:
    """Returns the address of a file below its edition, the same for latest/ and the edition itself."""
    if path is None:
        return ""
    first, mark, rest = path.partition("/")
    below = rest if mark and first in folder.editions else path
    return below.removesuffix("index.html") or "/"


def _read_directive(fragment: str) -> list[str] | None:
    """Returns the words that a text fragment names, in order; None when it has not the form of one."""
    directive = fragment.partition(_DIRECTIVE)[2]
    words: list[str] = []
    for one in directive.split("&"):
        name, mark, value = one.partition("=")
        parts = value.split(",")
        if name != "text" or not mark or not 0 < len(parts) <= _PARTS:
            return None
        named = [unquote(part.removesuffix("-").removeprefix("-")) for part in parts]
        if not all(part.strip() for part in named) or any("-" in part.strip("-") for part in parts):
            return None
        words += named
    return words


_PARTS = 4  # prefix-, first words, last words, -suffix


def _in_order(words: list[str], text: str) -> bool:
    at = 0
    for one in words:
        at = text.find(_spaced(one), at)
        if at < 0:
            return False
    return True


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()

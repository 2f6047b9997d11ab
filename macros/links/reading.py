"""One built page: its ids, everything on it that names an address or an id, and what is wrong with it by itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree, html

from macros.links.styles import urls_in_style

# What a value is: an address; one that must be whole; a name in linked data, which may be an address with any anchor;
# an id on the same page; an edition.
ADDRESS, WHOLE, NAME, ID, EDITION = "address", "whole", "name", "id", "edition"

_PAINT = frozenset(
    ["style", "fill", "stroke", "filter", "clip-path", "mask", "marker-start", "marker-mid", "marker-end"]
)
_SPECIAL = frozenset(("a", "meta", "style", "script", "base", "link"))
_METAS = {"og:url", "og:image", "og:image:url", "og:image:secure_url", "og:video", "og:audio", "twitter:image"}
_SPLIT = re.compile(r"\s*,\s+|\s+")
_TIMED = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]*)['\"]?\s*", re.IGNORECASE)


class _Reader(NamedTuple):
    """How an attribute is read: what its values name, and how they are told apart."""

    what: str
    read: Callable[[str], list[str]]


def _one(value: str) -> list[str]:
    return [value]


def _filled(value: str) -> list[str]:
    return [value] if value else []  # empty, it names the page itself


def _ids(value: str) -> list[str]:
    return value.split() or [""]


def _set(value: str) -> list[str]:
    return [_SPLIT.split(one.strip())[0] for one in value.split(", ")]


_READERS: dict[str, _Reader] = {
    **dict.fromkeys(
        [
            "href",
            "src",
            "poster",
            "formaction",
            "data",
            "cite",
            "background",
            "longdesc",
            "manifest",
            "data-href",
            "data-src",
            "data-url",
            "data-originalurl",
            "data-versionurl",
            "xlink:href",
        ],
        _Reader(ADDRESS, _one),
    ),
    **dict.fromkeys(("action", "data-link"), _Reader(ADDRESS, _filled)),
    **dict.fromkeys(("srcset", "imagesrcset"), _Reader(ADDRESS, _set)),
    **dict.fromkeys(
        [
            "for",
            "headers",
            "list",
            "form",
            "popovertarget",
            "commandfor",
            "data-copy",
            "aria-labelledby",
            "aria-describedby",
            "aria-controls",
            "aria-owns",
            "aria-details",
            "aria-flowto",
            "aria-activedescendant",
            "aria-errormessage",
        ],
        _Reader(ID, _ids),
    ),
    "data-edition": _Reader(EDITION, _one),
}


class Link(NamedTuple):
    """A value on a page that names something: `what` of ADDRESS …, and the attribute or the like in which it stands."""

    value: str
    what: str
    attribute: str
    line: int
    framed: bool = False  # outside the article


class Fault(NamedTuple):
    """What is wrong with a page whatever else the folder holds; `value` is what to look for in its source."""

    message: str
    value: str
    attribute: str
    line: int
    framed: bool = False


@dataclass
class Page:
    """What is known of a built page. `moved` is the address to which it leads on by itself."""

    ids: frozenset[str] = frozenset()
    links: list[Link] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    moved: str | None = None


def read_page(path: Path) -> Page:
    """Returns what a built page names. A file that is no HTML at all is a fault of its own."""
    return read_html(path.read_bytes())


def read_html(data: bytes) -> Page:
    """Returns what the text of a page names."""
    if not data.strip():
        return Page(faults=[Fault("the page is empty", "", "", 1)])
    document = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    page, walk = Page(), _Walk(document)
    seen: set[tuple[str, str, str, bool]] = set()
    for link in walk.links():
        key = (link.value, link.what, link.attribute, link.framed)
        if key not in seen:
            seen.add(key)
            page.links.append(link)
    page.faults = [*walk.faults, *walk.repeated()]
    page.ids = frozenset([*walk.ids, *walk.names])
    page.moved = next((one.value for one in page.links if one.attribute == "refresh"), None)
    return page


class _Walk:
    """One walk over a page's elements, in which everything is gathered: XPath takes ten times as long."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.within = {one for article in document.iter("article") for one in article.iter()}
        self.ids: list[str] = []
        self.names: list[str] = []
        self.faults: list[Fault] = []
        self._canonical = 0

    def links(self) -> Iterator[Link]:
        """Yields what the elements name, and notes ids and faults on the way."""
        for element in self.document.iter(etree.Element):
            for name, value in element.items():
                reader = _READERS.get(name)
                if reader:
                    line, framed = element.sourceline or 1, element not in self.within
                    yield from (Link(one, reader.what, name, line, framed) for one in reader.read(value))
                elif name == "id":
                    self.ids.append(value)
                elif "url(" in value and name in _PAINT:
                    yield from self._styled(element, value, name)
            if element.tag in _SPECIAL:
                yield from self._special(element)

    def _special(self, element: Any) -> Iterator[Link]:
        if element.tag == "a":
            self._anchor(element)
        elif element.tag == "meta":
            yield from _meta(element)
        elif element.tag == "style":
            yield from self._styled(element, element.text or "", "style")
        elif element.tag == "script":
            yield from self._script(element)
        elif element.tag == "base":
            self._note(element, "<base> turns every address of the page", "href")
        elif element.tag == "link" and element.get("rel") == "canonical":
            self._canonical += 1
            if self._canonical > 1:
                self._note(element, "the page has a second canonical address", "href")

    def _anchor(self, element: Any) -> None:
        name = element.get("name")
        if name:
            self.names.append(name)
        if element.get("href") is None:
            if not (name or element.get("id")):
                self._note(element, "a link without an address", "href")
        elif not (element.text and element.text.strip()) and not _has_words(element):
            self._note(element, "a link without words", "href")

    def _styled(self, element: Any, text: str, name: str) -> Iterator[Link]:
        for value, line in urls_in_style(text):
            yield Link(value, ADDRESS, name, (element.sourceline or 1) + line - 1, element not in self.within)

    def _script(self, element: Any) -> Iterator[Link]:
        """Yields the addresses in linked data, and those by which the page for what is not found leads on."""
        if "json" not in (element.get("type") or ""):
            return
        line = element.sourceline or 1
        try:
            data = json.loads(element.text or "")
        except ValueError as error:
            self._note(element, f"data that is no JSON: {error}", "type")
            return
        if element.get("id") == "cm-pages":
            for edition, pages in data["pages"].items():
                for one in pages:
                    yield Link(f"{data['root']}{edition}/{one}", ADDRESS, "cm-pages", line, framed=True)
        elif "ld+json" in element.get("type"):
            for key, value in addresses_in(data):
                yield Link(value, NAME if key == "@id" else WHOLE, f"JSON-LD {key}", line, framed=True)

    def _note(self, element: Any, message: str, attribute: str) -> None:
        value, line = element.get(attribute) or "", element.sourceline or 1
        self.faults.append(Fault(message, value, attribute, line, element not in self.within))

    def repeated(self) -> Iterator[Fault]:
        """Yields the ids that stand twice."""
        if len(set(self.ids)) == len(self.ids):
            return
        for value, count in Counter(self.ids).items():
            if count > 1:
                second = [one for one in self.document.iter(etree.Element) if one.get("id") == value][1]
                message = f"the id '{value}' is given twice"
                yield Fault(message, value, "id", second.sourceline or 1, second not in self.within)


def _has_words(link: Any) -> bool:
    """Whether something tells what a link leads to; one that is hidden waits for its words from a script."""
    if "".join(link.itertext()).strip() or any(link.get(one) for one in ("aria-label", "aria-labelledby", "title")):
        return True
    named = any(one.get("alt") or one.get("aria-label") for one in link.iter(etree.Element))
    return named or any(one.get("hidden") is not None for one in link.iterancestors())


def _meta(element: Any) -> Iterator[Link]:
    name, content = element.get("property") or element.get("name") or "", element.get("content") or ""
    line = element.sourceline or 1
    if name in _METAS:
        yield Link(content, WHOLE, name, line, framed=True)
    elif (element.get("http-equiv") or "").lower() == "refresh":
        timed = _TIMED.fullmatch(content)
        yield Link(timed[1].strip() if timed else content, ADDRESS, "refresh", line, framed=True)


def addresses_in(data: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yields key and value of every text in a JSON value that is an address, or that stands where one must."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from addresses_in(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from addresses_in(value, key)
    elif isinstance(data, str) and key != "@context" and (_WHOLE.match(data) or key in _PLACES):
        yield key, data


_WHOLE = re.compile(r"[a-z][a-z0-9+.-]*://\S+$", re.IGNORECASE)
_PLACES = {"url", "@id", "image", "logo", "contentUrl", "sameAs", "home"}

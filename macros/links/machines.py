"""Addresses in what machines read: feed, site maps, calendars, data, bibliography, overview, search, papers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from macros.links.reading import ADDRESS, EDITION, NAME, WHOLE, Fault, Link, Page, addresses_in, read_page
from macros.links.styles import urls_in_script, urls_in_style
from macros.store.edition import COMPARED
from macros.store.files import INDEX, OVERVIEW

_TYPED = re.compile(r"\((https?:[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|<(https?:[^>\s]*)>|\]\(([^()\s]*)\)")
_IN_WORDS = re.compile(r"https?://[^\s\\,;\"<>]+")
_CALENDAR = re.compile(r"(URL|ATTACH|SOURCE|IMAGE)(?:;[^:]*)?:(.*)", re.DOTALL)
_FIELD = re.compile(r"^\s*url\s*=\s*[\"{](.*?)[\"}],?\s*$", re.MULTILINE)
_ACTION = re.compile(rb"/URI\s?\(((?:\\.|[^()\\])*)\)")
_SEARCH = re.compile(r"(?:.*/)?search/(index|finds-\d+)\.json")
_COLUMNS = ("home", "url")


def read_file(path: Path, place: str) -> Page | None:
    """Returns what the file at this place of the folder names; None for a kind of file that names nothing."""
    reader = _reader(place)
    if reader is None:
        return None
    try:
        return Page(links=list(dict.fromkeys(reader(path.read_bytes()))))
    except (ValueError, KeyError, TypeError, etree.LxmlError, OSError) as error:
        message = f"the file cannot be read: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        return Page(faults=[Fault(message, "", "", 1)])


def read_any(path: Path, place: str) -> Page | None:
    """Returns what a file of the folder names, be it a page or a file for machines."""
    return read_page(path) if place.endswith((".html", ".htm", ".xhtml", ".svg")) else read_file(path, place)


def _reader(place: str) -> Callable[[bytes], Iterator[Link]] | None:
    named: dict[str, Callable[[bytes], Iterator[Link]]] = {
        INDEX: _index,
        COMPARED: _compared,
        OVERVIEW: _overview,
        "robots.txt": _robots,
        "versions.json": _versions,
    }
    endings: dict[str, Callable[[bytes], Iterator[Link]]] = {
        ".css": lambda data: _code(data, urls_in_style),
        ".js": lambda data: _code(data, urls_in_script),
        ".xml": _xml,
        ".xml.gz": lambda data: _xml(gzip.decompress(data)),
        ".ics": _calendar,
        ".bib": _bibliography,
        ".json": _records,
        ".csv": _table,
        ".pdf": _paper,
    }
    if found := _SEARCH.fullmatch(place):
        return _search if found[1] == "index" else _finds
    for name, reader in named.items():
        if place == name or place.endswith(f"/{name}"):
            return reader
    return next((reader for ending, reader in endings.items() if place.endswith(ending)), None)


def _code(data: bytes, urls: Callable[[str], Iterator[tuple[str, int]]]) -> Iterator[Link]:
    for value, line in urls(data.decode("utf-8")):
        yield Link(value, ADDRESS, "code", line)


def _xml(data: bytes) -> Iterator[Link]:
    """Yields the addresses of a site map, and those of a feed."""
    document: Any = etree.fromstring(data)
    for element in document.iter(etree.Element):
        name, line = etree.QName(element).localname, element.sourceline or 1
        if name == "loc":
            yield Link((element.text or "").strip(), ADDRESS, "site map", line)
        elif name == "link":
            yield Link(element.get("href") or (element.text or "").strip(), WHOLE, "feed", line)
        elif name == "content" and element.get("src"):
            yield Link(element.get("src"), WHOLE, "feed", line)
        elif name in ("content", "summary") and element.get("type") == "html":
            for found in re.finditer(r"(?:href|src)=[\"']([^\"']*)", element.text or ""):
                yield Link(found[1], WHOLE, "feed", line)


def _robots(data: bytes) -> Iterator[Link]:
    for line, text in enumerate(data.decode("utf-8").splitlines(), 1):
        if text.lower().startswith("sitemap:"):
            yield Link(text.partition(":")[2].strip(), WHOLE, "Sitemap", line)


def _calendar(data: bytes) -> Iterator[Link]:
    unfolded: list[tuple[str, int]] = []
    for line, text in enumerate(data.decode("utf-8").splitlines(), 1):
        if text[:1] in (" ", "\t") and unfolded:
            unfolded[-1] = (unfolded[-1][0] + text[1:], unfolded[-1][1])
        else:
            unfolded.append((text, line))
    for text, line in unfolded:
        named = _CALENDAR.fullmatch(text)
        if named:
            yield Link(named[2], WHOLE, named[1], line)
        elif text.startswith(("DESCRIPTION", "X-ALT-DESC")):
            for found in _IN_WORDS.finditer(text):
                yield Link(found[0].rstrip("."), WHOLE, "DESCRIPTION", line)


def _bibliography(data: bytes) -> Iterator[Link]:
    text = data.decode("utf-8")
    for found in _FIELD.finditer(text):
        yield Link(re.sub(r"\\([%_#&~$])", r"\1", found[1]), WHOLE, "url", _line(text, found.start(1)))


def _overview(data: bytes) -> Iterator[Link]:
    text = data.decode("utf-8")
    for found in _TYPED.finditer(text):
        value = next(one for one in found.groups() if one is not None)
        yield Link(value, ADDRESS, "overview", _line(text, found.start()))


def _versions(data: bytes) -> Iterator[Link]:
    text = data.decode("utf-8")
    for entry in json.loads(text):
        for name in (entry["version"], *entry["aliases"]):
            yield Link(name, EDITION, "versions", _line_of(text, name))


def _index(data: bytes) -> Iterator[Link]:
    """Yields the address of the edition, and the path of each file: relative to the edition, one folder up."""
    text = data.decode("utf-8")
    index = json.loads(text)
    if index["address"]:
        yield Link(index["address"], WHOLE, "address", _line_of(text, index["address"]))
    listed = [one["path"] for one in index["files"]]
    for one in index["kinds"].values():
        listed += [one[form] for form in ("json", "csv", "schema")]
    for path in listed:
        yield Link(f"../{path}", ADDRESS, "path", _line_of(text, path))


def _search(data: bytes) -> Iterator[Link]:
    """Yields the other files of the search, which are named from the edition."""
    index = json.loads(data)
    for path in ("search/lengths.bin", *index["words"], *index["finds"]):
        yield Link(f"../{path}", ADDRESS, "search", 1)


def _finds(data: bytes) -> Iterator[Link]:
    for find in json.loads(data):
        yield Link(f"../{find[0]}", ADDRESS, "search", 1)


def _compared(data: bytes) -> Iterator[Link]:
    """Yields where the browser finds records and pages when it sets two editions side by side."""
    stored = json.loads(data)
    for address in [*filter(None, stored["homes"].values()), *(page["url"] for page in stored["pages"])]:
        yield Link(f"./{address}", ADDRESS, "url", 1)


def _records(data: bytes) -> Iterator[Link]:
    """Yields the addresses in records, and in their schemas."""
    text = data.decode("utf-8")
    at, line = 0, 1
    for key, value in addresses_in(json.loads(text)):
        found = max(text.find(json.dumps(value, ensure_ascii=False), at), at)
        at, line = found, line + text.count("\n", at, found)
        what = NAME if key.startswith("$") or key == "@id" else ADDRESS if key == "home" else WHOLE
        yield Link(value, what, key, line)


def _table(data: bytes) -> Iterator[Link]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    for row in rows:
        for column in _COLUMNS:
            if row.get(column):
                yield Link(row[column], ADDRESS if column == "home" else WHOLE, column, rows.line_num)


def _paper(data: bytes) -> Iterator[Link]:
    """Yields the addresses to which a PDF leads, as Typst writes them; those of packed objects are not seen."""
    for found in _ACTION.finditer(data):
        yield Link(re.sub(r"\\(.)", r"\1", found[1].decode("latin-1")), WHOLE, "URI", 1)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _line_of(text: str, value: object) -> int:
    return _line(text, max(text.find(json.dumps(value, ensure_ascii=False)), 0))

"""One page's source and its address; all pages together, and where each record is at home."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from pydantic import Field

from macros.catalog.validating import validate
from macros.problems import Problem
from macros.reading.header import MarkdownFile, read_markdown
from macros.schema.base import AnyRef, Line, Strict
from macros.tree import Tree


class PageHeader(Strict):
    """What the header of a page may say."""

    title: Line = Field(description="the page's title, as readers see it")
    description: Line = Field(description="one sentence that answers what the page is about")
    record: AnyRef | None = Field(default=None, description="the record whose own page this is: provision/financing")
    also: list[Line] = Field(default_factory=list, description="other words that readers type when they look for it")
    hide: list[Line] = Field(default_factory=list, description="parts of the frame to leave out: toc, navigation")


@dataclass(frozen=True)
class Page:
    """A page: `source` is its path under docs/, `url` its address relative to the edition."""

    source: str
    file: MarkdownFile
    header: PageHeader | None

    @cached_property
    def url(self) -> str:
        return page_url(self.source)

    @property
    def record(self) -> str | None:
        return self.header.record if self.header else None

    @property
    def title(self) -> str:
        return self.header.title if self.header else self.source


def page_url(source: str) -> str:
    """Returns the address of a page under docs/: `framework/index.md` stands at `framework/`."""
    stem = source.removesuffix(".md")
    if posixpath.basename(stem) == "index":
        stem = posixpath.dirname(stem)
    return f"{stem}/" if stem else ""


@cache
def relative_url(target: str, origin: str) -> str:
    """Returns the way from the page at `origin` to `target` (an address with or without #anchor)."""
    address, mark, anchor = target.partition("#")
    if address == origin and mark:
        return f"#{anchor}"
    path = posixpath.relpath(address or ".", origin or ".")
    path = path if not (address.endswith("/") or not address) else f"{path}/"
    return f"{path}{mark}{anchor}"


@dataclass(frozen=True)
class Pages:
    """All pages, the address at which each record is at home, and which pages name a record.

    `own` maps a record to its own page, `entries` to the page that prints it in full among others, `mentions` to the
    pages whose prose names it. `parts` holds each page's text and macro calls in order, by its source.
    """

    pages: tuple[Page, ...]
    own: Mapping[str, Page]
    entries: Mapping[str, Page] = field(default_factory=dict)
    mentions: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    parts: Mapping[str, list[Any]] = field(default_factory=dict)

    def home(self, key: str) -> str | None:
        """Returns the address of the record's own page, or of its entry among others."""
        if key in self.own:
            return self.own[key].url
        page = self.entries.get(key)
        return f"{page.url}#{key.replace('/', '-', 1)}" if page else None

    def at(self, source: str) -> Page | None:
        """Returns the page with this path under docs/."""
        return next((page for page in self.pages if page.source == source), None)


def load_pages(tree: Tree) -> tuple[Pages, list[Problem]]:
    """Returns the pages under docs/, and what is wrong with their headers."""
    pages: list[Page] = []
    problems: list[Problem] = []
    own: dict[str, Page] = {}
    for path in sorted(tree.docs.rglob("*.md")):
        file, found = read_markdown(tree.shown(path), path.read_bytes())
        header = None
        if not found:
            header, found = validate(file.header, PageHeader)
        problems += found
        source = path.relative_to(tree.docs).as_posix()
        page = Page(source, file, header if isinstance(header, PageHeader) else None)
        pages.append(page)
        if page.record:
            first = own.setdefault(page.record, page)
            if first is not page:
                message = f"duplicate page: '{page.record}' has one already"
                problems.append(file.header.problem(("record",), message, f"its page is docs/{first.source}"))
    return Pages(tuple(pages), own), problems

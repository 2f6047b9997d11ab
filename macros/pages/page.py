"""One page's source and its address; all pages together, and where each record is at home."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from macros.catalog.validating import validate
from macros.pages.layouts import Layout
from macros.problems import Problem
from macros.schema.base import REVIEWED, AnyRef, Line, Review, Strict
from macros.schema.choices import Vocabularies
from macros.schema.vocabularies import Language
from macros.text.characters import curl_quotes
from macros.text.files import read_file, walk_folder
from macros.text.header import MarkdownFile, read_markdown
from macros.text.memory import Memory, stamp
from macros.tree import Tree

OLD_ADDRESS = "old_address"
_OLD = re.compile(r"#[\w.-]+|(?:[a-z0-9-]+/)+")


def _check_old(address: str) -> str:
    if not _OLD.fullmatch(address):
        raise PydanticCustomError(OLD_ADDRESS, "not an address of this site: '{address}'", {"address": address})
    return address


_WRITTEN_OLD = {"type": "string", "pattern": f"^({_OLD.pattern})$"}
AlsoAt = Annotated[str, AfterValidator(_check_old), WithJsonSchema(_WRITTEN_OLD, mode="validation")]


class PageHeader(Strict):
    """What the header of a page may say."""

    title: Line = Field(description="the page's title, as readers see it")
    description: Line = Field(description="one sentence that answers what the page is about")
    record: AnyRef | None = Field(default=None, description="the record that this page is about: provision/financing")
    language: Language = Field(default=Language.en, description="the language it is written in: en, ja")
    also: list[Line] = Field(default_factory=list, description="other words that readers type when they look for it")
    also_at: list[AlsoAt] = Field(
        default_factory=list, description="old addresses that lead here: framework/old/, and old anchors: #old-heading"
    )
    review: Review | None = Field(default=None, description=REVIEWED)
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
    def language(self) -> Language:
        return self.header.language if self.header else Language.en

    @property
    def kept_anchors(self) -> list[str]:
        """Returns the ids of earlier headings, which still lead to this page."""
        return [one[1:] for one in self.header.also_at if one.startswith("#")] if self.header else []

    @property
    def moved_from(self) -> list[str]:
        """Returns the earlier addresses of this page and of pages that it took in."""
        return [one for one in self.header.also_at if not one.startswith("#")] if self.header else []

    @property
    def title(self) -> str:
        """The title as readers see it, with curly quotation marks."""
        return curl_quotes(self.header.title) if self.header else self.source


def page_url(source: str) -> str:
    """Returns the address of a page under docs/: `framework/index.md` stands at `framework/`."""
    stem = source.removesuffix(".md")
    if posixpath.basename(stem) == "index":
        stem = posixpath.dirname(stem)
    return f"{stem}/" if stem else ""


@lru_cache(20_000)  # links of one page repeat; those of thousands of pages would fill the memory
def relative_url(target: str, origin: str) -> str:
    """Returns the way from the page at `origin` to `target` (an address with or without #anchor)."""
    address, mark, anchor = target.partition("#")
    if address == origin and mark:
        return f"#{anchor}"
    there, here = ([part for part in one.split("/") if part] for one in (address, origin))
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    path = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
    path = path if not (address.endswith("/") or not address) else f"{path}/"
    return f"{path}{mark}{anchor}"


@dataclass(frozen=True)
class Pages:
    """All pages, the address at which each record is at home, and which pages name a record.

    `own` maps a record to its own page, `entries` to the page that prints it in full among others, `mentions` to the
    pages whose prose names it. `parts` holds each page's text and macro calls in order, by its source; `layouts` what
    the own page of a record of each kind holds beside.
    """

    pages: tuple[Page, ...]
    own: Mapping[str, Page]
    entries: Mapping[str, Page] = field(default_factory=dict)
    mentions: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    parts: Mapping[str, list[Any]] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)

    def home(self, key: str) -> str | None:
        """Returns the address of the record's own page, or of its entry among others."""
        if key in self.own:
            return self.own[key].url
        page = self.entries.get(key)
        return f"{page.url}#{key.replace('/', '-')}" if page else None

    def versions(self, source: str) -> dict[Language, Page]:
        """Returns the page with this path under docs/ in each language that has it; in others it is in their folder."""
        bare = _in_english(source)
        found = {one: self.at(f"{_folder(one)}{bare}") for one in Language}
        return {language: page for language, page in found.items() if page}

    def at(self, source: str) -> Page | None:
        """Returns the page with this path under docs/."""
        return self._by_source.get(source)

    @cached_property
    def _by_source(self) -> dict[str, Page]:
        return {page.source: page for page in self.pages}

    @cached_property
    def printed(self) -> dict[str, list[str]]:
        """Returns the keys of the records that each page prints in full among others, by its source."""
        found: dict[str, list[str]] = {}
        for key, page in self.entries.items():
            found.setdefault(page.source, []).append(key)
        return found


def load_pages(tree: Tree, vocabularies: Vocabularies, memory: Memory | None = None) -> tuple[Pages, list[Problem]]:
    """Returns the pages under docs/, and what is wrong with their headers; only new ones are read when all is known."""
    memory = memory or Memory()
    pages: list[Page] = []
    problems: list[Problem] = []
    own: dict[str, Page] = {}
    if not tree.docs.is_dir():
        problems.append(Problem(tree.shown(tree.docs), 1, 1, "the folder of the pages is missing", "take it back"))
    for path in walk_folder(tree.docs):
        if path.suffix != ".md":
            continue  # said by `check_files`
        made_of = (stamp(path), vocabularies.stamp)
        page, found = memory.recall(str(path), made_of, partial(_read_page, tree, path, vocabularies))
        problems += found
        if page is None:
            continue
        pages.append(page)
        if page.record:
            first = own.setdefault(page.record, page)
            if first is not page:
                message = f"duplicate page: '{page.record}' has one already"
                problems.append(page.file.header.problem(("record",), message, f"its page is docs/{first.source}"))
    problems += _check_moved(pages)
    problems += _check_languages(pages)
    return Pages(tuple(pages), own), problems


def _read_page(tree: Tree, path: Path, vocabularies: Vocabularies) -> tuple[Page | None, list[Problem]]:
    """Returns a page by its file, None when that cannot be read, and what is wrong with its header."""
    data, problems = read_file(path, tree.shown(path), tree.project)
    if data is None:
        return None, problems
    file, problems = read_markdown(tree.shown(path), data)
    header = None
    if not problems:
        header, problems = validate(file.header, PageHeader, vocabularies)
    source = path.relative_to(tree.docs).as_posix()
    return Page(source, file, header if isinstance(header, PageHeader) else None), problems


def _check_moved(pages: list[Page]) -> Iterator[Problem]:
    """An earlier address leads to one page, and no page is there now."""
    taken = {page.url: page for page in pages}
    for page in pages:
        for address in page.moved_from:
            first = taken.setdefault(address, page)
            if first is not page or address == page.url:
                place = ("also_at", page.header.also_at.index(address)) if page.header else ()
                message = f"the address {address} is that of docs/{first.source}"
                yield page.file.header.problem(place, message, "an old address leads to one page only")


def _check_languages(pages: list[Page]) -> Iterator[Problem]:
    """A page in another language than English is in the folder of its language, and no other page is."""
    for page in pages:
        folder = page.source.removesuffix(_in_english(page.source))
        if page.header and folder != _folder(page.language):
            message = f"the page is in '{folder or 'docs'}' and its language is {page.language}"
            hint = "write language: ja in the header of a page under docs/ja/, and of no other"
            yield page.file.header.problem(("language",), message, hint)


def _folder(language: Language) -> str:
    """Returns the folder under docs/ of the pages in a language; English ones have none."""
    return "" if language is Language.en else f"{language.value}/"


def _in_english(source: str) -> str:
    """Returns the path of the English page of which this one is a version; its own where it is English."""
    first, mark, rest = source.partition("/")
    return rest if mark and first in [one.value for one in Language] else source

"""A page's Markdown as its author wrote it: what is wrong with its links, and marks that readers would see raw.

Macro calls, comments and code are blanked first, so that what is left is Markdown, each sign at its place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from macros.pages.page import Page, Pages
from macros.problems import Problem, suggest
from macros.text.memory import Memory
from macros.text.text import place_of

_BLANKED = re.compile(
    r"^(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)|\{##.*?##\}|<!--.*?-->|\{\{.*?\}\}|(?P<tick>`+)[^`\n]+(?P=tick)",
    re.DOTALL | re.MULTILINE,
)
# [words](address "title") and ![words](address); the words may hold one pair of brackets.
_LINK = re.compile(
    r"(?P<picture>!?)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<address>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)?)>?(?:\s+\"[^\"\n]*\")?\s*\)"
)
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]\n]+)\] ?\[(?P<name>[^\[\]\n]*)\]|\[(?P<note>\^[^\[\]\s]+)\](?!:)")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\[\]\n]+)\]:\s*(?P<address>\S+)", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<words>[^\n]+?)\s*#*\s*$", re.MULTILINE)
_GIVEN = re.compile(r"\{:?[^{}\n]*#(?P<id>[\w.-]+)[^{}\n]*\}|\bid=[\"'](?P<raw>[^\"']+)[\"']")
_ATTRIBUTES = re.compile(r"\{:?\s*(?:[#.][\w.-]+|[\w-]+=(?:\"[^\"\n]*\"|[\w-]+))(?:\s+[^{}\n]*)?\s*\}")
_RAW = re.compile(r"\[\[|\]\]|[{}\uff5b\uff5d]")


@dataclass(frozen=True)
class Source:
    """The Markdown of a page without what is no Markdown.

    `entries` are the anchors of the records that it prints, `headings` those that the layout of its record writes.
    """

    page: Page
    entries: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return _BLANKED.sub(_blank, self.page.file.body)

    @cached_property
    def definitions(self) -> set[str]:
        """Returns the names that references may have."""
        return {match["name"].casefold() for match in _DEFINITION.finditer(self.text)}

    @cached_property
    def anchors(self) -> set[str] | None:
        """Returns the ids that links may name; None when a macro within a heading decides one of them."""
        from markdown.extensions.toc import slugify  # noqa: PLC0415 - not loaded while no page has changed

        found = {match["id"] or match["raw"] for match in _GIVEN.finditer(self.text)}
        found |= {*self.page.kept_anchors, *self.entries}
        counts: dict[str, int] = {}
        own = [(self.page.file.body[one.start() : one.end()], one["words"]) for one in _HEADING.finditer(self.text)]
        for written, words in (*own, *((heading, heading) for heading in self.headings)):
            if "{{" in written:
                return None
            if given := _GIVEN.search(written):
                found.add(given["id"] or given["raw"])
                continue
            slug = slugify(re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", r"\1", words), "-")
            counts[slug] = counts.get(slug, -1) + 1
            found.add(f"{slug}_{counts[slug]}" if counts[slug] else slug)
        return found

    def problem(self, start: int, message: str, hint: str) -> Problem:
        """Returns a problem at a position of the body."""
        line, column = place_of(self.text, start)
        return Problem(self.page.file.path, line + self.page.file.body_line - 1, column, message, hint)


def check_sources(
    pages: Pages,
    faulty: set[str],
    files: set[str],
    aliases: Mapping[str, str],
    headings: Mapping[str, Sequence[str]] = MappingProxyType({}),
    *,
    memory: Memory | None = None,
) -> Iterator[Problem]:
    """Yields what is wrong with the Markdown of each page whose macro calls are all well; `faulty` names the others.

    `files` are the paths under docs/ of what is there beside pages; `aliases` lead from earlier keys to records';
    `headings` are those that layouts write, by the pages' sources.
    """
    memory = memory or Memory()
    placed = [(key, page.source) for key, page in pages.entries.items()]
    made_of = (pages.pages, sorted(faulty), sorted(files), dict(aliases), placed, dict(headings))
    yield from memory.recall(("sources",), made_of, lambda: list(_check_all(pages, faulty, files, aliases, headings)))


def _check_all(
    pages: Pages,
    faulty: set[str],
    files: set[str],
    aliases: Mapping[str, str],
    headings: Mapping[str, Sequence[str]],
) -> Iterator[Problem]:
    entries: dict[str, set[str]] = {}
    for key, place in (*((key, key) for key in pages.entries), *aliases.items()):
        if page := pages.entries.get(place):
            entries.setdefault(page.source, set()).add(key.replace("/", "-"))
    sources = {
        page.source: Source(page, frozenset(entries.get(page.source, ())), tuple(headings.get(page.source, ())))
        for page in pages.pages
    }
    for source in sources.values():
        if source.page.source not in faulty:
            yield from _check_links(source, sources, files)
            yield from _check_headings(source)
            yield from _check_references(source)
            yield from _check_raw(source)


def _check_links(source: Source, sources: Mapping[str, Source], files: set[str]) -> Iterator[Problem]:
    for match in (*_LINK.finditer(source.text), *_DEFINITION.finditer(source.text)):
        address, start = match["address"], match.start("address")
        if not address:
            yield source.problem(match.start(), "a link without an address", "write the address between ( and )")
        elif _ELSEWHERE.match(address) or _join(source, address) in files:
            continue
        elif match.groupdict().get("picture"):
            yield source.problem(
                start, f"no picture '{address}'", "put it under docs/, and write the way to it from here"
            )
        elif fault := _find_fault(source, address, sources):
            yield source.problem(start, *fault)


def _check_headings(source: Source) -> Iterator[Problem]:
    """Yields every heading that the layout of the page's record writes too."""
    for match in _HEADING.finditer(source.text):
        if match["words"] in source.headings:
            message = f"the heading '{match['words']}' is in the layout of the page too"
            yield source.problem(match.start(), message, "delete it, or call the part with heading=false")


def _join(source: Source, path: str) -> str:
    """Returns the path under docs/ of what a page names by the way from itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source.page.source), path))


def _find_fault(source: Source, address: str, sources: Mapping[str, Source]) -> tuple[str, str] | None:
    way, mark, anchor = address.partition("#")
    path = way.partition("?")[0]
    if path.startswith("/"):
        return f"'{address}' is an address of the whole host", "write the way to the page's file: ../energy/index.md"
    target = source
    if path:
        place = _join(source, path)
        if place not in sources:
            if not path.endswith(".md"):
                return f"'{path}' is no page", "write the way to a page's file: ../energy/index.md"
            near = suggest(place, sources, what="pages")
            return f"no page 'docs/{place}'", near or "write the way to a page's file, from the folder of this one"
        target = sources[place]
    if mark and target.anchors is not None and anchor not in target.anchors:
        hint = suggest(anchor, target.anchors, what="headings") or f"no heading of docs/{target.page.source} is like it"
        return f"docs/{target.page.source} has no heading '#{anchor}'", hint
    return None


def _check_references(source: Source) -> Iterator[Problem]:
    """Yields every [words][name] and [^note] of which no line says what it stands for."""
    text = _LINK.sub(_blank, source.text)
    for match in _REFERENCE.finditer(text):
        name = match["note"] or match["name"] or match["words"]
        if name.casefold() not in source.definitions:
            hint = "cite with {{ cite('source', 'place') }}" if match["note"] else "write [words](address)"
            yield source.problem(match.start(), f"nothing says what '{match[0]}' leads to", hint)


def _check_raw(source: Source) -> Iterator[Problem]:
    """Yields every sign that a macro call or a record's link is made of and that is part of neither."""
    text = f"{_ATTRIBUTES.sub(_blank, source.text)}\n"
    end = 0
    for match in _RAW.finditer(text):
        if match.start() < end:
            continue  # one problem for each line
        end = text.index("\n", match.start())
        if match[0] in ("[[", "]]"):
            message, hint = "a record's link cannot be on a page", "write {{ link('provision/financing', 'words') }}"
        else:
            message = f"a single '{match[0]}', which readers would see"
            hint = "a macro has two braces at each end, as they are on the keyboard: {{ link('provision/financing') }}"
        yield source.problem(match.start(), message, hint)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])

"""Where a record is named: in other records, on pages, and in what staff read, each mention at its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.catalog.references import iter_references
from macros.pages.page import Page
from macros.renames.calls import iter_words
from macros.renames.edits import Edit, lines_of
from macros.schema.base import Record
from macros.site.loading import Site
from macros.text.positions import Document
from macros.tree import Tree

# What staff read: guides name records in examples, and so do the docstrings of macros, which `make macros` prints.
GUIDES = ("*.md", "guides/**/*.md")
EXAMPLES = "macros/components/*.py"
# The questions that are asked of the search name the anchors of records that answer.
QUERIES = "tests/site/queries.yml"
_DATED = {"CHANGELOG.md"}  # tells what was so at the time


@dataclass(frozen=True, order=True)
class Mention:
    """One mention of a record: `path` as authors see it, where its id begins, and by what it is named."""

    path: str
    line: int
    column: int
    by: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.by}"


@dataclass(frozen=True)
class Named:
    """The record that is looked for: its kind and its id."""

    kind: str
    id: str

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.id}"

    def pattern(self, before: str, after: str = "") -> re.Pattern[str]:
        """Returns an expression that finds the id (group 1) between two others, whole."""
        return re.compile(rf"{before}({re.escape(self.id)})(?![\w-]){after}")


def iter_mentions(tree: Tree, site: Site, named: Named) -> Iterator[Mention]:
    """Yields every mention of the record in records, pages, the navigation and what staff read."""
    yield from iter_record_mentions(tree, site, named)
    yield from iter_page_mentions(tree, site, named)
    yield from _anchors("mkdocs.yml", _read(tree.config), named)
    for path in list_guides(tree):
        text = _read(path)
        yield from _calls(tree.shown(path), text, named)
        yield from _whole_keys(tree.shown(path), enumerate(lines_of(text), 1), named, "text")
    for path in sorted(tree.project.glob(EXAMPLES)):
        yield from _docstrings(tree.shown(path), _read(path), named)
    if (tree.project / QUERIES).is_file():
        found = named.pattern(rf"(?<![\w-]){named.kind}-")
        yield from _search(QUERIES, enumerate(lines_of(_read(tree.project / QUERIES)), 1), found, "answer")


def iter_record_mentions(tree: Tree, site: Site, named: Named) -> Iterator[Mention]:
    """Yields the mentions in records: by a field, by a link in running text, in a comment on a line of its own."""
    for key, record in site.catalog.records.items():
        document = site.catalog.documents[key]
        text = _read(tree.project / document.path)
        yield from find_in_record(record, document, text, named)
    settings = tree.data / "catalog.yml"
    yield from _linked(tree.shown(settings), _read(settings), named)


def find_in_record(record: Record, document: Document, text: str, named: Named) -> Iterator[Mention]:
    """Yields the mentions in one record's file, of which `text` is what it says."""
    lines = lines_of(text)
    for reference in iter_references(record):
        if reference.target == named.key and not reference.in_text:
            line, column = document.place(reference.path)
            at = re.match(rf"['\"]?(?:{named.kind}/)?", lines[line - 1][column - 1 :])
            field = ".".join(str(part) for part in reference.path if isinstance(part, str))
            yield Mention(document.path, line, column + (at.end() if at else 0), field)
    yield from _linked(document.path, text, named)
    comments = ((number, line) for number, line in enumerate(lines, 1) if line.lstrip().startswith("#"))
    yield from _whole_keys(document.path, comments, named, "comment")


def iter_page_mentions(tree: Tree, site: Site, named: Named) -> Iterator[Mention]:
    """Yields the mentions on pages: in the header, in macro calls, and in links to the record's anchor."""
    for page in site.pages.pages:
        yield from find_in_page(page, _read(tree.docs / page.source), named)


def find_in_page(page: Page, text: str, named: Named) -> Iterator[Mention]:
    """Yields the mentions on one page, of which `text` is what its file says."""
    if page.record == named.key:
        line, _ = page.file.header.place(("record",))
        at = lines_of(text)[line - 1].index(named.key) + len(named.kind) + 2
        yield Mention(page.file.path, line, at, "record")
    yield from _calls(page.file.path, text, named)
    yield from _anchors(page.file.path, text, named, page.file.body_line)


def list_guides(tree: Tree) -> list[Path]:
    """Returns the Markdown files for staff, which are not published."""
    return sorted(path for one in GUIDES for path in tree.project.glob(one) if path.name not in _DATED)


def edits_of(mentions: Iterable[Mention], named: Named, new: str) -> dict[str, list[Edit]]:
    """Returns the edits by file that give the record its new id in every mention."""
    edits: dict[str, list[Edit]] = {}
    for one in mentions:
        edits.setdefault(one.path, []).append(Edit(one.line, one.column, named.id, new))
    return edits


def _calls(path: str, text: str, named: Named) -> Iterator[Mention]:
    for word in iter_words(text):
        if word.key == named.key:
            start = word.column + len(word.text) - len(named.id)
            yield Mention(path, word.line, start, f"{word.macro}()")
        elif word.macro == "download" and (at := named.pattern(_FILES.get(named.kind, "(?!)")).search(word.text)):
            yield Mention(path, word.line, word.column + at.start(1), "download()")


# The files of an edition that are named by a record of a kind.
_FILES = {"audience": "^brief-", "deadline": "^data/deadline/"}


def _linked(path: str, text: str, named: Named) -> Iterator[Mention]:
    found = named.pattern(rf"\[\[\s*{named.kind}/", r"(?=\s*[|\]])")
    yield from _search(path, enumerate(lines_of(text), 1), found, "link")


def _anchors(path: str, text: str, named: Named, first: int = 1) -> Iterator[Mention]:
    """Yields links to the record's anchor from line `first` on, and its id where a link picks columns of the matrix."""
    lines = [(number, line) for number, line in enumerate(lines_of(text), 1) if number >= first]
    found = re.compile(rf"#{named.kind}-({re.escape(named.id)})(?=-name\b|(?![\w-]))")
    yield from _search(path, lines, found, "anchor")
    if named.kind == "instrument":
        yield from _search(path, lines, named.pattern(r"[?&]with=(?:[\w-]+\.)*?"), "columns of the matrix")


def _whole_keys(path: str, lines: Iterable[tuple[int, str]], named: Named, by: str) -> Iterator[Mention]:
    """Yields the record's key as a whole word, and the path of its file."""
    found = named.pattern(rf"(?<![\w/-])(?:data/)?{named.kind}/", r"(?=\.yml\b|(?!/))")
    yield from _search(path, lines, found, by)


def _search(path: str, lines: Iterable[tuple[int, str]], found: re.Pattern[str], by: str) -> Iterator[Mention]:
    for number, line in lines:
        for match in found.finditer(line):
            yield Mention(path, number, match.start(1) + 1, by)


def _docstrings(path: str, text: str, named: Named) -> Iterator[Mention]:
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            said = node.body[0]
            shown = "\n".join(lines[said.lineno - 1 : said.end_lineno])
            for one in _calls(path, shown, named):
                yield Mention(path, one.line + said.lineno - 1, one.column, f"example of {one.by}")


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")

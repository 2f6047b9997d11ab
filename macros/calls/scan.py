"""What was found on one page: its macro calls with their places, and what is wrong with them.

Nothing here loads Jinja, which reads the calls: while a page is the same, its kept scan serves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from macros.catalog.catalog import Catalog
from macros.components.registry import Macro
from macros.pages.page import Page
from macros.problems import Problem
from macros.text.memory import Memory

_OPENING = re.compile(r"\{\{|\{##|\{%")


@dataclass(frozen=True)
class Call:
    """One macro call of a page: the macro, its arguments, and where it stands in the file."""

    macro: Macro
    arguments: tuple[object, ...]
    named: dict[str, object]
    line: int
    column: int

    @property
    def bound(self) -> dict[str, object]:
        """Returns the arguments by the names of the macro's parameters."""
        return self.macro.signature.bind(*self.arguments, **self.named).arguments


@dataclass
class Scan:
    """What was found on one page: calls that can be run, the keys of the records they name, and problems.

    `parts` is the whole page in order: its text, and the calls within it, comments left out.
    """

    page: Page
    calls: list[Call] = field(default_factory=list)
    parts: list[str | Call] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        """Returns the lines of the page's body."""
        return self.page.file.body.split("\n")

    def place(self, line: int, word: str) -> tuple[int, int]:
        """Returns the place in the file of a word on a line of the body; column 1 when it is not on that line."""
        text = self.lines[line - 1]
        start = _find_word(text, word)
        opened = match.start() if (match := _OPENING.search(text)) else 0
        return line + self.page.file.body_line - 1, (start if start >= 0 else opened) + 1

    def add(self, place: tuple[int, int], message: str, hint: str = "", missing: str = "") -> None:
        """Adds a problem at a place in the page's file."""
        self.problems.append(Problem(self.page.file.path, *place, message, hint, missing))


def _find_word(text: str, word: str) -> int:
    """Returns where a word stands by itself in a text; -1 when it does not."""
    start = text.find(word) if word else -1
    while start >= 0:
        around = text[start - 1 : start] + text[start + len(word) : start + len(word) + 1]
        if not any(sign.isalnum() or sign in "_-" for sign in around):
            return start
        start = text.find(word, start + 1)
    return -1


def scan_again(page: Page, catalog: Catalog, memory: Memory) -> Scan:
    """Returns the page's scan: the kept one while the page is the same and the catalog has every record it names."""

    def scan_anew() -> Scan:
        from macros.calls.scanning import scan_page  # noqa: PLC0415 - loads Jinja, for pages that have changed alone

        return scan_page(page, catalog)

    scan = memory.recall(("scan", page.source), page, scan_anew)
    known = all(catalog.aliases.get(key, key) in catalog.records for key in scan.mentions)
    return scan if known and not scan.problems else scan_anew()

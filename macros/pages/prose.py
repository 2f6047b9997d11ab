"""What holds of the prose of all pages: nothing said twice in the same words, no date typed that a record holds.

Prose is what stands on a page when macro calls, code, tables' marks and links' addresses are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.catalog.catalog import Catalog
from macros.catalog.references import iter_dates
from macros.pages.page import Page, Pages
from macros.problems import Problem
from macros.schema.papers import Deadline

RUN = 12

_DROPPED = re.compile(r"\{\{.*?\}\}|\{##.*?##\}|<[^>]*>|\]\([^)]*\)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[\u2019'.,-][^\W_]+)*")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS}) \d{{4}}\b")


def check_prose(catalog: Catalog, pages: Pages) -> Iterator[Problem]:
    """Yields every run of words that two pages share, and every typed date that a record can print."""
    known = _known_days(catalog)
    seen: dict[tuple[str, ...], Page] = {}
    for page in pages.pages:
        prose = _prose(page)
        yield from _typed_dates(page, prose, known)
        yield from _shared_runs(page, prose, seen)


def _prose(page: Page) -> str:
    """Returns the page's prose, each character at its place, everything else blanked."""
    return _DROPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), page.file.body)


def _known_days(catalog: Catalog) -> dict[str, str]:
    """Returns each day that a record holds, in words, with the macro call that prints it."""
    known: dict[str, str] = {}
    for record in catalog.records.values():
        for path, date in iter_dates(record):
            if date.precision == "day" and len(path) == 1:
                known.setdefault(str(date), f"{{{{ value('{record.key}', '{path[0]}') }}}}")
        if isinstance(record, Deadline) and record.due:
            known[str(record.due)] = f"{{{{ value('{record.key}', 'due') }}}}"
    return known


def _typed_dates(page: Page, prose: str, known: dict[str, str]) -> Iterator[Problem]:
    for match in _DAY.finditer(prose):
        if match[0] in known:
            message = f"the date {match[0]} is typed, and a record holds it"
            yield _problem(page, prose, match.start(), message, f"print it: {known[match[0]]}")


def _shared_runs(page: Page, prose: str, seen: dict[tuple[str, ...], Page]) -> Iterator[Problem]:
    words = [(match[0].casefold(), match.start()) for match in _WORD.finditer(prose)]
    end = -1
    for first in range(len(words) - RUN + 1):
        run = tuple(word for word, _ in words[first : first + RUN])
        other = seen.setdefault(run, page)
        if other is not page and first > end:
            end = first + RUN
            message = f"{RUN} words or more stand on docs/{other.source} too: {' '.join(run[:5])} ..."
            yield _problem(page, prose, words[first][1], message, "say it in other words, or link to the other page")


def _problem(page: Page, prose: str, start: int, message: str, hint: str) -> Problem:
    line = prose.count("\n", 0, start)
    column = start - (prose.rfind("\n", 0, start) + 1) + 1
    return Problem(page.file.path, line + page.file.body_line, column, message, hint)

"""What holds of the prose of all pages: nothing said twice in the same words, nothing typed that a record should print.

Prose is what stands on a page when macro calls, code, tables' marks and links' addresses are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from macros.catalog.catalog import Catalog
from macros.pages.known_values import AMOUNT, COUNT, DAY, KnownValue, amount_in, number_of
from macros.pages.page import Page, Pages
from macros.problems import Problem
from macros.schema.vocabularies import Language
from macros.text.memory import Memory

RUN = 12

_DROPPED = re.compile(r"\{#[\w.-]+\}|\{\{.*?\}\}|\{##.*?##\}|<[^<>]*>|\]\([^()]*\)", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+(?:[\u2019'.,-][^\W_]+)*")


def check_prose(catalog: Catalog, pages: Pages, memory: Memory | None = None) -> Iterator[Problem]:
    """Yields every run of words that two pages share, and every date, amount or count that is typed.

    What `memory` knows of a page is not looked for again while the page and all that records hold are the same.
    """
    memory = memory or Memory()
    held = KnownValue(catalog, memory)
    # Compared once, not for each page.
    holding = memory.recall(("held",), held.contents, lambda: held.contents)
    unread = tuple(document.text for key, document in catalog.documents.items() if key not in catalog.records)
    for page in pages.pages:
        yield from memory.recall(
            ("typed", page.source), (page, holding, unread), partial(_list_typed, page, held, unread)
        )
    yield from memory.recall(("runs",), pages.pages, partial(_list_shared, pages))


def _list_shared(pages: Pages) -> list[Problem]:
    seen: dict[tuple[str, ...], Page] = {}
    return [problem for page in pages.pages for problem in _shared_runs(page, _prose(page), seen)]


def _list_typed(page: Page, held: KnownValue, unread: Sequence[str]) -> list[Problem]:
    prose = _prose(page)
    if page.language is Language.en:
        return [*_typed(page, prose, held), *_typed_in_header(page, held, unread)]
    return list(_digits(page, prose))


def _prose(page: Page) -> str:
    """Returns the page's prose, each character at its place, everything else blanked."""
    return _DROPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), page.file.body)


def _typed(page: Page, prose: str, held: KnownValue) -> Iterator[Problem]:
    """Yields the days and counts that a record holds, and every amount: an amount always has a record."""
    for match in DAY.finditer(prose):
        if match[0] in held.days:
            message = f"the date {match[0]} is typed, and a record holds it"
            yield _problem(page, prose, match.start(), message, f"print it: {held.days[match[0]]}")
    for match in AMOUNT.finditer(prose):
        call = held.amounts.get(amount_in(match))
        hint = f"print it: {call}" if call else "make a record of it (make new KIND=figure ID=...) and print that"
        yield _problem(page, prose, match.start(), f"the amount '{' '.join(match[0].split())}' is typed", hint)
    for match in COUNT.finditer(prose):
        kind = held.counted(number_of(match[1]), match[2])
        if kind:
            message = f"the number of {match[2].lower()} is typed, and records can be counted"
            yield _problem(page, prose, match.start(), message, f"print it: {{{{ count('{kind}') }}}}")


def _typed_in_header(page: Page, held: KnownValue, unread: Sequence[str]) -> Iterator[Problem]:
    """Yields what a title or a description says and no record holds; macros cannot stand there.

    `unread` are the texts of records that could not be read: what one of them may hold is not said to be held by none.
    """
    if page.header is None:
        return
    for name, text in (("title", page.header.title), ("description", page.header.description)):
        if "{{" in text:
            hint = "say it in words; macros are for the page's body"
            yield page.file.header.problem((name,), f"a macro cannot be in the {name}", hint)
            continue
        unknown = [match[0] for match in AMOUNT.finditer(text) if amount_in(match) not in held.amounts]
        unknown += [match[0] for match in DAY.finditer(text) if match[0] not in held.days]
        for words in unknown:
            if any(all(number in record for number in _NUMBER.findall(words)) for record in unread):
                continue
            hint = "say it without the number, or make a record that holds it"
            yield page.file.header.problem((name,), f"'{words}' is in the {name}, and no record holds it", hint)


def _digits(page: Page, prose: str) -> Iterator[Problem]:
    """Yields every number on a page in another language, in whose words no day or amount is known here."""
    hint = "print it with a macro, or put the number of a paragraph into a link's words"
    for match in _NUMBER.finditer(prose):
        yield _problem(page, prose, match.start(), f"the number {match[0]} is typed", hint)
    for name, text in (("title", page.title), ("description", page.header.description if page.header else "")):
        for match in _NUMBER.finditer(text):
            yield page.file.header.problem((name,), f"the number {match[0]} is in the {name}", "say it without")


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

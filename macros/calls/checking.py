"""Runs every page's macros without the builder, and says what is wrong at the call's own place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Any

from macros.calls.layouts import find_written
from macros.calls.scan import Call, Scan
from macros.catalog.catalog import Catalog, UnknownRecordError, WatchedCatalog
from macros.components.page_context import PageContext
from macros.components.registry import MacroError
from macros.pages.page import Page, Pages
from macros.problems import Problem
from macros.text.memory import Memory

ENDING = "ending"


def check_again(
    scans: Sequence[Scan], catalog: Catalog, pages: Pages, missing: Set[str], memory: Memory
) -> Iterator[tuple[str, list[Problem], list[str]]]:
    """Yields of each page its source, what `check_page` says, and the headings that its layout wrote.

    Macros run again only where what they have read has changed.
    """
    said = memory.recall(("said",), now := _describe(catalog, pages, missing), lambda: now)
    given = catalog.as_read() | {"parts": pages.parts}
    for scan in scans:
        check = partial(_check_watched, scan, catalog, pages, missing)
        found = memory.recall_read(
            ("dry", scan.page.source), (scan.page, scan.calls, bool(scan.problems), said), given, check
        )
        yield scan.page.source, *found


def _describe(catalog: Catalog, pages: Pages, missing: Set[str]) -> tuple[object, ...]:
    """Returns what any macro may look at, of which nothing is noted: where everything is, and the little there is.

    The closed lists are told apart by their stamp: two choices are equal whatever their words.
    """
    places = [[(key, page.source) for key, page in found.items()] for found in (pages.own, pages.entries)]
    mentions = [(key, [page.source for page in found]) for key, found in pages.mentions.items()]
    headers = [(page.source, page.header) for page in pages.pages]
    lists = (catalog.vocabularies.stamp, catalog.maps)
    return catalog.as_at, catalog.news, lists, headers, places, mentions, dict(pages.layouts), sorted(missing)


def _check_watched(
    scan: Scan, catalog: Catalog, pages: Pages, missing: Set[str], given: Mapping[str, Mapping[str, Any]]
) -> tuple[list[Problem], list[str]]:
    parts, of_catalog = given["parts"], {name: one for name, one in given.items() if name != "parts"}
    watched = WatchedCatalog.of(catalog, of_catalog)
    view = PageContext(watched, replace(pages, parts=parts), scan.page, dry=True)
    problems = list(check_page(view, scan, missing))
    return problems, [heading for written in view.headed for heading in written]


def check_page(view: PageContext, scan: Scan, missing: Set[str] = frozenset()) -> Iterator[Problem]:
    """Yields what goes wrong when the calls of a dry view's page run, beyond what the scan has found.

    `missing` are the keys that records name and that do not exist, which is said where they are named.
    """
    page = view.page
    if page.header is None:
        return
    # What a page writes itself, or misspells, the end misses: that follows, and is not said.
    follows = any(True for _ in find_written(scan, view))
    for call in scan.calls:
        try:
            view.call(call.macro, *call.arguments, **call.named)
        except MacroError as error:
            if error.doubtful or (call.macro.composed and (scan.problems or (page.record and view.layout.broken))):
                continue  # what is missed may be what could not be read
            if call.macro.name == ENDING and follows:
                continue
            follows = follows or call.macro.composed
            place = scan.place(call.line - page.file.body_line + 1, error.token or call.macro.name)
            yield Problem(page.file.path, *place, f"{call.macro.name}: {error}", error.hint)
        except UnknownRecordError as error:
            if not error.broken and not _is_said(error.key, call, page, missing):
                yield Problem(page.file.path, call.line, call.column, str(error), error.hint, error.key)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            yield Problem(page.file.path, call.line, call.column, f"{call.macro.name}: {error}", _usage(call))
    yield from _check_whole(view, scan)


def _is_said(key: str, call: Call, page: Page, missing: Set[str]) -> bool:
    """Whether a record that does not exist is named by the page's header, or by a record that the call prints."""
    named = f"{key.partition('/')[2]!r}" in repr((call.arguments, call.named)).replace(f"{key.partition('/')[0]}/", "")
    return key == page.record or (key in missing and not named)


def _usage(call: Call) -> str:
    return f"write {call.macro.usage}"


def _check_whole(view: PageContext, scan: Scan) -> Iterator[Problem]:
    """Every page ends with its sources, which also give the as-at date; a record's own page as the layout of its kind.

    A call that writes what the layout has is said by itself; where it belongs to the end, that is not missed as well.
    """
    page = view.page
    said = set()
    for call, instead in find_written(scan, view):
        if instead not in said:
            message = f"{call.macro.name}() is in the layout of the page: {view.layout.path}"
            hint = f"write {{{{ {instead} }}}} in place of the call and of the heading above it"
            yield Problem(page.file.path, call.line, call.column, message, hint)
        said.add(instead)
    # By what is written, for a call that fails over a broken record, or that cannot be read, is not missing.
    name = ENDING if page.record else "sources"
    written = {call.macro.name for call in scan.calls}
    unread = scan.problems and re.search(rf"\b{name}\s*\(", page.file.body)
    if name not in written and f"{name}()" not in said and not unread:
        whose = "a record's own" if page.record else "every"
        last = page.file.body_line + page.file.body.rstrip().count("\n")
        what = f"{name}() is missing: {whose} page ends with it"
        yield Problem(page.file.path, last, 1, what, f"add a line: {{{{ {name}() }}}}")

"""Runs every page's macros without the builder, and says what is wrong at the call's own place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Any

from macros.calls.scanning import Call, Scan
from macros.catalog.catalog import Catalog, UnknownRecordError, WatchedCatalog
from macros.components.page_context import PageContext
from macros.components.registry import MacroError
from macros.pages.page import Page, Pages
from macros.problems import Problem
from macros.text.memory import Memory


def check_again(
    scans: Sequence[Scan], catalog: Catalog, pages: Pages, missing: Set[str], memory: Memory
) -> Iterator[Problem]:
    """Yields what `check_page` does of each page; macros run again only where what they have read has changed."""
    said = memory.recall(("said",), now := _describe(catalog, pages, missing), lambda: now)
    given = catalog.as_read() | {"parts": pages.parts}
    for scan in scans:
        check = partial(_check_watched, scan, catalog, pages, missing)
        yield from memory.recall_read(
            ("dry", scan.page.source), (scan.page, scan.calls, bool(scan.problems), said), given, check
        )


def _describe(catalog: Catalog, pages: Pages, missing: Set[str]) -> tuple[object, ...]:
    """Returns what any macro may look at, of which nothing is noted: where everything is, and the little there is."""
    places = [[(key, page.source) for key, page in found.items()] for found in (pages.own, pages.entries)]
    mentions = [(key, [page.source for page in found]) for key, found in pages.mentions.items()]
    headers = [(page.source, page.header) for page in pages.pages]
    return catalog.as_at, catalog.news, headers, places, mentions, sorted(missing)


def _check_watched(
    scan: Scan, catalog: Catalog, pages: Pages, missing: Set[str], given: Mapping[str, Mapping[str, Any]]
) -> list[Problem]:
    parts, of_catalog = given["parts"], {name: one for name, one in given.items() if name != "parts"}
    watched = WatchedCatalog.of(catalog, of_catalog)
    return list(check_page(scan.page, scan, watched, replace(pages, parts=parts), missing))


def check_page(
    page: Page, scan: Scan, catalog: Catalog, pages: Pages, missing: Set[str] = frozenset()
) -> Iterator[Problem]:
    """Yields what goes wrong when the page's macros run, beyond what the scan has found.

    `missing` are the keys that records name and that do not exist, which is said where they are named.
    """
    if page.header is None:
        return
    view = PageContext(catalog, pages, page, dry=True)
    for call in scan.calls:
        try:
            view.call(call.macro, *call.arguments, **call.named)
        except MacroError as error:
            if error.doubtful:
                continue
            place = scan.place(call.line - page.file.body_line + 1, error.token or call.macro.name)
            yield Problem(page.file.path, *place, f"{call.macro.name}: {error}", error.hint)
        except UnknownRecordError as error:
            if not error.broken and not _is_said(error.key, call, page, missing):
                yield Problem(page.file.path, call.line, call.column, str(error), error.hint, error.key)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            yield Problem(page.file.path, call.line, call.column, f"{call.macro.name}: {error}", _usage(call))
    yield from _check_whole(page, scan)


def _is_said(key: str, call: Call, page: Page, missing: Set[str]) -> bool:
    """Whether a record that does not exist is named by the page's header, or by a record that the call prints."""
    named = f"{key.partition('/')[2]!r}" in repr((call.arguments, call.named)).replace(f"{key.partition('/')[0]}/", "")
    return key == page.record or (key in missing and not named)


def _usage(call: Call) -> str:
    return f"write {call.macro.usage}"


def _check_whole(page: Page, scan: Scan) -> Iterator[Problem]:
    """Every page ends with its sources, which also give the as-at date; a record's own page has its connections."""
    # By what is written, for a call that fails over a broken record, or that cannot be read, is not missing.
    written = {call.macro.name for call in scan.calls}
    last = page.file.body_line + page.file.body.rstrip().count("\n")
    for name in ["related", "sources"] if page.record else ["sources"]:
        if name not in written and not (scan.problems and re.search(rf"\b{name}\s*\(", page.file.body)):
            whose = "a record's own" if page.record else "every"
            what = f"{name}() is missing: {whose} page ends with it"
            yield Problem(page.file.path, last, 1, what, f"add a line: {{{{ {name}() }}}}")

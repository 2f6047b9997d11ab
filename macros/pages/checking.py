"""Runs every page's macros without the builder, and says what is wrong at the call's own place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.catalog import Catalog, UnknownRecordError
from macros.pages.page import Page, Pages
from macros.pages.scanning import Call, Scan
from macros.problems import Problem
from macros.writing.registry import MacroError
from macros.writing.view import View


def check_page(page: Page, scan: Scan, catalog: Catalog, pages: Pages) -> Iterator[Problem]:
    """Yields what goes wrong when the page's macros run, beyond what the scan has found."""
    if page.header is None:
        return
    view = View(catalog, pages, page, dry=True)
    for call in scan.calls:
        try:
            view.call(call.macro, *call.arguments, **call.named)
        except MacroError as error:
            place = scan.place(call.line - page.file.body_line + 1, error.token or call.macro.name)
            yield Problem(page.file.path, *place, f"{call.macro.name}: {error}", error.hint)
        except UnknownRecordError as error:
            if not error.broken:
                yield Problem(page.file.path, call.line, call.column, str(error), error.hint)
        except (AttributeError, TypeError, ValueError) as error:
            yield Problem(page.file.path, call.line, call.column, f"{call.macro.name}: {error}", _usage(call))
    yield from _check_whole(page, scan)


def _usage(call: Call) -> str:
    return f"write {call.macro.usage}"


def _check_whole(page: Page, scan: Scan) -> Iterator[Problem]:
    """Every page ends with its sources, which also give the as-at date; a record's own page has its connections."""
    # By what is written, for a call that fails over a broken record is not missing.
    written = {call.macro.name for call in scan.calls}
    last = page.file.body_line + page.file.body.rstrip().count("\n")
    for name in ["related", "sources"] if page.record else ["sources"]:
        if name not in written:
            whose = "a record's own" if page.record else "every"
            what = f"{name}() is missing: {whose} page ends with it"
            yield Problem(page.file.path, last, 1, what, f"add a line: {{{{ {name}() }}}}")

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
    view = View(catalog, pages, page)
    for call in scan.calls:
        try:
            view.call(call.macro, *call.arguments, **call.named)
        except MacroError as error:
            place = scan.place(call.line - page.file.body_line + 1, error.token or call.macro.name)
            yield Problem(page.file.path, *place, f"{call.macro.name}: {error}", error.hint)
        except UnknownRecordError as error:
            # A record's own faulty reference is said at its place in data/, not at every page that prints it.
            if not error.broken and _names(call, error.key):
                yield Problem(page.file.path, call.line, call.column, str(error), error.hint)
        except (AttributeError, TypeError, ValueError) as error:
            yield Problem(page.file.path, call.line, call.column, f"{call.macro.name}: {error}", _usage(call))
    yield from _check_whole(page, view)


def _names(call: Call, key: str) -> bool:
    """Returns whether the call itself names the record, rather than a record that the call prints."""
    words = [*call.arguments, *call.named.values()]
    listed = [word for one in words if isinstance(one, list) for word in one]
    return key.partition("/")[2] in {str(word).rpartition("/")[2] for word in (*words, *listed)}


def _usage(call: Call) -> str:
    return f"write {call.macro.usage}"


def _check_whole(page: Page, view: View) -> Iterator[Problem]:
    """A page with notes lists them; a record's own page ends with its connections and its sources."""
    last = page.file.body_line + page.file.body.rstrip().count("\n")
    wanted = ["related", "sources"] if page.record else ["sources"] if view.notes else []
    for name in wanted:
        if name not in view.called:
            why = "a record's own page ends with" if page.record else "the page cites sources and does not end with"
            hint = f"add a line: {{{{ {name}() }}}}"
            yield Problem(page.file.path, last, 1, f"{why} {name}()", hint)

"""Runs every page's macros without the builder, and says what is wrong with the file's own line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError

from macros.catalog.catalog import Catalog, UnknownRecordError
from macros.pages.page import Page, Pages
from macros.pages.scanning import Scan, page_environment
from macros.problems import Problem
from macros.writing.registry import MACROS, Macro, MacroError
from macros.writing.view import View


def check_page(page: Page, scan: Scan, catalog: Catalog, pages: Pages) -> list[Problem]:
    """Returns what goes wrong when the page's macros run, beyond what the scan has found."""
    if scan.tree is None or page.header is None:
        return []
    view = View(catalog, pages, page)
    found: list[Problem] = []
    reported = {problem.line for problem in scan.problems}

    def guarded(macro: Macro) -> Callable[..., str]:
        def call(*args: Any, **kwargs: Any) -> str:
            try:
                return view.call(macro, *args, **kwargs)
            except UnknownRecordError as error:
                # A record's own faulty reference is said at its place in data/, not at every page that prints it.
                if not error.broken and error.key.partition("/")[2] in page.file.body:
                    found.append(_at_call(page, str(error), error.hint))
            except MacroError as error:
                found.append(_at_call(page, f"{macro.name}: {error}", error.hint, error.token))
            except TypeError as error:
                found.append(_at_call(page, f"{macro.name}: {error}", f"write {macro.usage}"))
            return ""

        return call

    environment = page_environment(undefined=StrictUndefined)
    try:
        template = environment.from_string(scan.tree)
        ignored: dict[str, object] = {name: _Ignored() for name in scan.unknown}  # the scan has named them
        template.render(ignored | {name: guarded(macro) for name, macro in MACROS.items()})
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        found.append(Problem(page.file.path, _error_line(page, error), 1, f"a macro fails: {error}"))
    found += _check_whole(page, view)
    return [problem for problem in found if problem.line not in reported]


class _Ignored:
    """Stands for a name that no macro has, so that the rest of the page is checked all the same."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> str:
        return ""

    def __str__(self) -> str:
        return ""


def _check_whole(page: Page, view: View) -> list[Problem]:
    """A page with notes lists them; a record's own page ends with its connections and its sources."""
    last = page.file.body_line + page.file.body.rstrip().count("\n")
    problems = []
    wanted = ["related", "sources"] if page.record else ["sources"] if view.notes else []
    for name in wanted:
        if name not in view.called:
            why = "a record's own page ends with" if page.record else "the page cites sources and does not end with"
            message = f"{why} {name}()"
            problems.append(Problem(page.file.path, last, 1, message, f"add a line: {{{{ {name}() }}}}"))
    return problems


def _at_call(page: Page, message: str, hint: str, token: str = "") -> Problem:
    """Returns a problem at the line of the page whose macro call is running now."""
    frame = sys._getframe(1)
    line = 1
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename in (None, "<template>"):
            line = template.get_corresponding_lineno(frame.f_lineno)
            break
        frame = frame.f_back  # type: ignore[assignment]
    text = page.file.body.split("\n")[line - 1]
    column = text.find(token) + 1 if token else text.find("{{") + 1
    return Problem(page.file.path, line + page.file.body_line - 1, max(column, 1), message, hint)


def _error_line(page: Page, error: BaseException) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line + page.file.body_line - 1

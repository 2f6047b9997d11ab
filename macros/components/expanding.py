"""A page's Markdown with every macro call replaced by what it writes."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from macros.components.citing import cite, cite_together
from macros.components.page_context import PageContext


def expand_page(view: PageContext) -> str:
    """Returns the Markdown of the view's page, its calls run in order; citations side by side are written together."""
    written: list[str] = []
    for are_citations, run in groupby(view.pages.parts[view.page.source], key=_is_citation):
        if are_citations:
            written.append(cite_together(view, [call.bound for call in run]))
        else:
            written += [_write(view, part) for part in run]
    return "".join(written)


def _is_citation(part: Any) -> bool:
    return not isinstance(part, str) and part.macro.function is cite


def _write(view: PageContext, part: Any) -> str:
    return part if isinstance(part, str) else view.call(part.macro, *part.arguments, **part.named)

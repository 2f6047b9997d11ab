"""A page's Markdown with every macro call replaced by what it writes."""

from __future__ import annotations

from macros.writing.view import View


def expand_page(view: View) -> str:
    """Returns the Markdown of the view's page, its calls run in order."""
    parts = view.pages.parts[view.page.source]
    written = (
        part if isinstance(part, str) else view.call(part.macro, *part.arguments, **part.named) for part in parts
    )
    return "".join(written)

"""The list of sources at the foot of a page."""

from __future__ import annotations

from macros.writing.registry import MacroError, macro
from macros.writing.view import View


@macro()
def sources(view: View) -> str:
    """The sources cited on this page, numbered, each with pinpoints, kind, date and address. The last thing on a page.

    {{ sources() }}
    """
    if "sources" in view.called:
        raise MacroError("the list of sources stands twice on this page", "keep the last one")
    notes = sorted(view.notes.values(), key=lambda note: note.number)
    return view.render("sources", notes=notes)

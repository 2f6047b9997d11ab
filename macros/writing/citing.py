"""The list of sources at the foot of a page, and what the terms mean to which the page links."""

from __future__ import annotations

from macros.writing.registry import MacroError, macro
from macros.writing.view import View

# A page that links to more terms than this is itself a list of them: repeating what they mean would double it.
_MANY_TERMS = 25


@macro()
def sources(view: View) -> str:
    """The sources cited on this page, numbered, each with pinpoints, kind, date and address. The last thing on a page.

    {{ sources() }}
    """
    if "sources" in view.called:
        raise MacroError("the list of sources stands twice on this page", "keep the last one")
    notes = sorted(view.notes.values(), key=lambda note: note.number)
    # Taken before their definitions are written, which may link to further terms.
    terms = sorted(view.terms.values(), key=lambda term: term.title.casefold())
    kept = view.page.kept_anchors
    return view.render("sources", kept=kept, notes=notes, terms=terms if len(terms) <= _MANY_TERMS else [])

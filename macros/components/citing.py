"""The numbers of sources in the text, their list at the foot, and what the terms mean to which the page links.

Citations that stand side by side are written together, so a page's calls are run from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from macros.components.page_context import Note, PageContext
from macros.components.registry import MacroError, macro
from macros.components.templates import as_inline
from macros.schema.base import SourceRef

# A page that links to more terms than this is itself a list of them: repeating what they mean would double it.
_MANY_TERMS = 25


@macro(inline=True)
def cite(view: PageContext, source: SourceRef, pinpoint: str | None = None) -> str:
    """The number of a source, linked to its note at the foot of the page. A text needs a pinpoint.

    {{ cite('wh-framework', 'Section II, para. 4') }}
    """
    return view.numbers([_cited(view, source, pinpoint)])


def cite_together(view: PageContext, citations: Iterable[Mapping[str, str]]) -> str:
    """Returns what calls of `cite` write that follow one another directly; each is the arguments of a call, by name."""
    return as_inline(view.numbers([_cited(view, **one) for one in citations]))


def _cited(view: PageContext, source: str, pinpoint: str | None = None) -> tuple[Note, str | None]:
    note = view.note(source, pinpoint)
    if pinpoint is None and note.source.is_text:
        message = f"the pinpoint is missing: '{note.source.id}' is a text"
        raise MacroError(message, f"say where in it: cite('{note.source.id}', 'Section I, para. 2(b)')", source)
    return note, pinpoint


@macro()
def sources(view: PageContext) -> str:
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

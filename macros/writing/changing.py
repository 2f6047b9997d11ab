"""Macros that speak of other editions: which there are, what changed since one, and the history of a record.

All that they print bears data-words="no": it may change when an earlier candidate is frozen anew.
"""

from __future__ import annotations

from markupsafe import Markup

from macros.schema.base import Record
from macros.writing.registry import macro
from macros.writing.view import View


@macro()
def editions(view: View) -> str:
    """Every edition up to this one, newest first, with what each changed; a draft shows what it would change.

    {{ editions() }}
    """
    return view.render("editions", history=view.history)


@macro()
def changes(view: View, edition: str) -> str:
    """What this edition changed against an earlier one: records field by field, pages paragraph by paragraph.

    Freezing writes a page with this call for each earlier edition. {{ changes('2026-09-30') }}
    """
    found = view.history.since(edition) if view.history else None
    return view.render("changes", history=view.history, changes=found)


def render_history(view: View, record: Record, *, folded: bool) -> Markup:
    """Returns in which editions a record was added or changed, and how; nothing while there is no other edition."""
    if view.history is None or not view.history.earlier:
        return Markup()
    events = view.history.of_record(record.key)
    return view.render("history", history=view.history, record=record, events=events, folded=folded)

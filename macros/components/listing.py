"""Macros that list many records: entries, an index, signposts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from macros.components.changing import render_history
from macros.components.linking import get_value, select
from macros.components.page_context import PageContext
from macros.components.registry import Selections, macro
from macros.components.relating import render_connections
from macros.schema.base import Record, find_answer
from macros.schema.choices import Choice
from macros.schema.labels import label_field
from macros.schema.vocabularies import Basis, Certainty

# A page with no more entries of a kind than these shows them whole; where there are more, each is closed to its first
# sentence.
_FEW = 6
# What is said beside a first sentence, where a kind has it; what is verified, or says the text itself, needs no mark.
_MARKS = ("strength", "status", "state", "certainty", "basis")
# What an entry itself ends with: it is not said again among its connections.
_SAID = {"answer": ("see", "asked_by", "audiences")}
_UNMARKED = (Certainty.verified, Basis.text)


@dataclass(frozen=True)
class Group:
    """The records under one subhead of a list; there is no title when the list is not grouped."""

    title: str
    records: list[Record]

    @property
    def id(self) -> str:
        return f"from-{self.records[0].kind}-{self.records[0].id}"

    @property
    def letter(self) -> str:
        """Returns the first letter of the title, `0-9` for a digit."""
        sign = next((one for one in self.title if one.isalnum()), "")
        return "0-9" if sign.isdigit() else sign.upper()


def _entries_of(call: Mapping[str, Any]) -> Selections:
    return [(call["kind"], call.get("where", {}))]


@macro(prints=_entries_of)
def entries(view: PageContext, kind: str, grouped_by: str | None = None, **where: object) -> str:
    """Every record of a kind, each with an anchor: its home, unless it has a page of its own. Once on the site.

    Where a page has more than six of the kind, each is closed to its first sentence and opens. `grouped_by` names a
    field: records with the same value are listed under it, and where the groups are many, letters lead to them.

    {{ entries('institution') }}   {{ entries('material', type='product') }}
    {{ entries('source', type='primary', grouped_by='publisher') }}
    """
    found: dict[str, list[Record]] = {}
    for record in select(view, kind, where):
        title = str(get_value(view.catalog, record, grouped_by)) if grouped_by else ""
        found.setdefault(title, []).append(record)
    groups = [Group(title, records) for title, records in found.items()]
    jumps: dict[str, Group] = {}
    for group in groups if len(groups) > _FEW else ():
        jumps.setdefault(group.letter, group)
    at_home = view.pages.printed.get(view.page.source, ())

    def connect(record: Record) -> Markup:
        fields = _SAID.get(record.kind, ())
        said = {view.catalog.resolve(one.target) for one in view.catalog.outgoing(record) if one.field in fields}
        return render_connections(view, record, "connections", said=said) + render_history(view, record, folded=True)

    return view.render(
        "entries",
        groups=groups,
        grouped_by=grouped_by,
        by=label_field(grouped_by or ""),
        jumps=jumps,
        closed=sum(key.startswith(f"{kind}/") for key in at_home) > _FEW,
        open=lambda record: view.open(find_answer(record)),
        marks=_list_marks,
        unlisted=partial(_find_unlisted, view),
        connect=connect,
    )


def _list_marks(record: Record) -> list[Choice]:
    """Returns the choices that are said beside a record's first sentence."""
    values = (getattr(record, name, None) for name in _MARKS)
    return [one for one in values if isinstance(one, Choice) and one not in _UNMARKED]


def _find_unlisted(view: PageContext, record: Record, named: list[Record]) -> list[Record]:
    """Returns those of the records named in a sentence that the record names in no field of its own."""
    fields = {one.target for one in view.catalog.outgoing(record) if not one.in_text}
    return [one for one in named if one.key not in fields]


@macro()
def index(view: PageContext, kind: str, **where: object) -> str:
    """A list of links to records of a kind, without anything else. {{ index('term', topic='lng') }}"""
    return view.render("index", records=select(view, kind, where))


@macro()
def signposts(view: PageContext, kind: str, **where: object) -> str:
    """Records in short, each leading to its entry on another page, under the anchor that the entry has there.

    So an address from the days when the entries stood on this page still leads to them.
    {{ signposts('question', topic='ipef') }}
    """
    return view.render("signposts", records=select(view, kind, where))

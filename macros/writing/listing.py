"""Macros that show many records: entries, an index, a table."""

from __future__ import annotations

from markupsafe import Markup

from macros.catalog.references import kind_named_by
from macros.schema.base import Record
from macros.schema.labels import capitalize, label_field
from macros.writing.changing import render_history
from macros.writing.linking import get_value, select
from macros.writing.registry import key_of, macro
from macros.writing.relating import render_connections
from macros.writing.view import View


@macro()
def entries(view: View, kind: str, **where: object) -> str:
    """Every record of a kind in full, each with an anchor: its home, unless it has a page of its own. Once on the site.

    {{ entries('institution') }}   {{ entries('material', type='product') }}
    """

    def connect(record: Record) -> Markup:
        return render_connections(view, record, "connections") + render_history(view, record, folded=True)

    return view.render("entries", records=select(view, kind, where), connect=connect)


@macro()
def index(view: View, kind: str, **where: object) -> str:
    """A list of links to records of a kind, without anything else. {{ index('term', topic='lng') }}"""
    return view.render("index", records=select(view, kind, where))


@macro()
def signposts(view: View, kind: str, **where: object) -> str:
    """Records in short, each leading to its entry on another page, under the anchor that the entry has there.

    So an address from the days when the entries stood on this page still leads to them.
    {{ signposts('question', topic='ipef') }}
    """
    return view.render("signposts", records=select(view, kind, where))


@macro()
def table(view: View, kind: str, columns: list[str], **where: object) -> str:
    """A table of records: one row each, one column for each value you name; `name` is the linked name.

    {{ table('provision', ['name', 'verb', 'strength'], part='section-1') }}
    """
    rows = []
    for record in select(view, kind, where):
        cells = [(_heading(column), _cell(view, record, column)) for column in columns]
        rows.append(cells)
    return view.render("table", headings=[_heading(column) for column in columns], rows=rows)


def _heading(column: str) -> str:
    return capitalize("title" if column == "name" else label_field(column))


def _cell(view: View, record: Record, column: str) -> object:
    if column == "name":
        return view.link(record)
    found = get_value(view.catalog, record, column, empty="")
    kind = kind_named_by(type(record), column)
    if kind and found:
        named = map(str, found if isinstance(found, list) else [found])
        found = [view.catalog.get(key_of(kind, name)) for name in named]
    return view.short(found)

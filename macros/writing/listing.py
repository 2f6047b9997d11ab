"""Macros that show many records: entries, a table, the structure of the text."""

from __future__ import annotations

from markupsafe import Markup

from macros.catalog.references import kind_named_by
from macros.schema.base import AnyRef, Record
from macros.schema.choices import InstrumentRole, Part
from macros.schema.labels import capitalize, label_field
from macros.schema.papers import Instrument, Provision
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
def table(view: View, kind: str, columns: list[str], **where: object) -> str:
    """A table of records: one row each, one column for each value you name; `name` is the linked name.

    {{ table('provision', ['name', 'verb', 'strength'], part='section-1') }}
    """
    rows = []
    for record in select(view, kind, where):
        cells = [(_heading(column), _cell(view, record, column)) for column in columns]
        rows.append(cells)
    return view.render("table", headings=[_heading(column) for column in columns], rows=rows)


@macro()
def structure(view: View, instrument: AnyRef | None = None) -> str:
    """The outline of a text: its parts and paragraphs, how strong each is worded, and where the clocks are.

    {{ structure() }}   {{ structure('instrument/framework') }}
    """
    return view.render("structure", parts=_take_apart(view, _choose_text(view, instrument)))


@macro()
def anatomy(view: View, instrument: AnyRef | None = None) -> str:
    """A text as a figure of boxes, one for each paragraph: its words' strength, its clock, the way to its page.

    {{ anatomy() }}   {{ anatomy('instrument/framework') }}
    """
    chosen = _choose_text(view, instrument)
    return view.render("anatomy", parts=_take_apart(view, chosen), instrument=chosen, sources=chosen.sources)


def _choose_text(view: View, instrument: str | None) -> Instrument:
    """Returns the instrument named, or the one that the site is about."""
    papers = (one for one in view.catalog.of_kind("instrument") if isinstance(one, Instrument))
    subjects = (one.key for one in papers if one.role is InstrumentRole.subject)
    return view.chosen_as(instrument or next(subjects, None), Instrument)


def _take_apart(view: View, instrument: Instrument) -> list[tuple[Part, list[Provision]]]:
    """Returns the parts of a text that have provisions, each with them in their order."""
    found = view.catalog.referrers(instrument.key, "provision", "instrument")
    provisions = [one for one in found if isinstance(one, Provision)]
    parts = [(part, [one for one in provisions if one.part is part]) for part in Part if isinstance(part, Part)]
    return [(part, inside) for part, inside in parts if inside]


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
    return view.value(found)

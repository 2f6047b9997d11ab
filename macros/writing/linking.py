"""Macros that stand within a sentence: a link, a citation, one value of a record."""

from __future__ import annotations

from macros.catalog.catalog import Catalog
from macros.problems import suggest
from macros.schema.base import AnyRef, Record, SourceRef
from macros.schema.papers import Deadline, Instrument
from macros.schema.sources import Source
from macros.writing.registry import MacroError, macro
from macros.writing.view import View


@macro(inline=True)
def link(view: View, record: AnyRef, text: str | None = None) -> str:
    """A link to a record, under its own name or under the words you give.

    {{ link('provision/financing') }}   {{ link('provision/financing', 'the six-month clause') }}
    """
    return view.link(record, text)


@macro(inline=True)
def cite(view: View, source: SourceRef, pinpoint: str | None = None) -> str:
    """The number of a source, linked to its note at the foot of the page. A text needs a pinpoint.

    {{ cite('wh-framework', 'Section II, para. 4') }}
    """
    note = view.note(source, pinpoint)
    if pinpoint is None and note.source.is_text:
        message = f"the pinpoint is missing: '{note.source.id}' is a text"
        raise MacroError(message, f"say where in it: cite('{note.source.id}', 'Section I, para. 2(b)')", source)
    return view.render("cites", cites=[(note, pinpoint)])


@macro(inline=True)
def value(view: View, record: AnyRef, field: str) -> str:
    """One value of a record, as the record holds it: a date, a title, a state, or a fact of an instrument by its id.

    {{ value('deadline/ministerial-180-days', 'due') }}   {{ value('instrument/framework', 'place') }}
    """
    return view.value(get_value(view.catalog, view.catalog.get(record), field))


@macro(inline=True)
def as_at(view: View) -> str:
    """The date up to which everything on the site is known. {{ as_at() }}"""
    return view.value(view.catalog.as_at)


def get_value(catalog: Catalog, record: Record, field: str, empty: object = None) -> object:
    """Returns a field, a computed value (name, due, weekday, state) or a fact of the record.

    Raises MacroError when there is no such thing, and when it has no value and `empty` gives nothing in its stead.
    """
    fields = {name: getattr(record, name) for name in type(record).model_fields}
    known = {"name": record.name, **fields, **_computed(catalog, record)}
    if field not in known:
        raise MacroError(f"'{record.key}' has no '{field}'", suggest(field, known, what="values"), field)
    if known[field] is None and empty is None:
        raise MacroError(f"'{record.key}' has no value for '{field}'", "leave the macro out here", field)
    return empty if known[field] is None else known[field]


def _computed(catalog: Catalog, record: Record) -> dict[str, object]:
    """Returns what a record says beyond its fields."""
    if isinstance(record, Deadline):
        due = record.due
        weekday = f"{due.first_day:%A}" if due else None
        seen_until = record.outcome.seen_until if record.outcome else None
        return {"state": record.state(catalog.as_at), "due": due, "weekday": weekday, "seen_until": seen_until}
    if isinstance(record, Instrument):
        return {fact.id: fact.value for fact in record.facts if fact.id not in type(record).model_fields}
    if isinstance(record, Source):
        return {"date": record.published or record.date}
    return {}

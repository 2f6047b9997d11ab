"""Macros that stand within a sentence: a link, one value of a record, a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, overload

from macros.catalog.catalog import Catalog, SelectionError
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.problems import suggest
from macros.schema.base import AnyRef, Record, SourceRef, Strict
from macros.schema.figures import Capacity, Figure, Series, format_number, format_quantity
from macros.schema.instruments import Deadline, Instrument
from macros.schema.sources import Source
from macros.text.characters import curl_quotes

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
R = TypeVar("R", bound=Record)


@macro(inline=True)
def link(view: PageContext, record: AnyRef, text: str | None = None) -> str:
    """A link to a record, under its own name or under the words you give.

    {{ link('provision/financing') }}   {{ link('provision/financing', 'the six-month clause') }}
    """
    return view.link(record, text)


@macro(inline=True)
def original(view: PageContext, source: SourceRef, text: str | None = None) -> str:
    """A link to a source's own address, on another site, under its title or under the words you give.

    {{ original('mofa-ministerial-20260204') }}   {{ original('worldjpn-framework-ja', 'the Japanese text') }}
    """
    chosen = view.catalog.one(Source, source.removeprefix("source/"))
    if chosen.url is None:
        raise MacroError(f"'{chosen.id}' has no address", f"link to what we say of it: link('{chosen.key}')", source)
    foreign = text is None and chosen.title_language != view.language
    language = chosen.title_language if foreign else ""
    words = curl_quotes(text or chosen.title)
    return view.piece("original", source=chosen, text=words, language=language, written=chosen.language)


@macro(inline=True)
def value(view: PageContext, record: AnyRef, field: str) -> str:
    """One value of a record, as the record holds it: a date, an amount, a state, or a fact of an instrument by its id.

    {{ value('deadline/ministerial-180-days', 'due') }}   {{ value('measure/cn-2025-57', 'suspension.until') }}
    """
    return view.value(get_value(view.catalog, view.catalog.get(record), field))


@macro(inline=True)
def cell(view: PageContext, series: AnyRef, row: str, column: str | None = None) -> str:
    """One value of a series with its unit. The column may be left out when there is one.

    {{ cell('series/japan-lng-imports-by-origin', '2024', 'Russia') }}
    """
    chosen = view.chosen_as(series, Series)
    labels = [one.label for one in chosen.rows]
    titles = [one.title for one in chosen.columns]
    if row not in labels:
        raise MacroError(f"'{series}' has no row '{row}'", suggest(row, labels, what="rows"), row)
    if column is None and len(titles) > 1:
        raise MacroError(f"'{series}' has several columns", f"name one: {', '.join(titles)}")
    if column is not None and column not in titles:
        raise MacroError(f"'{series}' has no column '{column}'", suggest(column, titles, what="columns"), column)
    found = chosen.rows[labels.index(row)]
    number = found.values[titles.index(column) if column else 0]
    if number is None:
        raise MacroError(f"'{series}' has no value there", "leave the macro out here", row)
    return view.value(format_quantity([number], chosen.unit, found.limit))


@macro(inline=True)
def count(view: PageContext, kind: str, **where: object) -> str:
    """How many records of a kind there are, or how many of them fit. {{ count('project', topic='lng') }}"""
    number = len(select(view, kind, where))
    return view.value(_WORDS[number] if number < len(_WORDS) else format_number(number))


@macro(inline=True)
def as_at(view: PageContext) -> str:
    """The date up to which everything on the site is known. {{ as_at() }}"""
    return view.value(view.catalog.as_at)


def get_value(catalog: Catalog, record: Record, field: str, empty: object = None) -> object:
    """Returns a field, a computed value (name, due, weekday, state) or a fact of the record; `a.b` reaches inside.

    Raises MacroError when there is no such thing, and when it has no value and `empty` gives nothing in its stead.
    """
    first, *inner = field.split(".")
    fields = {name: getattr(record, name) for name in type(record).model_fields}
    known: dict[str, object] = {"name": record.name, **fields, **_computed(catalog, record)}
    if first not in known:
        raise MacroError(f"'{record.key}' has no '{first}'", suggest(first, known, what="values"), first)
    found = known[first]
    for name in inner:
        keys = list(type(found).model_fields) if isinstance(found, Strict) else []
        if name not in keys:
            raise MacroError(f"'{record.key}' has no '{field}'", suggest(name, keys, what="values"), name)
        found = getattr(found, name)
    if found is None and empty is None:
        raise MacroError(f"'{record.key}' has no value for '{field}'", "leave the macro out here", field)
    if isinstance(found, Strict) and not isinstance(found, (Record, Capacity)):
        keys = list(type(found).model_fields)
        raise MacroError(f"'{field}' is a group of values", f"name one: {field}.{keys[0]}", field)
    return empty if found is None else found


def _computed(catalog: Catalog, record: Record) -> dict[str, object]:
    """Returns what a record says beyond its fields."""
    if isinstance(record, Deadline):
        due = record.due
        weekday = f"{due.first_day:%A}" if due else None
        seen_until = record.outcome.seen_until if record.outcome else None
        return {"state": record.state(catalog.as_at), "due": due, "weekday": weekday, "seen_until": seen_until}
    if isinstance(record, Instrument):
        return {fact.id: fact.value for fact in record.facts if fact.id not in type(record).model_fields}
    if isinstance(record, Figure):
        return {"amount": record.quantity, "words": record.words}
    if isinstance(record, Source):
        return {"date": record.published or record.date}
    return {}


@overload
def select(view: PageContext, kind: type[R], where: dict[str, object]) -> list[R]: ...
@overload
def select(view: PageContext, kind: str, where: dict[str, object]) -> list[Record]: ...
def select(view: PageContext, kind: type[Record] | str, where: dict[str, object]) -> Sequence[Record]:
    """Returns the records of a kind that fit, in their own order. Raises MacroError."""
    try:
        return view.catalog.select(kind if isinstance(kind, str) else kind.kind, where)
    except SelectionError as error:
        raise MacroError(str(error), error.hint, error.token, doubtful=error.doubtful) from error

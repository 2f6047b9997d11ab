"""How a record is connected: typed relations, what it is part of, and what refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from macros.catalog.references import Reference
from macros.components.changing import render_history
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.pages.page import Page
from macros.problems import suggest
from macros.schema import KINDS
from macros.schema.base import AnyRef, Record, Relation

_CITING = ("sources", "relations")
# In a list of records, more connections than this are told by the pages on which they stand.
MOST_NAMED = 40


@dataclass(frozen=True)
class Connection:
    """One typed relation as it reads from this record: `verb` the other record."""

    verb: str
    other: Record
    relation: Relation


@macro()
def related(view: PageContext, record: AnyRef | None = None, without: list[str] | None = None) -> str:
    """How a record is connected: typed relations, everything that refers to it, and its history in the editions.

    Leave out kinds that the page itself has shown already.

    {{ related() }}   {{ related(without=['implication', 'answer']) }}
    """
    for kind in without or ():
        if kind not in KINDS:
            raise MacroError(f"no kind of record '{kind}'", suggest(kind, KINDS, what="kinds"), kind)
    chosen = view.chosen(record)
    return render_connections(view, chosen, "related", without or ()) + render_history(view, chosen, folded=False)


def render_connections(
    view: PageContext, record: Record, component: str, without: Collection[str] = (), said: Collection[str] = ()
) -> Markup:
    """Returns a record's connections as the component shows them: whole at a page's foot, folded in a list.

    Kinds in `without` and records in `said`, by their keys, are on the page already and left out.
    """
    connections = [*_outgoing(view, record), *_incoming(view, record)]
    groups = _backlinks(view, record, without, said)
    shown = {one.other.key for one in connections} | {one.key for _, found in groups for one in found} | set(said)
    pages = [page for page in _mentioning_pages(view, record) if page.record not in shown]
    named = [one for _, found in groups for one in found]
    by_page = _count_by_page(view, named, pages) if len(named) > MOST_NAMED else []
    count = len(connections) + len(named) + len(pages)
    shown_as = {"connections": connections, "groups": groups, "pages": pages, "by_page": by_page}
    return view.render(component, record=record, count=count, **shown_as)


def _outgoing(view: PageContext, record: Record) -> list[Connection]:
    return [Connection(one.type.label, view.catalog.get(one.to), one) for one in record.relations]


def _incoming(view: PageContext, record: Record) -> list[Connection]:
    found: list[Connection] = []
    for reference in view.catalog.incoming.get(record.key, ()):
        if reference.field == "relations" and reference.path[-1] == "to":
            origin = view.catalog.get(reference.origin)
            relation = origin.relations[int(reference.path[1])]
            found.append(Connection(relation.type.inverse, origin, relation))
    return sorted(found, key=lambda one: (one.verb, one.other.kind, str(one.other.order)))


def _backlinks(
    view: PageContext, record: Record, without: Collection[str], said: Collection[str]
) -> list[tuple[str, list[Record]]]:
    """Returns the records that refer to this one other than by a typed relation, and those it refers to by a field
    of its own, grouped by kind."""
    typed = {one.to for one in record.relations}
    keys = {one.origin for one in view.catalog.incoming.get(record.key, ()) if not _is_relation(one)}
    if record.kind != "source":
        keys |= {
            view.catalog.resolve(one.target)
            for one in view.catalog.outgoing(record)
            if one.field not in _CITING and "sources" not in one.path
        }
    keys -= {record.key, *typed, *said}
    by_kind: dict[str, list[Record]] = {}
    for key in keys:
        by_kind.setdefault(key.partition("/")[0], []).append(view.catalog.records[key])
    groups = []
    for kind, model in KINDS.items():
        if kind in without:
            continue
        found = sorted(by_kind.get(kind, ()), key=lambda one: (one.order, one.id))
        if found:
            groups.append((model.label if len(found) == 1 else model.plural, found))
    return groups


def _mentioning_pages(view: PageContext, record: Record) -> list[Page]:
    """Returns the pages whose prose names the record, other than its own and the one that lists it."""
    home = (view.pages.home(record.key) or "").partition("#")[0]
    return [page for page in view.pages.mentions.get(record.key, ()) if page.url != home]


def _count_by_page(view: PageContext, records: list[Record], pages: list[Page]) -> list[tuple[Page, int]]:
    """Returns the pages that name a record or print these records, by title, each with how many it prints."""
    at = {page.url: page for page in view.pages.pages}
    counts = Counter((view.pages.home(one.key) or "").partition("#")[0] for one in records)
    counts.update({page.url: 0 for page in pages})
    return sorted(((at[url], count) for url, count in counts.items()), key=lambda one: one[0].title.casefold())


def _is_relation(reference: Reference) -> bool:
    return reference.field == "relations" and reference.path[-1] == "to"

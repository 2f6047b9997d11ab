"""Macros that set many records against one another: who is bound by what, and which instrument has which feature."""

from __future__ import annotations

from macros.catalog.catalog import Catalog
from macros.components.deadline_clocks import merge_citations
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.schema.actors import Party
from macros.schema.base import InstrumentRef
from macros.schema.context_kinds import Ratification
from macros.schema.context_vocabularies import Feature, RatificationState, Seen
from macros.schema.instruments import FeatureSeen, Instrument

Cells = list[Ratification | None]

COLUMNS = 32  # so many has assets/matrix.css a rule for, which hides a column that is not ticked


@macro()
def ratifications(view: PageContext) -> str:
    """Which partner of IPEF is bound by which agreement, and since when. {{ ratifications() }}"""
    agreements, rows = set_out(view.catalog)
    return view.render("ratifications", agreements=agreements, rows=rows)


@macro()
def bound(view: PageContext) -> str:
    """A grid of partners and agreements of IPEF: who is bound by what, those bound by most first. {{ bound() }}"""
    agreements, rows = set_out(view.catalog)
    if not rows:
        raise MacroError("no party has an ipef: part, so there is nothing to draw", "leave bound() out")
    rows.sort(key=lambda row: (-count_cells(row[1], RatificationState.in_force), -count_cells(row[1]), row[0].name))
    columns = [[cells[place] for _, cells in rows] for place in range(len(agreements))]
    sources = merge_citations([cell for _, cells in rows for cell in cells if cell])
    return view.render(
        "bound",
        agreements=agreements,
        rows=rows,
        counts=[count_cells(column, RatificationState.in_force) for column in columns],
        states=view.catalog.vocabularies.all(RatificationState),
        sources=sources,
    )


def set_out(catalog: Catalog) -> tuple[list[Instrument], list[tuple[Party, Cells]]]:
    """Returns the agreements, and each partner with its cell for each of them."""
    partners = [one for one in catalog.all(Party) if one.ipef]
    named = {cell.agreement for one in partners if one.ipef for cell in one.ipef.ratifications}
    agreements = [one for one in catalog.all(Instrument) if one.id in named]
    rows: list[tuple[Party, Cells]] = []
    for partner in partners:
        found = {cell.agreement: cell for cell in partner.ipef.ratifications} if partner.ipef else {}
        rows.append((partner, [found.get(agreement.id) for agreement in agreements]))
    return agreements, rows


def count_cells(cells: Cells, state: RatificationState | None = None) -> int:
    """Returns how many cells have this state; without one, how many show any deposit."""
    states = [cell.state for cell in cells if cell]
    return states.count(state) if state else len(states) - states.count(RatificationState.not_found)


@macro()
def features(view: PageContext, instruments: list[InstrumentRef]) -> str:
    """Which instrument deals with what: yes, no, mentioned or not seen. Name the instruments by their ids.

    {{ features(['framework', 'us-australia-framework']) }}
    """
    chosen = [_find_marked(view, name) for name in instruments]
    return view.render(
        "features",
        instruments=chosen,
        rows=_mark(view, chosen),
        unseen=view.catalog.vocabularies.get(Seen, Seen.not_seen),
    )


@macro()
def matrix(view: PageContext, groups: dict[str, list[InstrumentRef]]) -> str:
    """All instruments and all features in one table; readers tick the papers that they want to see.

    Name each group and the ids in it; the first group is ticked at first. Every instrument with features has a group.
    {{ matrix({'Two texts': ['framework', 'us-australia-framework'], 'A forum': ['msp-2022']}) }}
    """
    names = [name for group in groups.values() for name in group]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise MacroError(f"'{twice}' is in the matrix twice", "leave one of the two out", twice)
    chosen = [_find_marked(view, name) for name in names]
    if len(chosen) > COLUMNS:
        raise MacroError(f"{len(chosen)} instruments are too many for {COLUMNS} columns", "see assets/matrix.css")
    for one in view.catalog.all(Instrument):
        if one.features and one not in chosen:
            raise MacroError(f"'{one.key}' has features and is in no group", f"add '{one.id}' to a group")
    numbered = iter(enumerate(chosen, 1))
    sets = [(title, [next(numbered) for _ in group]) for title, group in groups.items()]
    return view.render(
        "matrix",
        instruments=chosen,
        sets=sets,
        rows=_mark(view, chosen),
        unseen=view.catalog.vocabularies.get(Seen, Seen.not_seen),
    )


def _find_marked(view: PageContext, name: str) -> Instrument:
    """Returns the instrument of this id. Raises MacroError when its record says nothing on features."""
    found = view.catalog.one(Instrument, name)
    if not found.features:
        raise MacroError(f"'{found.key}' has no features", "add features: to the record, or leave it out", found.id)
    return found


def _mark(view: PageContext, instruments: list[Instrument]) -> list[tuple[Feature, list[FeatureSeen | None]]]:
    """Returns every feature with what is known of it in each instrument; None where the record is silent."""
    seen = [{cell.feature: cell for cell in one.features} for one in instruments]
    return [(feature, [cells.get(feature) for cells in seen]) for feature in view.catalog.vocabularies.all(Feature)]

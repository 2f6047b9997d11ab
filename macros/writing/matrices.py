"""Macros that set many records against one another: who is bound by what, and which instrument has which feature."""

from __future__ import annotations

from macros.schema.actors import Party
from macros.schema.around import Ratification
from macros.schema.around_choices import Feature, RatificationState, Seen
from macros.schema.base import Record
from macros.schema.papers import Instrument
from macros.writing.clocks import merge_citations
from macros.writing.registry import MacroError, macro
from macros.writing.view import View

Cells = list[Ratification | None]


@macro()
def ratifications(view: View) -> str:
    """Which partner of IPEF is bound by which agreement, and since when. {{ ratifications() }}"""
    agreements, rows = _set_out(view)
    return view.render("ratifications", agreements=agreements, rows=rows)


@macro()
def bound(view: View) -> str:
    """A grid of partners and agreements of IPEF: who is bound by what, those bound by most first. {{ bound() }}"""
    agreements, rows = _set_out(view)
    if not rows:
        raise MacroError("no party has an ipef: part, so there is nothing to draw", "leave bound() out")
    rows.sort(key=lambda row: (-_count(row[1], RatificationState.in_force), -_count(row[1]), row[0].name))
    columns = [[cells[place] for _, cells in rows] for place in range(len(agreements))]
    sources = merge_citations([cell for _, cells in rows for cell in cells if cell])
    sources.sort(key=lambda one: view.notes[one.id].number if one.id in view.notes else len(view.catalog.records))
    return view.render(
        "bound",
        agreements=agreements,
        rows=rows,
        counts=[_count(column, RatificationState.in_force) for column in columns],
        states=[one for one in RatificationState if isinstance(one, RatificationState)],
        sources=sources,
    )


def _set_out(view: View) -> tuple[list[Record], list[tuple[Party, Cells]]]:
    """Returns the agreements, and each partner with its cell for each of them."""
    partners = [one for one in view.catalog.of_kind("party") if isinstance(one, Party) and one.ipef]
    named = {cell.agreement for one in partners if one.ipef for cell in one.ipef.ratifications}
    agreements = [one for one in view.catalog.of_kind("instrument") if one.id in named]
    rows: list[tuple[Party, Cells]] = []
    for partner in partners:
        found = {cell.agreement: cell for cell in partner.ipef.ratifications} if partner.ipef else {}
        rows.append((partner, [found.get(agreement.id) for agreement in agreements]))
    return agreements, rows


def _count(cells: Cells, state: RatificationState | None = None) -> int:
    """Returns how many cells have this state; without one, how many show any deposit."""
    states = [cell.state for cell in cells if cell]
    return states.count(state) if state else len(states) - states.count(RatificationState.not_found)


@macro()
def features(view: View, instruments: list[str]) -> str:
    """Which instrument deals with what: yes, no, mentioned or not seen. Name the instruments by their ids.

    {{ features(['framework', 'us-australia-framework']) }}
    """
    chosen = [view.catalog.get_as(f"instrument/{name}", Instrument) for name in instruments]
    for one in chosen:
        if not one.features:
            raise MacroError(f"'{one.key}' has no features", "add features: to the record, or leave it out", one.id)
    seen = [{cell.feature: cell for cell in one.features} for one in chosen]
    rows = [(feature, [cells.get(feature) for cells in seen]) for feature in Feature if isinstance(feature, Feature)]
    return view.render("features", instruments=chosen, rows=rows, unseen=Seen.not_seen)

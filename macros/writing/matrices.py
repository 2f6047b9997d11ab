"""Macros that set many records against one another: who is bound by what, and which instrument has which feature."""

from __future__ import annotations

from macros.schema.actors import Party
from macros.schema.around_choices import Feature, Seen
from macros.schema.papers import Instrument
from macros.writing.registry import MacroError, macro
from macros.writing.view import View


@macro()
def ratifications(view: View) -> str:
    """Which partner of IPEF is bound by which agreement, and since when. {{ ratifications() }}"""
    partners = [one for one in view.catalog.of_kind("party") if isinstance(one, Party) and one.ipef]
    bound = {cell.agreement for one in partners if one.ipef for cell in one.ipef.ratifications}
    agreements = [one for one in view.catalog.of_kind("instrument") if one.id in bound]
    rows = []
    for partner in partners:
        found = {cell.agreement: cell for cell in partner.ipef.ratifications} if partner.ipef else {}
        rows.append((partner, [found.get(agreement.id) for agreement in agreements]))
    return view.render("ratifications", agreements=agreements, rows=rows)


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

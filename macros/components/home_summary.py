"""The macros for the first screen of the site: what a reader must know before anything else, and the ways on."""

from __future__ import annotations

from macros.components.deadline_clocks import place_runs
from macros.components.outlining import choose_text
from macros.components.page_context import PageContext
from macros.components.registry import macro
from macros.components.timeline_entries import find_latest
from macros.schema.actors import Audience
from macros.schema.base import AnyRef
from macros.schema.instruments import Deadline, Provision


@macro()
def glance(view: PageContext, instrument: AnyRef | None = None, number: int = 3) -> str:
    """A panel: each fixed date of a text with its state, and what is new.

    What is new are the first news of data/catalog.yml in short, or the newest entries where there are none.
    {{ glance() }}   {{ glance('instrument/framework', number=2) }}
    """
    chosen = choose_text(view, instrument)
    provisions = {one.id for one in view.catalog.referrers(chosen.key, Provision, "instrument")}
    due = [one for one in view.catalog.all(Deadline) if one.due and provisions.intersection(one.provisions)]
    runs = place_runs(view, due)
    bars = {bar.record.key: bar for bar in runs.bars} if runs else {}
    values = {"due": due, "bars": bars, "as_at": runs.as_at if runs else None}
    news = view.catalog.news[:number]
    moments = [] if news else find_latest(view.catalog)[:number]
    return view.render("glance", news=news, moments=moments, **values)


@macro()
def roles(view: PageContext) -> str:
    """A short link to the page of each group of readers. {{ roles() }}"""
    return view.render("roles", roles=view.catalog.all(Audience))

"""The macro for the first screen of the site: what a reader must know before anything else."""

from __future__ import annotations

from macros.schema.base import AnyRef
from macros.schema.papers import Deadline
from macros.writing.clocks import place_runs
from macros.writing.moments import find_latest
from macros.writing.outlining import choose_text
from macros.writing.registry import macro
from macros.writing.view import View


@macro()
def glance(view: View, instrument: AnyRef | None = None, number: int = 3) -> str:
    """A panel: the text's legal character, its signature, each fixed date with its state, what is new.

    What is new are the first sentences of the news in data/catalog.yml, or the newest entries where there are none.
    {{ glance() }}   {{ glance('instrument/framework', number=2) }}
    """
    chosen = choose_text(view, instrument)
    provisions = {one.id for one in view.catalog.referrers(chosen.key, "provision", "instrument")}
    clocks = [one for one in view.catalog.of_kind("deadline") if isinstance(one, Deadline)]
    due = [one for one in clocks if one.due and provisions.intersection(one.provisions)]
    runs = place_runs(view, due)
    bars = {bar.record.key: bar for bar in runs.bars} if runs else {}
    values = {"due": due, "bars": bars, "as_at": runs.as_at if runs else None}
    news = view.catalog.news[:number]
    moments = [] if news else find_latest(view.catalog)[:number]
    return view.render("glance", instrument=chosen, news=news, moments=moments, **values)

"""Macros that speak of other editions: which there are, what changed since one, and the history of a record.

All that they print bears data-words="no": it speaks of editions, and is no prose of this one.
"""

from __future__ import annotations

from markupsafe import Markup

from macros.catalog.references import LINK
from macros.components.page_context import PageContext
from macros.components.registry import macro
from macros.schema.base import Citation, Record
from macros.schema.news import NewsItem
from macros.store.files import CHANGES


@macro()
def editions(view: PageContext) -> str:
    """Every edition up to this one, newest first, with what each changed; a draft shows what it would change.

    {{ editions() }}
    """
    return view.render("editions", history=view.history)


@macro()
def news(view: PageContext) -> str:
    """What is new: the dated sentences of data/catalog.yml, with the sources of the records they link. {{ news() }}"""
    found = [(item, view.cites(_list_sources(view, item))) for item in view.catalog.news]
    return view.render("news", news=found)


def _list_sources(view: PageContext, item: NewsItem) -> list[Citation]:
    """Returns on what an item of the news rests: the sources of its records, and of what they say of the time since.

    Each source once, with every place in it.
    """
    found: dict[str, dict[str, None]] = {}
    for match in LINK.finditer(item.says):
        record = view.catalog.get(match[1].strip())
        for part in (record, getattr(record, "outcome", None), getattr(record, "since", None)):
            for one in getattr(part, "sources", ()):
                found.setdefault(one.id, {}).update(dict.fromkeys((one.pinpoint or "").split("; ")))
    return [Citation(id=id_, pinpoint="; ".join(filter(None, places)) or None) for id_, places in found.items()]


@macro()
def digests(view: PageContext) -> str:
    """The published editions by the digests of their manifests, as the site stands when it is put together.

    {{ digests() }}
    """
    return view.render("digests")


@macro()
def changes(view: PageContext, edition: str, sections: list[str] | None = None) -> str:
    """What this edition changed against an earlier one: records field by field, pages paragraph by paragraph.

    Freezing writes a page with this call for each earlier edition. Where there is much, it also writes pages with some
    of the sections each; the first page then leads to them and shows only the rest.
    {{ changes('2026-09-30') }}   {{ changes('2026-09-30', ['term', 'event']) }}
    """
    found = view.history.since(edition) if view.history else None
    every = found.sections if found else []
    shelved = _find_shelved(view, edition) if sections is None else {}
    here = [one for one in every if (one.id not in shelved if sections is None else one.id in sections)]
    elsewhere = [(one, shelved[one.id]) for one in every if one.id in shelved]
    return view.render("changes", history=view.history, changes=found, sections=here, elsewhere=elsewhere)


def _find_shelved(view: PageContext, edition: str) -> dict[str, str]:
    """Returns the address of the page that shows a section of the changes since an edition, by the section's id."""
    found: dict[str, str] = {}
    for page in view.pages.pages:
        for call in view.pages.parts.get(page.source, ()) if page.source.startswith(f"{CHANGES}/{edition}/") else ():
            if not isinstance(call, str) and call.macro.name == "changes" and call.bound["edition"] == edition:
                found |= dict.fromkeys(call.bound.get("sections") or (), page.url)
    return found


def render_history(view: PageContext, record: Record, *, folded: bool) -> Markup:
    """Returns in which editions a record was added or changed, and how; nothing while there is no other edition.

    In a draft's lists nothing either: there the page on changes has all of it, and a draft is built often.
    """
    if view.history is None or not view.history.earlier or (folded and view.history.present.edition is None):
        return Markup()
    events = view.history.of_record(record.key)
    last = events[0]
    if len(events) == 1 and last.stage is not view.history.present:
        return Markup()  # nothing has changed since the edition that had it first
    if folded and len(events) == 1 and not (last.change and last.change.fields):
        # Most records of a list: one line that many of them share, instead of a fold with one line in it.
        status = last.change.status if last.change else "first"
        return view.piece("history_line", last.stage.as_at, status, stage=last.stage, status=status)
    return view.render("history", history=view.history, record=record, events=events, folded=folded)

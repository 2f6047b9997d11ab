"""How a page is cited: in words, for a reference manager, and with the day up to which it was reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pybtex.database import BibliographyData, Entry  # type: ignore[import-untyped]

from macros.catalog.bibtex import balance, format_entries
from macros.components.page_context import PageContext
from macros.metadata.location import Place
from macros.schema.actors import Institution
from macros.schema.base import Record
from macros.schema.context_kinds import Measure, Project
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline


@dataclass(frozen=True)
class Review:
    """The day of the newest material looked at for the state of something on a page."""

    record: Record
    until: PartialDate


def cite_in_words(place: Place) -> str:
    """Returns title, site, day and address in the edition, in the order of a legal citation."""
    title = "" if place.is_home else f"{place.page.title}, "
    return f"{title}{place.release.site_name} ({_dated(place)}), {place.address}."


def cite_as_bibtex(place: Place) -> str:
    """Returns an entry of BibTeX; its key is made of the edition and the page's address."""
    release = place.release
    title = release.site_name if place.is_home else place.page.title
    fields = {"title": f"{{{balance(title)}}}"}
    if not place.is_home:
        fields["howpublished"] = balance(release.site_name)
    if release.published:
        fields |= {"year": release.published.text[:4], "date": release.published.text}
    fields |= {"url": place.address, "note": balance(_dated(place)[:1].upper() + _dated(place)[1:])}
    key = re.sub(r"[^a-z0-9.]+", "-", f"{release.name}-{place.page.url}".lower()).strip("-")
    return format_entries(BibliographyData(entries={key: Entry("misc", fields=fields)})).strip()


def list_reviews(view: PageContext, place: Place) -> list[Review]:
    """Returns what on the page was last looked at before its as-at date, oldest first: its record and its entries."""
    records = [*([view.record] if view.record else []), *place.entries]
    dated = [(record, _seen_until(record)) for record in records]
    as_at = view.catalog.as_at
    found = [Review(record, until) for record, until in dated if until and until.last_day < as_at.first_day]
    return sorted(found, key=lambda one: (one.until, one.record.name))


def _seen_until(record: Record) -> PartialDate | None:
    """Returns the day of the newest material looked at for a record's state; None where a record says none."""
    if isinstance(record, Deadline):
        return record.outcome.seen_until if record.outcome else None
    if isinstance(record, Institution):
        return record.seen_until
    if isinstance(record, Measure):
        return record.state_as_of
    return record.status_as_of if isinstance(record, Project) else None


def _dated(place: Place) -> str:
    return f"position as of {place.shelf.dated}; {place.release.state}"

"""`stale`: what to read again as of a day: dates and states in records, the sources under them, reviews by role."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable

from macros.catalog.rereading import Passage, Span, reread_records, reread_reviews, reread_sources
from macros.catalog.vocabularies import load_vocabularies
from macros.problems import ContentError, UsageError, suggest
from macros.schema.base import ReviewRole
from macros.site.loading import Site, load_site
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints every place, a part for each reason. Raises ContentError; UsageError for a day or role that is none."""
    day = _read_day(options.on)
    roles = [one.value for one in load_vocabularies(tree)[0].all(ReviewRole)]
    if options.role and options.role not in roles:
        raise UsageError(f"no role '{options.role}'; {suggest(options.role, roles, what='roles')}")
    site = load_site(tree, run=False)
    if site.problems:
        raise ContentError(site.problems)
    owned = [(site.catalog.documents[key], record.review) for key, record in site.catalog.records.items()]
    owned += [(page.file.header, page.header.review) for page in site.pages.pages if page.header]
    reviews = reread_reviews(owned, day)
    if not options.role:
        span = Span(min(site.catalog.as_at.last_day, day), day)
        _print("States and dates in records", reread_records(site.catalog, span))
        _print("Sources to look into again", reread_sources(site.catalog, day))
    for role in roles:
        if options.role == role or (not options.role and role in reviews):
            _print(f"Reviews by the role {role}", reviews.get(role, []))
    if not options.role:
        _print_unreviewed(site)
    return 0


def _read_day(written: str) -> dt.date:
    if not written:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"'{written}' is not a day: ON=2026-11-29") from error


def _print(heading: str, passages: Iterable[Passage]) -> None:
    found = sorted(set(passages))
    print(f"{heading}: {len(found) or 'none'}")
    for one in found:
        print(f"  {one}")


def _print_unreviewed(site: Site) -> None:
    records = sum(record.review is None for record in site.catalog.records.values())
    pages = sum(page.header is not None and page.header.review is None for page in site.pages.pages)
    print(
        f"Without a review: {records} of {len(site.catalog.records)} records, {pages} of {len(site.pages.pages)} pages"
    )

"""`/feed.xml`: an Atom feed of what changed, with an entry for each edition and for each record that it changed.

Nothing in it is taken from the clock: an edition's day is that of its publication, or its as-at date while a candidate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import uuid5

from feedgen.feed import FeedGenerator

from macros.catalog.catalog import plain_words
from macros.changes.comparing import RecordChange, compare_catalogs
from macros.configuration.config import read_config
from macros.history.restoring import restore_edition
from macros.schema import KINDS
from macros.site.loading import Site
from macros.site.release import IDENTITIES
from macros.store.edition import Edition
from macros.store.files import CHANGES, FEED
from macros.tree import LATEST, Tree

MOST = 100


@dataclass(frozen=True)
class Masthead:
    """Under which name and address the site stands; `root` ends in a slash."""

    name: str
    root: str

    def name_entry(self, edition: Edition, key: str = "") -> str:
        """Returns the id, for ever and on any host, of an edition or of a record in it."""
        return f"urn:uuid:{uuid5(IDENTITIES, f'{edition.id}/{key}')}"


def read_masthead(tree: Tree) -> Masthead:
    """Returns the site's name and address from mkdocs.yml."""
    config = read_config(tree)
    return Masthead(str(config["site_name"]), str(config["site_url"]).removesuffix(f"{LATEST}/"))


def create_feed(tree: Tree, editions: Sequence[Edition], masthead: Masthead) -> bytes:
    """Returns the feed of these editions, oldest first; its entries stand newest first."""
    feed = FeedGenerator()
    feed.id(f"urn:uuid:{IDENTITIES}")
    feed.title(masthead.name)
    feed.subtitle("What changed, edition by edition.")
    feed.author(name=masthead.name)
    feed.language("en")
    feed.link(href=f"{masthead.root}{FEED}", rel="self", type="application/atom+xml")
    feed.link(href=f"{masthead.root}{LATEST}/{CHANGES}/", rel="alternate", type="text/html")
    feed.updated(max(_day(edition) for edition in editions))
    sites = [restore_edition(edition, tree.cache) for edition in editions]
    changes = [[], *(compare_catalogs(before.catalog, after.catalog) for before, after in pairwise(sites))]
    for number in range(len(editions) - 1, -1, -1):
        before = (editions[number - 1], sites[number - 1]) if number else None
        room = MOST - len(feed.entry()) - number - 1  # every earlier edition has its own entry
        _add_edition(feed, masthead, (editions[number], sites[number]), changes[number], before)
        for change in changes[number][: max(room, 0)]:
            _add_record(feed, masthead, (editions[number], sites[number]), change, before)
    return bytes(feed.atom_str(pretty=True))


def _add_edition(
    feed: FeedGenerator,
    masthead: Masthead,
    here: tuple[Edition, Site],
    changes: Sequence[RecordChange],
    before: tuple[Edition, Site] | None,
) -> None:
    edition, site = here
    record = edition.record
    state = f"Published {record.published}." if record.published else "A candidate, not yet published."
    said = [f"{item.date}: {plain_words(site.catalog, item.says)}" for item in site.catalog.news]
    said += [f"As of {edition.dated}. {state}", record.note or ""]
    if before:
        said.append(f"Records that differ from the edition as of {before[0].dated}: {len(changes)}.")
    title = record.title if record.published else f"{record.title} (candidate)"
    address = f"{masthead.root}{edition.id}/"
    _add(feed, edition, masthead.name_entry(edition), title=title, address=address, said="\n".join(filter(None, said)))


def _add_record(
    feed: FeedGenerator,
    masthead: Masthead,
    here: tuple[Edition, Site],
    change: RecordChange,
    before: tuple[Edition, Site] | None,
) -> None:
    edition, site = before if change.status == "removed" and before else here
    address = f"{masthead.root}{edition.id}/{site.pages.home(change.key) or ''}"
    label = KINDS[change.kind].label
    title = f"{change.name} ({label}): {change.status} as of {here[0].dated}"
    said = "\n".join(map(str, change.fields)) or f"This {label} was {change.status}."
    _add(feed, here[0], masthead.name_entry(here[0], change.key), title=title, address=address, said=said)


def _add(feed: FeedGenerator, edition: Edition, tag: str, *, title: str, address: str, said: str) -> None:
    entry = feed.add_entry(order="append")
    entry.id(tag)
    entry.title(title)
    entry.link(href=address, rel="alternate", type="text/html")
    entry.content(said, type="text")
    entry.updated(_day(edition))
    if edition.record.published:
        entry.published(_day(edition))


def _day(edition: Edition) -> dt.datetime:
    date = edition.record.published or edition.record.as_at
    return dt.datetime.combine(date.first_day, dt.time(), tzinfo=dt.UTC)

"""`/feed.xml`: an Atom feed of what changed, with an entry for each edition and for each record that it changed.

Nothing in it is taken from the clock: an edition's day is that of its publication, or its as-at date while a candidate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from feedgen.feed import FeedGenerator

from macros.building.config import read_config
from macros.catalog.plain import plain_words
from macros.changes.comparing import RecordChange, compare_catalogs
from macros.checked import load_checked
from macros.editions.configuring import LATEST
from macros.editions.edition import Edition
from macros.editions.succession import FOLDER
from macros.schema import KINDS
from macros.site import Site
from macros.tree import Tree

NAME = "feed.xml"


@dataclass(frozen=True)
class Publisher:
    """Under which name and address the site stands; `root` ends in a slash."""

    name: str
    root: str

    def tag(self, edition: Edition, key: str = "") -> str:
        """Returns the id, for ever, of an edition or of a record in it: a tag URI (RFC 4151)."""
        host = urlsplit(self.root).hostname or "localhost"
        return f"tag:{host},{edition.record.as_at.text}:{edition.id}" + (f"/{key}" if key else "")


def read_publisher(tree: Tree) -> Publisher:
    """Returns the site's name and address from mkdocs.yml."""
    config = read_config(tree)
    return Publisher(str(config["site_name"]), str(config["site_url"]).removesuffix(f"{LATEST}/"))


def create_feed(editions: Sequence[Edition], publisher: Publisher) -> bytes:
    """Returns the feed of these editions, oldest first; its entries stand newest first."""
    feed = FeedGenerator()
    feed.id(f"{publisher.root}{NAME}")
    feed.title(publisher.name)
    feed.subtitle("What changed, edition by edition.")
    feed.author(name=publisher.name)
    feed.language("en")
    feed.link(href=f"{publisher.root}{NAME}", rel="self", type="application/atom+xml")
    feed.link(href=f"{publisher.root}{LATEST}/{FOLDER}/", rel="alternate", type="text/html")
    feed.updated(max(_day(edition) for edition in editions))
    sites = [load_checked(edition.tree) for edition in editions]
    changes = [[], *(compare_catalogs(before.catalog, after.catalog) for before, after in pairwise(sites))]
    for number in range(len(editions) - 1, -1, -1):
        before = (editions[number - 1], sites[number - 1]) if number else None
        _add_edition(feed, publisher, (editions[number], sites[number]), changes[number], before)
        for change in changes[number]:
            _add_record(feed, publisher, (editions[number], sites[number]), change, before)
    return bytes(feed.atom_str(pretty=True))


def _add_edition(
    feed: FeedGenerator,
    publisher: Publisher,
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
    address = f"{publisher.root}{edition.id}/"
    _add(feed, edition, publisher.tag(edition), title=title, address=address, said="\n".join(filter(None, said)))


def _add_record(
    feed: FeedGenerator,
    publisher: Publisher,
    here: tuple[Edition, Site],
    change: RecordChange,
    before: tuple[Edition, Site] | None,
) -> None:
    edition, site = before if change.status == "removed" and before else here
    address = f"{publisher.root}{edition.id}/{site.pages.home(change.key) or ''}"
    label = KINDS[change.kind].label
    title = f"{change.name} ({label}): {change.status} as of {here[0].dated}"
    said = "\n".join(map(str, change.fields)) or f"This {label} was {change.status}."
    _add(feed, here[0], publisher.tag(here[0], change.key), title=title, address=address, said=said)


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

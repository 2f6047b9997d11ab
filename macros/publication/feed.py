"""`/feed.xml`: an Atom feed of what changed, with an entry for each edition and for each record that it changed.

Nothing in it is taken from the clock: an edition's day is that of its publication, or its as-at date while a candidate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import uuid5

from feedgen.feed import FeedGenerator

from macros.cache import digest, digest_code, keep_object
from macros.catalog.catalog import plain_words
from macros.changes.comparing import RecordChange, compare_catalogs
from macros.configuration.config import read_config
from macros.history.restoring import Opened, open_edition
from macros.schema import KINDS
from macros.site.release import IDENTITIES
from macros.store.edition import MANIFEST, RECORD, Edition
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


@dataclass(frozen=True)
class Entry:
    """What an edition, or a record in it, is given in the feed; `day` is that of the edition."""

    tag: str
    title: str
    address: str
    said: str
    day: dt.datetime
    is_published: bool


def create_feed(masthead: Masthead, entries: Sequence[Sequence[Entry]]) -> bytes:
    """Returns the feed of what `list_entries` says of each edition, oldest first; it stands there newest first."""
    feed = FeedGenerator()
    feed.id(f"urn:uuid:{IDENTITIES}")
    feed.title(masthead.name)
    feed.subtitle("What changed, edition by edition.")
    feed.author(name=masthead.name)
    feed.language("en")
    feed.link(href=f"{masthead.root}{FEED}", rel="self", type="application/atom+xml")
    feed.link(href=f"{masthead.root}{LATEST}/{CHANGES}/", rel="alternate", type="text/html")
    feed.updated(max(own.day for own, *_ in entries))
    for number in range(len(entries) - 1, -1, -1):
        own, *changes = entries[number]
        room = MOST - len(feed.entry()) - number - 1  # every earlier edition has its own entry
        for one in (own, *changes[: max(room, 0)]):
            _add(feed, one)
    return bytes(feed.atom_str(pretty=True))


def list_entries(
    tree: Tree, editions: Sequence[Edition], numbers: Iterable[int], masthead: Masthead
) -> list[list[Entry]]:
    """Returns what the feed says of those of the editions (oldest first) that have these numbers.

    Of each its own entry first, then those of the records that it changed, as many as a feed may hold. They are kept
    under a digest of the two editions that are compared. Raises ContentError when one can be compared no more.
    """

    @lru_cache(2)
    def read(number: int) -> Opened:
        return open_edition(editions[number])

    def keep(number: int) -> list[Entry]:
        compared = [
            one.folder / part for one in editions[max(number - 1, 0) : number + 1] for part in (MANIFEST, RECORD)
        ]
        name = digest(masthead, editions[number].id, *compared, *tree.lists, digest_code())
        return keep_object(
            tree.cache / "feeds",
            f"{name}.pickle",
            lambda: list(_describe(masthead, read(number), read(number - 1) if number else None)),
        )

    return [keep(number) for number in numbers]


def _describe(masthead: Masthead, here: Opened, before: Opened | None) -> Iterator[Entry]:
    changes: list[RecordChange] = []
    if before:
        same = here.records.same_as(before.records)
        changes = compare_catalogs(before.site.catalog, here.site.catalog, same)
    yield _describe_edition(masthead, here, changes, before)
    for change in changes[:MOST]:
        yield _describe_record(masthead, here, change, before)


def _describe_edition(
    masthead: Masthead, here: Opened, changes: Sequence[RecordChange], before: Opened | None
) -> Entry:
    edition, record, catalog = here.edition, here.edition.record, here.site.catalog
    state = f"Published {record.published}." if record.published else "A candidate, not yet published."
    said = [f"{item.date}: {plain_words(catalog, item.says)}" for item in catalog.news]
    said += [f"As of {edition.dated}. {state}", record.note or ""]
    if before:
        said.append(f"Records that differ from the edition as of {before.edition.dated}: {len(changes)}.")
    title = record.title if record.published else f"{record.title} (candidate)"
    address = f"{masthead.root}{edition.id}/"
    tag = masthead.name_entry(edition)
    return Entry(tag, title, address, "\n".join(filter(None, said)), _day(edition), edition.is_published)


def _describe_record(masthead: Masthead, here: Opened, change: RecordChange, before: Opened | None) -> Entry:
    where = before if change.status == "removed" and before else here
    address = f"{masthead.root}{where.edition.id}/{where.site.pages.home(change.key) or ''}"
    label = KINDS[change.kind].label
    title = f"{change.name} ({label}): {change.status} as of {here.edition.dated}"
    said = "\n".join(map(str, change.fields)) or f"This {label} was {change.status}."
    tag = masthead.name_entry(here.edition, change.key)
    return Entry(tag, title, address, said, _day(here.edition), here.edition.is_published)


def _add(feed: FeedGenerator, said: Entry) -> None:
    entry = feed.add_entry(order="append")
    entry.id(said.tag)
    entry.title(said.title)
    entry.link(href=said.address, rel="alternate", type="text/html")
    entry.content(said.said, type="text")
    entry.updated(said.day)
    if said.is_published:
        entry.published(said.day)


def _day(edition: Edition) -> dt.datetime:
    date = edition.record.published or edition.record.as_at
    return dt.datetime.combine(date.first_day, dt.time(), tzinfo=dt.UTC)

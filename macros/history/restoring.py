"""An edition read back from what it stores, so that another can be compared with it: its records, homes and prose.

No macro, template or page of it is run. Records in an older form are lifted to that of today first (`upgrades.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.cache import digest, digest_code, keep_object
from macros.catalog.catalog import Catalog, freeze_catalog
from macros.catalog.references import Reference, iter_references
from macros.history.rows import StoredRecords
from macros.pages.page import Page, PageHeader, Pages
from macros.problems import ContentError
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.dates import PartialDate
from macros.site.loading import Site
from macros.store.edition import COMPARED, MANIFEST, RECORD, Edition
from macros.text.header import MarkdownFile
from macros.text.positions import Document
from macros.tree import Tree


@dataclass(frozen=True)
class StoredPages(Pages):
    """The pages of a stored edition, which says itself where each record is at home.

    `prose` maps a page's source to the paragraphs of its prose.
    """

    homes: Mapping[str, str] = field(default_factory=dict)
    prose: Mapping[str, list[str]] = field(default_factory=dict)

    def home(self, key: str) -> str | None:
        return self.homes.get(key)


def describe_compared(
    site: Site, prose: Mapping[str, list[str]], worded: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Returns what is stored beside the records for comparing: homes, pages with their paragraphs, records in words."""
    catalog, pages = site.catalog, site.pages
    return {
        "as_at": catalog.as_at.text,
        "dated": str(catalog.as_at),
        "news": [item.model_dump(mode="json") for item in catalog.news],
        "kinds": {kind: model.plural for kind, model in KINDS.items()},
        "records": dict(worded),
        "homes": {key: pages.home(key) for key in catalog.records},
        "pages": [
            {"source": one.source, "url": one.url, "title": one.title, "prose": prose.get(one.source, [])}
            for one in pages.pages
        ],
    }


def restore_edition(edition: Edition, cache: Path) -> Site:
    """Returns the records and pages of a stored edition. Raises ContentError when they fit today's classes no more.

    A choice has the words that the closed lists of today give it, so that a better word is no change of any record; one
    that they have no more keeps the words of the edition. What was read is kept under a hash of the edition, of these
    lists and of the code that reads it.
    """

    def make() -> Site:
        with _as_frozen(edition):
            return _restore(edition)

    name = digest(edition.folder / MANIFEST, edition.folder / RECORD, *Tree(edition.top).lists, digest_code())
    return keep_object(cache / "restored", f"{edition.id}-{name}.pickle", make)


@dataclass(frozen=True)
class Opened:
    """A stored edition with its pages and its records, each made when it is asked for; no references between them."""

    edition: Edition
    site: Site
    records: StoredRecords


def open_edition(edition: Edition) -> Opened:
    """Returns the edition for a comparison with one beside it. Raises ContentError as `restore_edition` does."""
    with _as_frozen(edition):
        stored = edition.read_json(COMPARED)
        rows = StoredRecords(edition)
        as_at, news = PartialDate(stored["as_at"]), tuple(edition.record.news)
        catalog = Catalog(as_at, rows, {}, rows.aliases, {}, news, rows.lists)
        return Opened(edition, Site(catalog, _read_pages(stored), ()), rows)


@contextmanager
def _as_frozen(edition: Edition) -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        spoilt = edition.spoilt(COMPARED, "the stored records or pages are not what was frozen")
        raise ContentError([spoilt]) from None


def _restore(edition: Edition) -> Site:
    stored = edition.read_json(COMPARED)
    rows = StoredRecords(edition)
    records = dict(rows)
    as_at, news = PartialDate(stored["as_at"]), tuple(edition.record.news)
    references = _resolve(records, rows.aliases)
    catalog = freeze_catalog(as_at, records, {}, rows.aliases, references, news=news, vocabularies=rows.lists)
    return Site(catalog, _read_pages(stored), ())


def _read_pages(stored: Mapping[str, Any]) -> StoredPages:
    prose = {row["source"]: row["prose"] for row in stored["pages"]}
    return StoredPages(tuple(map(_page, stored["pages"])), {}, homes=stored["homes"], prose=prose)


def _resolve(records: Mapping[str, Record], aliases: Mapping[str, str]) -> list[Reference]:
    found = (reference for record in records.values() for reference in iter_references(record))
    resolved = (one._replace(target=aliases.get(one.target, one.target)) for one in found)
    return [one for one in resolved if one.target in records]


def _page(row: Mapping[str, Any]) -> Page:
    nowhere = Document(row["source"], {})
    header = PageHeader(title=row["title"], description=row["title"])
    return StoredPage(row["source"], MarkdownFile(row["source"], nowhere, "", 1), header, row["url"])


@dataclass(frozen=True)
class StoredPage(Page):
    """A page of a stored edition, at the address that it has there."""

    stored_url: str = ""

    @property
    def url(self) -> str:
        return self.stored_url

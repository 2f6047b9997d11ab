"""An edition read back from what it stores, so that another can be compared with it: its records, homes and prose.

No macro, template or page of it is run. Records in an older form are lifted to that of today first (`upgrades.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from macros.cache import digest, digest_code, keep_object
from macros.catalog.catalog import freeze_catalog
from macros.catalog.references import Reference, iter_references
from macros.catalog.vocabularies import load_vocabularies
from macros.exports.records import parts_of
from macros.exports.upgrades import SCHEMA_VERSION, lift_records
from macros.exports.vocabularies import restore_vocabularies
from macros.pages.page import Page, PageHeader, Pages
from macros.problems import ContentError, Problem
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.choices import Vocabularies
from macros.schema.dates import PartialDate
from macros.site.loading import Site
from macros.store.edition import COMPARED, FILES, MANIFEST, RECORD, Edition
from macros.store.files import JSON, VOCABULARY, kind_path
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
        try:
            return _restore(edition)
        except (AttributeError, KeyError, TypeError, ValueError):
            spoilt = edition.spoilt(COMPARED, "the stored records or pages are not what was frozen")
            raise ContentError([spoilt]) from None

    name = digest(edition.folder / MANIFEST, edition.folder / RECORD, *Tree(edition.top).lists, digest_code())
    return keep_object(cache / "restored", f"{edition.id}-{name}.pickle", make)


def _restore(edition: Edition) -> Site:
    stored = edition.read_json(COMPARED)
    plain = {kind: _read_kind(edition, kind) for kind in _kinds(edition)}
    records: dict[str, Record] = {}
    lists = _read_lists(edition)
    try:
        lifted = lift_records(plain, edition.record.schema_version)
    except LookupError as error:
        hint = "write the step in macros/exports/upgrades.py"
        message = f"the edition can be compared no more: {error.args[0]}"
        raise ContentError([Problem(edition.shown(RECORD), 1, 1, message, hint)]) from None
    for kind, rows in lifted.items():
        for row in rows:
            record = _revive(edition, kind, row, lists)
            records[record.key] = record
    aliases = {f"{one.kind}/{old}": one.key for one in records.values() for old in one.aliases}
    references = list(_resolve(records, aliases))
    as_at = PartialDate(stored["as_at"])
    news = tuple(edition.record.news)
    catalog = freeze_catalog(as_at, records, {}, aliases, references, news=news, vocabularies=lists)
    pages = tuple(_page(row) for row in stored["pages"])
    prose = {row["source"]: row["prose"] for row in stored["pages"]}
    return Site(catalog, StoredPages(pages, {}, homes=stored["homes"], prose=prose), ())


def _read_lists(edition: Edition) -> Vocabularies:
    """Returns today's closed lists with what the edition alone has; the first editions store none."""
    today, _ = load_vocabularies(Tree(edition.top))
    if not (edition.folder / FILES / VOCABULARY).is_file():
        return today
    return today.extended(restore_vocabularies(edition.read_json(f"{FILES}/{VOCABULARY}")))


def _kinds(edition: Edition) -> list[str]:
    return list(edition.read_json(f"{FILES}/data/index.json")["kinds"])


def _read_kind(edition: Edition, kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = edition.read_json(f"{FILES}/{kind_path(kind, JSON)}")
    return rows


def _revive(edition: Edition, kind: str, row: Mapping[str, Any], lists: Vocabularies) -> Record:
    """Returns a record of an exported row; what was computed of it is computed anew."""
    model = KINDS.get(kind)
    try:
        if model is None:
            raise LookupError(f"there is no kind '{kind}' any more")
        beside, _, computed = parts_of(kind)
        skipped = {*beside.model_fields, *computed.model_fields} - set(model.model_fields)
        fields = {name: value for name, value in row.items() if name not in skipped and value is not None}
        record = model.model_validate(fields, context=lists)
    except (ValidationError, LookupError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        place = ".".join(map(str, first["loc"]))
        message = f"{kind}/{row['id']} can be compared no more: {place + ': ' if place else ''}{first['msg']}"
        hint = (
            f"its form is {edition.record.schema_version}, today's is {SCHEMA_VERSION}: raise SCHEMA_VERSION in "
            "macros/exports/upgrades.py and write the step that lifts old records"
        )
        raise ContentError([Problem(edition.shown(f"{FILES}/{kind_path(kind, JSON)}"), 1, 1, message, hint)]) from None
    object.__setattr__(record, "_id", row["id"])
    return record


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

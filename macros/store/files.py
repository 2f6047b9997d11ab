"""Which files an edition has beside its pages: where each stands, of what type it is, what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from macros.catalog.catalog import Catalog
from macros.schema import KINDS
from macros.schema.actors import Audience
from macros.schema.base import Record
from macros.schema.instruments import Deadline

DATA = "data/"
INDEX = f"{DATA}index.json"
VOCABULARY = f"{DATA}vocabulary.json"
CALENDAR = "deadlines.ics"
BIBLIOGRAPHY = "sources.bib"
OVERVIEW = "llms.txt"
BRIEF = "brief.pdf"
# The folder of the pages on what changed, with the one of all of them, by their paths under docs/.
CHANGES = "changes"
CHANGES_PAGE = f"{CHANGES}/index.md"
# Of all editions, at the root of the site; a draft has none.
FEED = "feed.xml"

# The forms in which the records of a kind are written: the end of the file's name, then heading, type and contents.
JSON, TABLE, SCHEMA = "json", "csv", "schema.json"
FORMS = MappingProxyType(
    {
        JSON: ("JSON", "application/json", "a list of records with every field"),
        TABLE: ("CSV", "text/csv", "a table for spreadsheets, one row for each record"),
        SCHEMA: ("JSON Schema", "application/schema+json", "the JSON Schema (2020-12) of the list of records"),
    }
)


@dataclass(frozen=True)
class ExportedFile:
    """A file of an edition: `path` is its address relative to the edition's root."""

    path: str
    media_type: str
    about: str


def kind_path(kind: str, form: str) -> str:
    """Returns where the records of a kind stand in a form (`json`, `csv`, `schema.json`)."""
    return f"{DATA}{kind}.{form}"


def calendar_path(deadline: str) -> str:
    """Returns where the calendar file of one deadline stands, by the deadline's id."""
    return f"{DATA}deadline/{deadline}.ics"


def sheet_path(audience: Record) -> str:
    """Returns where the one-page sheet for an audience stands."""
    return f"brief-{audience.id}.pdf"


def list_files(catalog: Catalog) -> dict[str, ExportedFile]:
    """Returns every file of the edition by its path: those that each edition has, and those of its own records.

    These are a sheet for each audience, and a calendar for each deadline that has a due date.
    """
    sheets = [
        ExportedFile(sheet_path(one), "application/pdf", f"one page from the client brief: {one.name}")
        for one in catalog.all(Audience)
    ]
    entries = [
        ExportedFile(calendar_path(one.id), "text/calendar", f"one due date, for a calendar: {one.title}")
        for one in catalog.all(Deadline)
        if one.due
    ]
    return {**FILES, **{file.path: file for file in (*sheets, *entries)}}


def _list_files() -> dict[str, ExportedFile]:
    files = [
        ExportedFile(INDEX, "application/json", "what this edition is, and which data files it has"),
        ExportedFile(
            VOCABULARY, "application/json", "the closed lists that records choose from, with labels and meanings"
        ),
        ExportedFile(
            BRIEF,
            "application/pdf",
            "the client brief: the bottom line, questions for counsel, the whole in some pages",
        ),
        ExportedFile(CALENDAR, "text/calendar", "every deadline that has a due date, as a calendar"),
        ExportedFile(BIBLIOGRAPHY, "application/x-bibtex", "every source, for reference managers (BibTeX)"),
        ExportedFile(OVERVIEW, "text/plain", "the main pages and files, with a line on each"),
    ]
    for kind, model in KINDS.items():
        for form, (_, media_type, about) in FORMS.items():
            files.append(ExportedFile(kind_path(kind, form), media_type, f"{model.plural}: {about}"))
    return {file.path: file for file in files}


# Every file by its path that an edition has whatever its records are; `list_files` adds those for its audiences.
FILES: Mapping[str, ExportedFile] = MappingProxyType(_list_files())

"""Which files an edition has beside its pages: where each stands, of what type it is, what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from macros.schema import KINDS

INDEX = "data/index.json"
CALENDAR = "deadlines.ics"
BIBLIOGRAPHY = "sources.bib"
OVERVIEW = "llms.txt"
BRIEF = "brief.pdf"

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
    return f"data/{kind}.{form}"


def _list_files() -> dict[str, ExportedFile]:
    files = [
        ExportedFile(INDEX, "application/json", "what this edition is, and which data files it has"),
        ExportedFile(BRIEF, "application/pdf", "the client brief: the whole in some pages, with endnotes"),
        ExportedFile(CALENDAR, "text/calendar", "every deadline that has a due date, as a calendar"),
        ExportedFile(BIBLIOGRAPHY, "application/x-bibtex", "every source, for reference managers (BibTeX)"),
        ExportedFile(OVERVIEW, "text/plain", "the main pages and files, with a line on each"),
    ]
    for kind, model in KINDS.items():
        for form, (_, media_type, about) in FORMS.items():
            files.append(ExportedFile(kind_path(kind, form), media_type, f"{model.plural}: {about}"))
    return {file.path: file for file in files}


# Every file by its path.
FILES: Mapping[str, ExportedFile] = MappingProxyType(_list_files())

"""Writes the exported files beside the pages of a built release."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.exports.bibliography import export_bibliography
from macros.exports.calendar import export_calendar, export_entries
from macros.exports.index import export_index
from macros.exports.moved import export_moved
from macros.exports.overview import export_overview
from macros.exports.records import export_records
from macros.exports.schemas import export_schema
from macros.exports.tables import export_table
from macros.exports.vocabularies import export_vocabularies
from macros.schema import KINDS
from macros.site.release import Release
from macros.store.files import BIBLIOGRAPHY, CALENDAR, INDEX, JSON, OVERVIEW, SCHEMA, TABLE, VOCABULARY, kind_path


def write_exports(release: Release, folder: Path) -> None:
    """Writes every exported file into the folder; the same release always gives the same bytes."""
    for path, content in export_files(release):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def export_files(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yields the path and the bytes of each file."""
    yield INDEX, _as_json(export_index(release))
    yield VOCABULARY, _as_json(export_vocabularies(release.catalog.vocabularies))
    yield CALENDAR, export_calendar(release)
    yield from export_entries(release)
    yield BIBLIOGRAPHY, export_bibliography(release).encode()
    yield OVERVIEW, export_overview(release).encode()
    yield from export_moved(release)
    for kind in KINDS:
        yield kind_path(kind, JSON), _as_json(export_records(release, kind))
        yield kind_path(kind, TABLE), export_table(release, kind)
        yield kind_path(kind, SCHEMA), _as_json(export_schema(release, kind))


def _as_json(value: Any) -> bytes:
    """Returns the value as JSON; fields stand in the order in which authors write them."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()

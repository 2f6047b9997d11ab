"""Records as flat tables for spreadsheets: one row a record, one column a field."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from macros.catalog.catalog import Catalog
from macros.catalog.plain import plain_words
from macros.exporting.records import export_records, field_names
from macros.exporting.release import Release


def export_table(release: Release, kind: str) -> bytes:
    """Returns the kind's CSV: UTF-8 with a mark at its beginning, by which spreadsheets know it; links as words."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, field_names(kind))
    rows.writeheader()
    for record in export_records(release, kind):
        rows.writerow({name: _cell(_plain(release.catalog, value)) for name, value in record.items()})
    return text.getvalue().encode("utf-8-sig")


def _plain(catalog: Catalog, value: Any) -> Any:
    """Returns the value with links in running text as words, at any depth."""
    if isinstance(value, str):
        return plain_words(catalog, value)
    if isinstance(value, list):
        return [_plain(catalog, item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(catalog, item) for name, item in value.items()}
    return value


def _cell(value: Any) -> str:
    """Returns what stands in a cell: lists of simple values joined with semicolons, anything nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return "; ".join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)

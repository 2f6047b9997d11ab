"""Records as flat tables for spreadsheets: one row a record, one column a field."""

from __future__ import annotations

import csv
import io
import json
import re

from macros.catalog.catalog import Catalog, plain_words
from macros.exports.records import export_records, field_names
from macros.schema import KINDS
from macros.site.output import Output
from macros.site.release import Release
from macros.store.files import TABLE, kind_path

# How a formula begins, also with wide signs and behind spaces; a number with its sign is none.
_FORMULA = re.compile(r"(?!\s*[+-]?[0-9][0-9,.]*%?\Z)[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def export_table(release: Release, kind: str) -> bytes:
    """Returns the kind's CSV: UTF-8 with a mark at its beginning, by which spreadsheets know it; links as words."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, field_names(kind))
    rows.writeheader()
    for record in export_records(release, kind):
        rows.writerow({name: _cell(_plain(release.catalog, value)) for name, value in record.items()})
    return text.getvalue().encode("utf-8-sig")


def _plain(catalog: Catalog, value: object) -> object:
    """Returns the value with links in running text as words, at any depth."""
    if isinstance(value, str):
        return plain_words(catalog, value)
    if isinstance(value, list):
        return [_plain(catalog, item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(catalog, item) for name, item in value.items()}
    return value


def _cell(value: object) -> str:
    """Returns what a cell holds: lists of simple values joined with semicolons, anything nested as JSON.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
    """
    text = _print(value)
    return f"'{text}" if isinstance(value, (str, list)) and _FORMULA.match(text) else text


def _print(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return "; ".join(_print(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


OUTPUT = Output(
    "tables",
    lambda _: [kind_path(kind, TABLE) for kind in KINDS],
    lambda context: [(kind_path(kind, TABLE), export_table(context.release, kind)) for kind in KINDS],
)

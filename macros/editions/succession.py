"""The pages of a new edition on what it changed: one for each earlier edition, and their places in the navigation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.editions.edition import Edition, is_edition_id
from macros.reading.header import read_markdown

FOLDER = "changes"
INDEX = f"{FOLDER}/index.md"

_PAGE = """---
title: "What changed since the edition as at {dated}"
description: "Records and pages that are new, gone or reworded here, against the edition as at {dated}."
---

This page sets this edition beside the one as at {dated}: first the records, kind by kind, then the pages.

{{{{ changes('{id}') }}}}

## Sources

{{{{ sources() }}}}
"""


def add_change_pages(docs: Path, nav: list[Any], older: Sequence[Edition]) -> list[Any]:
    """Writes a page for each older edition beside the list of editions, and returns the navigation with them.

    What an earlier freezing wrote is replaced. Pages without a list of editions get none.
    """
    if not (docs / INDEX).is_file():
        return nav
    for path in (docs / FOLDER).glob("*.md"):
        if is_edition_id(path.stem):
            path.unlink()
    for edition in older:
        text = _PAGE.format(id=edition.id, dated=edition.dated)
        (docs / FOLDER / f"{edition.id}.md").write_text(text, encoding="utf-8")
    file, _ = read_markdown(INDEX, (docs / INDEX).read_bytes())
    pages = [f"{FOLDER}/{edition.id}.md" for edition in reversed(older)]
    return _place(nav, pages, str(file.header.value["title"]))


def _place(nav: list[Any], pages: list[str], title: str) -> list[Any]:
    """Returns the navigation with the pages in one section with the list of editions."""
    if nav and nav[0] == INDEX:
        return [INDEX, *pages, *(one for one in nav[1:] if not _is_change_page(one))]
    placed = []
    for entry in nav:
        if entry == INDEX:
            placed.append({title: [INDEX, *pages]} if pages else INDEX)
        elif isinstance(entry, dict):
            placed.append({name: _place_in(part, pages, title) for name, part in entry.items()})
        else:
            placed.append(entry)
    return placed


def _place_in(part: Any, pages: list[str], title: str) -> Any:
    if isinstance(part, list):
        return _place(part, pages, title)
    return [INDEX, *pages] if part == INDEX and pages else part


def _is_change_page(entry: object) -> bool:
    return isinstance(entry, str) and entry.startswith(f"{FOLDER}/") and is_edition_id(Path(entry).stem)

"""The pages of a new edition on what it changed: for each earlier edition one that sets the two side by side, and more
where that one would be too heavy; and their places in the navigation.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from macros.configuration.config import Nav
from macros.store.edition import Edition, is_edition_id
from macros.store.files import CHANGES, CHANGES_PAGE
from macros.text.header import read_markdown

_PAGE = """---
title: "What changed since the edition as of {dated}"
description: "Records and pages that are new, gone or reworded here, against the edition as of {dated}."
---

This page lists what is new, and then every record and page that differs from the edition as of {dated}.

{{{{ news() }}}}

{{{{ changes('{id}') }}}}

## Sources

{{{{ sources() }}}}
"""

_PART = """---
title: "Since {dated}: {name}"
description: "What this edition added, removed or reworded against the edition as of {dated}: {titles}."
---

One part of [what changed since {dated}](../{id}.md): {titles}.

{{{{ changes('{id}', {sections}) }}}}

## Sources

{{{{ sources() }}}}
"""

Plan = Sequence[Sequence[tuple[str, str]]]  # pages, each with the ids and titles of its sections


def add_change_pages(docs: Path, nav: Nav, older: Sequence[Edition], plans: Mapping[str, Plan] | None = None) -> Nav:
    """Writes the pages for each older edition beside the list of editions, and returns the navigation with them.

    `plans` gives, by an edition's id, the pages that are needed beside the first. What an earlier freezing wrote is
    replaced. Pages without a list of editions get none.
    """
    if not (docs / CHANGES_PAGE).is_file():
        return nav
    for path in (docs / CHANGES).iterdir():
        if path.is_dir() and is_edition_id(path.name):
            shutil.rmtree(path)
        elif is_edition_id(path.stem):
            path.unlink()
    pages: Nav = []
    for edition in reversed(older):
        first = _write(docs, f"{CHANGES}/{edition.id}.md", _PAGE.format(id=edition.id, dated=edition.dated))
        parts = [_write_part(docs, edition, part) for part in (plans or {}).get(edition.id, ())]
        pages.append({f"Since {edition.dated}": [first, *parts]} if parts else first)
    file, _ = read_markdown(CHANGES_PAGE, (docs / CHANGES_PAGE).read_bytes())
    return _place(nav, pages, str(file.header.value["title"]))


def _write_part(docs: Path, edition: Edition, part: Sequence[tuple[str, str]]) -> str:
    ids, titles = [one for one, _ in part], [title for _, title in part]
    name = titles[0] if len(titles) == 1 else f"{titles[0]} to {titles[-1]}"
    text = _PART.format(id=edition.id, dated=edition.dated, name=name, titles=", ".join(titles), sections=ids)
    return _write(docs, f"{CHANGES}/{edition.id}/{ids[0]}.md", text)


def _write(docs: Path, source: str, text: str) -> str:
    (docs / source).parent.mkdir(exist_ok=True)
    (docs / source).write_text(text, encoding="utf-8")
    return source


def _place(nav: Nav, pages: Nav, title: str) -> Nav:
    """Returns the navigation with the pages in one section with the list of editions."""
    if nav and nav[0] == CHANGES_PAGE:
        return [CHANGES_PAGE, *pages, *(one for one in nav[1:] if not _is_change_page(one))]
    placed: Nav = []
    for entry in nav:
        if entry == CHANGES_PAGE:
            placed.append({title: [CHANGES_PAGE, *pages]} if pages else CHANGES_PAGE)
        elif isinstance(entry, dict):
            placed.append({name: _place_in(part, pages, title) for name, part in entry.items()})
        else:
            placed.append(entry)
    return placed


def _place_in(part: str | Nav, pages: Nav, title: str) -> str | Nav:
    if isinstance(part, list):
        return _place(part, pages, title)
    return [CHANGES_PAGE, *pages] if part == CHANGES_PAGE and pages else part


def _is_change_page(entry: object) -> bool:
    """Whether an entry of the navigation was written by a freezing: a page, or a section that begins with one."""
    if isinstance(entry, dict):
        return all(isinstance(part, list) and bool(part) and _is_change_page(part[0]) for part in entry.values())
    return isinstance(entry, str) and entry.startswith(f"{CHANGES}/") and is_edition_id(Path(entry).stem)

"""What the kept editions hold under an id or at an address: neither may come to mean another thing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.problems import Problem
from macros.store.edition import FILES, Edition, load_editions
from macros.store.files import JSON, kind_path
from macros.store.stored import page_path
from macros.tree import Tree

_HINT = "readers may have kept it, and it never changes its meaning: choose another"


def check_id(tree: Tree, kind: str, record_id: str, known: Iterable[str]) -> Iterator[Problem]:
    """Yields each edition in which the id is that of another record; `known` are all ids of the record that has it."""
    if record_id in known:
        return
    for edition in _editions(tree):
        path = f"{FILES}/{kind_path(kind, JSON)}"
        rows = json.loads((edition.folder / path).read_text("utf-8")) if (edition.folder / path).is_file() else []
        if any(row["id"] == record_id for row in rows):
            message = f"'{kind}/{record_id}' is another record in the edition {edition.id}"
            yield Problem(edition.shown(path), 1, 1, message, _HINT)


def check_address(tree: Tree, address: str, known: Iterable[str]) -> Iterator[Problem]:
    """Yields each edition that has another page at the address; `known` are all addresses of the page that has it."""
    if address in known:
        return
    for edition in _editions(tree):
        path: Path = page_path(edition.folder, address)
        if path.is_file():
            message = f"another page is at {address} in the edition {edition.id}"
            yield Problem(tree.shown(path), 1, 1, message, _HINT)


def _editions(tree: Tree) -> list[Edition]:
    return load_editions(tree.project, dt.date.max)[0]

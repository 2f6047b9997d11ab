"""Records that may not be published before a day: a draft shows them, no edition has one before its time."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.catalog import Catalog
from macros.problems import Problem
from macros.text.document import read_document
from macros.tree import Tree


def check_embargo(catalog: Catalog, tree: Tree) -> Iterator[Problem]:
    """Yields each record whose `publish_from` lies after the as-at date: the tree may not be frozen with it."""
    for key, record in catalog.records.items():
        day = record.publish_from
        if day is not None and day.first_day > catalog.as_at.last_day:
            path = tree.data / f"{key}.yml"
            document, _ = read_document(tree.shown(path), path.read_bytes())  # a kept catalog has no places
            message = f"'{key}' may not be published before {day.text}, and the edition is as of {catalog.as_at.text}"
            yield document.problem(("publish_from",), message, "freeze a later edition, or take the record out first")

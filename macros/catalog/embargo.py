"""Records that may not be published before a day: a draft shows them, no edition has one before its time."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.catalog import Catalog
from macros.problems import Problem


def check_embargo(catalog: Catalog) -> Iterator[Problem]:
    """Yields each record whose `publish_from` lies after the as-at date: it keeps the tree from being frozen."""
    for key, document in catalog.documents.items():
        day = catalog.records[key].publish_from if key in catalog.records else None
        if day is not None and day.first_day > catalog.as_at.last_day:
            message = f"'{key}' may not be published before {day.text}, and the edition is as of {catalog.as_at.text}"
            yield document.problem(("publish_from",), message, "freeze a later edition, or take the record out first")

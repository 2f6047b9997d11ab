"""What the citations still lack so that they outlive the pages to which they lead."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.catalog import Catalog
from macros.schema.sources import Source


def list_unkept(catalog: Catalog) -> Iterator[tuple[Source, list[str]]]:
    """Yields each source with an address and what it lacks: a day, an archived copy."""
    for source in catalog.all(Source):
        if source.url:
            lacks = [] if source.seen_on else ["seen_on"]
            lacks += [] if source.archived else ["archived"]
            if lacks:
                yield source, lacks


def warn_of_sources(catalog: Catalog) -> Iterator[str]:
    """Yields one line for the sources without a day, and one for each whose address is dead and has no copy."""
    unkept = list(list_unkept(catalog))
    undated = sum("seen_on" in lacks for _, lacks in unkept)
    if undated:
        have = "source has" if undated == 1 else "sources have"
        yield f"{undated} {have} no day on which we saw the page (seen_on): make archive-list names them"
    for source, lacks in unkept:
        if source.gone_on and "archived" in lacks:
            yield f"data/source/{source.id}.yml: the address is dead (gone_on) and no copy is named (archived)"

"""`archive-list`: the sources that still need an archived copy, or a day on which they were seen."""

from __future__ import annotations

import argparse

from macros.catalog.keeping import list_unkept
from macros.site.checked import load_checked
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints a line for each source: its file, what is missing, its address. Raises ContentError."""
    catalog = load_checked(tree).catalog
    unkept = list(list_unkept(catalog))
    for source, lacks in unkept:
        print(f"data/source/{source.id}.yml: no {', no '.join(lacks)}: {source.url}")
    copies = sum("archived" in lacks for _, lacks in unkept)
    days = sum("seen_on" in lacks for _, lacks in unkept)
    print(f"{copies} sources need an archived copy, {days} need the day on which they were seen.")
    return 0

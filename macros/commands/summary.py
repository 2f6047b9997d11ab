"""`summary`: what the working tree changes against the newest edition, and what to read again, for a review."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator

from macros.commands import reread
from macros.history.history import Changes, open_history
from macros.site.checked import load_checked
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints both lists. Raises ContentError when the tree is at fault."""
    site = load_checked(tree)
    history = open_history(tree, site)
    print("## What changed\n")
    if history.earlier:
        changes = history.between(len(history.stages) - 2, len(history.stages) - 1)
        print("\n".join(list_changes(changes)))
    else:
        print("There is no edition to compare with.")
    print("\n## Read again\n")
    today = dt.date.today()
    if today > site.catalog.as_at.last_day:
        print("```")
        reread.run(tree, argparse.Namespace(as_at=today.isoformat()))
        print("```")
    else:
        print(f"Nothing: the as-at date is {site.catalog.as_at}.")
    return 0


def list_changes(changes: Changes) -> Iterator[str]:
    """Yields lines of Markdown: each record and page that was added, removed or changed, under the site's headings."""
    yield f"Before: the edition as of {changes.before.as_at}. Now: as of {changes.after.as_at}."
    for section in changes.sections:
        yield f"\n### {section.title[:1].upper()}{section.title[1:]}\n"
        for record in section.records:
            yield f"- {record.status} `data/{record.key}.yml`"
        for page in section.pages:
            yield f"- {page.status} `docs/{page.page.source}`"
    if not changes.sections:
        yield "Nothing that readers see has changed."

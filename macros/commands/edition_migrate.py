"""`edition-migrate`: betters the markup of a stored edition's articles, for a stated reason, and proves the words."""

from __future__ import annotations

import argparse
import datetime as dt

from macros.editions.migrating import finish_migrations, migrate_edition
from macros.editions.recovering import recover
from macros.locking import only_one
from macros.problems import UsageError
from macros.schema.dates import PartialDate
from macros.store.edition import load_editions
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Migrates, and says what was done. Raises ContentError, UsageError."""
    with only_one(tree.cache / "editions.lock", "command that writes editions"):
        return _migrate(tree, options)


def _migrate(tree: Tree, options: argparse.Namespace) -> int:
    today = dt.date.today()
    said = recover(tree.project)
    editions, _ = load_editions(tree.project, today)
    for line in [*said.splitlines(), *finish_migrations(tree.project, editions)]:
        print(line)
    edition = next((one for one in editions if one.id == options.edition), None)
    if edition is None:
        raise UsageError(f"no edition '{options.edition}'; editions: {', '.join(one.id for one in editions) or 'none'}")
    values: dict[str, str | None] = dict.fromkeys(options.remove or ())
    for pair in options.set or ():
        name, mark, value = pair.partition("=")
        if not name or not mark:
            raise UsageError(f"--set takes name=value, not '{pair}'")
        values[name] = value
    if not values or not options.reason:
        raise UsageError("say what to do and why: CSS=... SET=name=value or REMOVE=name, REASON=...")
    done = migrate_edition(edition, options.css, values, options.reason, PartialDate(today.isoformat()))
    print(f"{edition.id}: {done.pages} pages have other markup now; their words, links and ids are the same.")
    print("The edition's record says so. Look at it: make site")
    return 0

"""`schemas`: writes what an editor's program knows of records and macros: schemas, snippets, ids."""

from __future__ import annotations

import argparse

from macros.catalog.ids import write_ids
from macros.editor.workspace import SETTINGS, write_files
from macros.problems import UsageError
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Writes what is stale under .vscode/, and the ids. Raises UsageError when the settings cannot be read."""
    try:
        written = write_files(tree)
    except ValueError as error:
        raise UsageError(f"{SETTINGS} is not plain JSON: {error}") from error
    write_ids(tree)
    print("\n".join(f"Wrote {name}" for name in written) or "Everything under .vscode/ was as it should be")
    return 0

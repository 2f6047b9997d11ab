"""The working tree as a draft: built to be looked at, never published."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from macros.annotating.cards import write_cards
from macros.briefing.typesetting import write_brief
from macros.building.builder import run_builder
from macros.building.switching import aside
from macros.changes.history import check_history
from macros.exporting.folder import write_exports
from macros.exporting.release import open_release
from macros.searching.indexing import write_search
from macros.tree import COMPONENTS, Tree

ROOT_FILES = COMPONENTS.parent / "root"


def build_draft(tree: Tree, target: Path) -> None:
    """Builds the tree's draft and puts it at `target`. Raises ContentError; the old one is then left as it was."""
    check_history(tree)
    with aside(tree.cache, target) as folder:
        exports = folder / "exports"  # apart, for the builder empties the folder that it writes into
        with ThreadPoolExecutor(1) as pool:
            builder = pool.submit(run_builder, tree, folder / "latest")
            release = open_release(tree)
            write_exports(release, exports)
            builder.result()
        shutil.copytree(exports, folder / "latest", dirs_exist_ok=True)
        shutil.rmtree(exports)
        write_search(release, folder / "latest")
        write_cards(release, str(release.catalog.as_at), folder / "latest", tree.cache)
        write_brief(release, str(release.catalog.as_at), folder / "latest", tree.cache)
        shutil.copy(ROOT_FILES / "index.html", folder / "index.html")

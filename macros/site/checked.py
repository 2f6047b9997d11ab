"""The last answer of the check, kept under a hash of everything that decides it, so that nothing is checked twice.

Beside the answer stands the checked tree itself, so that the builder need not read and validate it again.
"""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from macros.cache import digest, keep_alone, read_object, write_object, write_whole
from macros.problems import ContentError, Problem
from macros.site.remembered import keep_memory, read_memory
from macros.tree import LOCK, Tree

if TYPE_CHECKING:
    from macros.site.loading import Site


def check_tree(tree: Tree) -> str:
    """Returns one line that says what was checked. Raises ContentError with every problem."""
    return str(_answer(tree)[0]["summary"])


def list_warnings(tree: Tree) -> list[str]:
    """Returns what is not wrong and yet wants doing, a line each. Raises ContentError with every problem."""
    return [str(one) for one in cast("list[object]", _answer(tree)[0]["warnings"])]


def load_checked(tree: Tree) -> Site:
    """Returns the tree's site, which has no problem. Raises ContentError with every problem."""
    from macros.site.loading import Site, load_site  # noqa: PLC0415 - not loaded when the answer alone is wanted

    _, kept = _answer(tree)
    site = read_object(kept)
    return site if isinstance(site, Site) else load_site(tree, run=False)


def _answer(tree: Tree) -> tuple[dict[str, object], Path]:
    """Returns the answer of the check, and where the checked tree is kept. Raises ContentError."""
    path = tree.cache / "check" / tree.root.name / f"{fingerprint(tree)}.json"
    kept = path.with_suffix(".pickle")
    if path.is_file():
        stored = json.loads(path.read_text())
    else:
        stored = _check(tree, kept)
        write_whole(path, json.dumps(stored).encode())
    if stored["problems"]:
        raise ContentError(Problem(**problem) for problem in stored["problems"])
    return stored, kept


def fingerprint(tree: Tree) -> str:
    """Returns a digest of everything that decides the answer: content, code, templates, the lock file, Python."""
    paths = [*tree.inputs(), LOCK]
    return digest(sys.version, [_name(tree, path) for path in paths], *paths)


def _name(tree: Tree, path: Path) -> str:
    return path.relative_to(tree.project).as_posix() if path.is_relative_to(tree.project) else path.name


def _check(tree: Tree, kept: Path) -> dict[str, object]:
    from macros.catalog.ids import write_ids  # noqa: PLC0415
    from macros.catalog.keeping import warn_of_sources  # noqa: PLC0415 - none is loaded when the answer is known
    from macros.site.loading import load_site  # noqa: PLC0415

    write_ids(tree)
    gc.disable()  # nothing that is loaded is let go of before the end, so there is nothing to collect
    memory = read_memory(tree)
    site = load_site(tree, run=tree.top is None, memory=memory)  # what is frozen was checked when it was frozen
    keep_memory(tree, memory)
    keep_alone(kept.parent, kept.stem)
    if not site.problems:
        write_object(kept, site)
    gc.enable()
    return {
        "summary": summarize(site),
        "warnings": list(warn_of_sources(site.catalog)),
        "problems": [asdict(problem) for problem in site.problems],
    }


def summarize(site: Site) -> str:
    """Returns the line that is said of a tree in which everything is well."""
    records, pages = len(site.catalog.records), len(site.pages.pages)
    return f"{records} records and {pages} pages checked, as of {site.catalog.as_at.text}: no problem"

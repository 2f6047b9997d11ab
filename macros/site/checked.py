"""The last answer of the check, kept under a hash of everything that decides it, so that nothing is checked twice.

Beside the answer stands the checked tree itself, once a build has asked for it, so that the next need not read it.
"""

from __future__ import annotations

import gc
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from macros.cache import digest, digest_code, keep_alone, read_object, write_object, write_whole
from macros.problems import ContentError, Problem
from macros.site.remembered import keep_memory, read_memory
from macros.tree import LOCK, Tree

if TYPE_CHECKING:
    from macros.site.loading import Site

# The last tree that this process has checked, by where it would be kept.
_JUST_CHECKED: dict[Path, Site] = {}


def check_tree(tree: Tree) -> tuple[str, list[str]]:
    """Returns one line that says what was checked, and what is not wrong and yet wants doing, a line each.

    Raises ContentError with every problem.
    """
    stored, _ = _answer(tree)
    return str(stored["summary"]), [str(one) for one in cast("list[object]", stored["warnings"])]


def load_checked(tree: Tree) -> Site:
    """Returns the tree's site, which has no problem. Raises ContentError with every problem."""
    from macros.site.loading import Site, load_site  # noqa: PLC0415 - not loaded when the answer alone is wanted

    _, kept = _answer(tree)
    if kept in _JUST_CHECKED:
        return _JUST_CHECKED[kept]
    site = read_object(kept)
    if not isinstance(site, Site):
        site = load_site(tree, run=False, memory=read_memory(tree))
        write_object(kept, site)
    return site


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
    top = f"{tree.project}{os.sep}"
    names = [str(path).removeprefix(top) if str(path).startswith(top) else path.name for path in paths]
    return digest(digest_code(), names, *paths)


def _check(tree: Tree, kept: Path) -> dict[str, object]:
    gc.disable()  # nothing that is loaded is let go of before the end, so there is nothing to collect
    from macros.catalog.ids import write_ids  # noqa: PLC0415
    from macros.catalog.keeping import warn_of_sources  # noqa: PLC0415 - none is loaded when the answer is known
    from macros.site.loading import load_site  # noqa: PLC0415

    memory = read_memory(tree)
    write_ids(tree, memory)
    site = load_site(tree, run=tree.top is None, memory=memory)  # what is frozen was checked when it was frozen
    keep_memory(tree, memory)
    keep_alone(kept.parent, kept.stem)
    gc.freeze()  # nor will there be: what was read stays
    gc.enable()
    _JUST_CHECKED.clear()
    if not site.problems:
        _JUST_CHECKED[kept] = site
    return {
        "summary": summarize(site),
        "warnings": list(warn_of_sources(site.catalog)),
        "problems": [asdict(problem) for problem in site.problems],
    }


def summarize(site: Site) -> str:
    """Returns the line that is said of a tree in which everything is well."""
    records, pages = len(site.catalog.records), len(site.pages.pages)
    return f"{records} records and {pages} pages checked, as of {site.catalog.as_at.text}: no problem"

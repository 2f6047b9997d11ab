"""The last answer of the check, kept under a hash of everything that decides it, so that nothing is checked twice."""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

from macros.problems import ContentError, Problem
from macros.tree import CODE, Tree

LOCK = CODE.parent / "requirements.txt"


def check_tree(tree: Tree) -> str:
    """Returns one line that says what was checked. Raises ContentError with every problem."""
    answer = _answer(tree)
    if answer.is_file():
        stored = json.loads(answer.read_text())
    else:
        stored = _check(tree)
        answer.parent.mkdir(parents=True, exist_ok=True)
        for old in answer.parent.iterdir():
            old.unlink(missing_ok=True)
        answer.write_text(json.dumps(stored))
    if stored["problems"]:
        raise ContentError(Problem(**problem) for problem in stored["problems"])
    return str(stored["summary"])


def _answer(tree: Tree) -> Path:
    return tree.cache / "check" / f"{fingerprint(tree)}.json"


def fingerprint(tree: Tree) -> str:
    """Returns a hash of everything that decides the answer: content, code, templates, the lock file, Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (*tree.inputs(), LOCK):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{_name(tree, path)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _name(tree: Tree, path: Path) -> str:
    return path.relative_to(tree.root).as_posix() if path.is_relative_to(tree.root) else path.name


def _check(tree: Tree) -> dict[str, object]:
    from macros.site import load_site  # noqa: PLC0415 - not loaded when the answer is known

    gc.disable()  # nothing that is loaded is let go of before the end, so there is nothing to collect
    site = load_site(tree)
    gc.enable()
    records, pages = len(site.catalog.records), len(site.pages.pages)
    return {
        "summary": f"{records} records and {pages} pages checked, as at {site.catalog.as_at.text}: no problem",
        "problems": [asdict(problem) for problem in site.problems],
    }

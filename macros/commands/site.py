"""`site`: builds the site aside, and puts it in the place of the old one only when all is well."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from macros.checked import check_tree
from macros.problems import ContentError, Problem, UsageError
from macros.tree import COMPONENTS, Tree

_NOISE = re.compile(r"^(INFO|DEBUG) ")
_LOUD = re.compile(r"^(WARNING|ERROR|CRITICAL) +- +(.*)$")


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Checks, builds, and says what was built and how to look at it. Raises ContentError."""
    print(check_tree(tree), flush=True)
    build_site(tree, tree.site)
    pages = sum(1 for _ in tree.site.rglob("*.html"))
    size = sum(path.stat().st_size for path in tree.site.rglob("*") if path.is_file())
    print(f"Built {pages} HTML files, {size / 1e6:.1f} MB, into site/")
    print("Look at it: make serve, or python3 -m http.server --directory site, then open http://127.0.0.1:8000/")
    return 0


def build_site(tree: Tree, target: Path) -> None:
    """Builds the tree's site and puts it at `target`. Raises ContentError; the old site is then left as it was."""
    aside = tree.cache / "build" / str(os.getpid())
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        _run_builder(tree, aside / "latest")
        for path in sorted((COMPONENTS.parent / "root").iterdir()):
            shutil.copy(path, aside / path.name)
        _switch(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def builder_environment() -> dict[str, str]:
    """Returns the variables with which MkDocs runs: it finds our macros, and Material's notice stays out."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(COMPONENTS.parent.parent)}


def _run_builder(tree: Tree, target: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(tree.config)]
    # Never -q (MkDocs then always succeeds) nor -v (it then hides warnings about anchors).
    done = subprocess.run(
        [*command, "--site-dir", str(target)],
        cwd=tree.root,
        env=builder_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    lines = [line for line in done.stdout.splitlines() if line.strip() and not _NOISE.match(line)]
    warnings = _join_warnings(lines)
    if warnings:
        raise ContentError(_as_problem(tree, warning) for warning in warnings)
    raise UsageError("\n".join(["the builder failed:", *lines]))


def _join_warnings(lines: list[str]) -> list[str]:
    """Returns the builder's warnings, each with the list of names that may follow it on lines of their own."""
    warnings: list[str] = []
    for line in lines:
        if match := _LOUD.match(line):
            warnings.append(match[2])
        elif warnings and line.startswith("  - "):
            warnings[-1] += f" {line[4:]}"
    return warnings


def _as_problem(tree: Tree, warning: str) -> Problem:
    """Returns a warning of the builder as a problem, at the place of the words that it names when they are found."""
    named = re.search(r"Doc file '([^']+)'", warning)
    path = tree.docs / named[1] if named else tree.config
    words = re.findall(r"'([^']+)'", warning)[1 if named else 0 :]
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for word in words[:1]:
                if word in line:
                    return Problem(tree.shown(path), number, line.index(word) + 1, warning)
    return Problem(tree.shown(path), 1, 1, warning)


def _switch(built: Path, target: Path) -> None:
    """Puts the built site in its place by renaming, so that a reader never sees half of it."""
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    built.rename(target)
    shutil.rmtree(old, ignore_errors=True)

"""Runs MkDocs, strictly, and says its warnings as problems at their own places."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

from macros.catalog.loading import load_settings
from macros.problems import ContentError, Problem, UsageError
from macros.tree import CODE, Tree

_NOISE = re.compile(r"^(INFO|DEBUG) ")
_LOUD = re.compile(r"^(WARNING|ERROR|CRITICAL) +- +(.*)$")


def builder_environment() -> dict[str, str]:
    """Returns the variables with which MkDocs runs: it finds our macros, and Material's notice stays out."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(CODE.parent)}


def run_builder(tree: Tree, target: Path, config: Path | None = None) -> None:
    """Builds the tree's pages into `target`. Raises ContentError with every warning; UsageError when MkDocs fails."""
    settings, _ = load_settings(tree)
    # MkDocs writes the day of the build into its site map; a build has no day but the one as of which it speaks.
    day = settings.as_at.first_day if settings else dt.date(1980, 1, 1)
    stamp = {"SOURCE_DATE_EPOCH": f"{dt.datetime.combine(day, dt.time(), dt.UTC).timestamp():.0f}"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config or tree.config)]
    # Never -q (MkDocs then always succeeds) nor -v (it then hides warnings about anchors).
    done = subprocess.run(
        [*command, "--site-dir", str(target)],
        cwd=tree.project,
        env=stamp | builder_environment(),
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
        raise ContentError(locate_warning(tree, warning) for warning in warnings)
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


def locate_warning(tree: Tree, warning: str) -> Problem:
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

"""`bench`: how long checks and builds take here: medians, and the site's build against plain MkDocs in the same run."""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from macros.commands.site import build_site
from macros.tree import Tree

ROUNDS = 5


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints medians in seconds."""
    check = [sys.executable, "-m", "macros", "--tree", str(tree.root), "check"]

    def cold() -> None:
        shutil.rmtree(tree.cache / "check", ignore_errors=True)
        subprocess.run(check, stdout=subprocess.DEVNULL, check=True)

    def warm() -> None:
        subprocess.run(check, stdout=subprocess.DEVNULL, check=True)

    with tempfile.TemporaryDirectory() as folder:
        _report("check, cold", cold)
        _report("check, nothing changed", warm)
        _report("build", lambda: build_site(tree, Path(folder) / "site"))
    return 0


def _report(name: str, action: Callable[[], None]) -> None:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    print(f"{name}: median {statistics.median(times):.2f} s of {ROUNDS} (from {min(times):.2f} to {max(times):.2f})")

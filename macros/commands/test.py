"""`test`: everything that must hold before a change lands. Stops where the code or its tests fail."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

from macros.machine.browser import ensure_test_browser
from macros.machine.environment import tool
from macros.tree import Tree

# What reads the code alone; side by side, for types take longer than the others together.
READING = (
    ("types", [tool("mypy"), "macros", "tests", "tools"]),
    ("lint", [tool("ruff"), "check", "macros", "tests", "tools"]),
    ("form", [tool("ruff"), "format", "--check", "--quiet", "macros", "tests", "tools"]),
    ("floors", [tool("lint-imports"), "--no-cache"]),
    ("workflows", [tool("zizmor"), "--offline", "--no-progress", "--quiet", ".github"]),
)
# A test that hangs fails after ten minutes, and says where it stood.
_BOUND = ("--override-ini=faulthandler_timeout=600", "--override-ini=faulthandler_exit_on_timeout=true")
_PYTEST = (sys.executable, "-m", "pytest", *_BOUND, "--numprocesses", "auto")
TESTS = (
    ("unit tests", [*_PYTEST, "tests/unit"]),
    ("site tests", [*_PYTEST, "tests/site", "--dist", "worksteal"]),
)


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Runs every step; returns 1 when one fails. Raises UsageError when there is no browser."""
    ensure_test_browser()
    begun = time.monotonic()
    if not (_read_code(tree) and all(_passes(name, _start(tree, command)) for name, command in TESTS)):
        return 1
    print(f"All steps passed in {time.monotonic() - begun:.0f} s")
    return 0


def _read_code(tree: Tree) -> bool:
    """Runs what reads the code, all at once; shows in turn what each says, and returns whether all pass."""
    started = [(name, _start(tree, command, subprocess.PIPE)) for name, command in READING]
    passed = [_passes(name, process) for name, process in started]  # each is shown, also after one that fails
    return all(passed)


def _start(tree: Tree, command: list[str], said_to: int | None = None) -> subprocess.Popen[bytes]:
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    said_too = None if said_to is None else subprocess.STDOUT
    return subprocess.Popen(command, cwd=tree.root, env=env, stdout=said_to, stderr=said_too)


def _passes(name: str, process: subprocess.Popen[bytes]) -> bool:
    """Waits for a step; shows its name and what it says, and returns whether it passes."""
    print(f"== {name}", flush=True)
    said, _ = process.communicate()
    print((said or b"").decode(errors="replace"), end="", flush=True)
    if process.returncode != 0:
        print(f"{name}: failed", file=sys.stderr)
    return process.returncode == 0

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

# A test that hangs fails after ten minutes, and says where it stood.
_BOUND = ("--override-ini=faulthandler_timeout=600", "--override-ini=faulthandler_exit_on_timeout=true")
_PYTEST = (sys.executable, "-m", "pytest", *_BOUND)
_PARALLEL = (*_PYTEST, "--numprocesses", "auto")
# What reads the code alone; side by side, for types take longer than the others together. That every test can be found
# is asked here, where a processor is idle: what is compiled of them is kept for the processes that run them.
READING = (
    ("types", [tool("mypy"), "macros", "tests", "tools"]),
    ("lint", [tool("ruff"), "check", "macros", "tests", "tools"]),
    ("form", [tool("ruff"), "format", "--check", "--quiet", "macros", "tests", "tools"]),
    ("floors", [tool("lint-imports"), "--no-cache"]),
    ("workflows", [tool("zizmor"), "--offline", "--no-progress", "--quiet", ".github"]),
    ("tests", [*_PYTEST, "--collect-only", "-qq", "tests/unit", "tests/site"]),
)
TESTS = (
    ("unit tests", [*_PARALLEL, "tests/unit"]),
    ("site tests", [*_PARALLEL, "tests/site", "--dist", "worksteal"]),
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
    """Runs what reads the code, all at once; shows each in turn, and returns whether all pass."""
    started = [(name, _start(tree, command, subprocess.PIPE)) for name, command in READING]
    passed = [_passes(name, process) for name, process in started]  # each is shown, also after one that fails
    return all(passed)


def _start(tree: Tree, command: list[str], said_to: int | None = None) -> subprocess.Popen[bytes]:
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPYCACHEPREFIX": str(tree.cache / "bytecode")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started; they write nothing beside the code
    said_too = None if said_to is None else subprocess.STDOUT
    return subprocess.Popen(command, cwd=tree.root, env=env, stdout=said_to, stderr=said_too)


def _passes(name: str, process: subprocess.Popen[bytes]) -> bool:
    """Waits for a step; shows its name, and what it has said where it fails; returns whether it passes."""
    print(f"== {name}", flush=True)
    said, _ = process.communicate()
    if process.returncode != 0:
        print((said or b"").decode(errors="replace"), end="", flush=True)
        print(f"{name}: failed", file=sys.stderr)
    return process.returncode == 0

"""`test`: everything that must hold before a change lands. Stops at the first step that fails."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

from macros.machine.browser import ensure_browser
from macros.machine.environment import tool
from macros.tree import Tree

STEPS = (
    ("lint", [tool("ruff"), "check", "macros", "tests", "tools"]),
    ("form", [tool("ruff"), "format", "--check", "--quiet", "macros", "tests", "tools"]),
    ("types", [tool("mypy"), "macros", "tests", "tools"]),
    ("floors", [tool("lint-imports"), "--no-cache"]),
    ("workflows", [tool("zizmor"), "--offline", "--no-progress", "--quiet", ".github"]),
    ("unit tests", [sys.executable, "-m", "pytest", "tests/unit", "--numprocesses", "auto"]),
    ("site tests", [sys.executable, "-m", "pytest", "tests/site", "--numprocesses", "auto", "--dist", "worksteal"]),
)


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Runs every step; returns 1 when one fails. Raises UsageError when there is no browser."""
    ensure_browser()
    begun = time.monotonic()
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        done = subprocess.run(command, cwd=tree.root, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=False)
        if done.returncode != 0:
            print(f"{name}: failed", file=sys.stderr)
            return 1
    print(f"All steps passed in {time.monotonic() - begun:.0f} s")
    return 0

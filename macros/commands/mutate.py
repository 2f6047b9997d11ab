"""`mutate`: plants faults in the code, drawn from a seed within a bound: do the unit tests notice them?"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from macros.problems import UsageError
from macros.tree import CODE, Tree


def run(_tree: Tree, options: argparse.Namespace) -> int:
    """Runs tests/mutation; returns 1 when too many faults are not noticed. Raises UsageError where nothing can fork."""
    if not hasattr(os, "fork"):
        raise UsageError("each fault is planted in a fork of one process, and this system has none: use Linux or macOS")
    bounds = [f"--{name}={getattr(options, name)}" for name in ("seed", "count", "seconds")]
    command = [sys.executable, "-m", "tests.mutation", *bounds]
    return min(subprocess.run(command, cwd=CODE.parent, check=False).returncode, 1)

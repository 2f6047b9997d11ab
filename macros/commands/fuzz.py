"""`fuzz`: draws bad input from a seed, within a bound of time, until one is neither taken nor refused."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from macros.tree import CODE, Tree


def run(_tree: Tree, options: argparse.Namespace) -> int:
    """Runs tests/fuzz with the seed and the time that are wanted; returns 1 when something was found."""
    environment = os.environ | {"FUZZ_SECONDS": str(options.seconds), "FUZZ_SEED": str(options.seed)}
    command = [sys.executable, "-m", "pytest", "tests/fuzz"]
    return min(subprocess.run(command, cwd=CODE.parent, env=environment, check=False).returncode, 1)

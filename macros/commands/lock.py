"""`lock`: compiles requirements*.in to lock files with hashes."""

from __future__ import annotations

import argparse
import subprocess

from macros.machine.environment import BUILD, LOCKS, tool
from macros.problems import UsageError
from macros.tree import Tree


def run(_tree: Tree, _options: argparse.Namespace) -> int:
    """Writes all lock files anew, the site's before the tests' one, which is held to it."""
    for lock in (BUILD, *LOCKS.values()):
        command = [tool("uv"), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--upgrade"]
        form = ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "make lock"]
        source = lock.with_suffix(".in")
        done = subprocess.run([*command, *form, str(source), "--output-file", str(lock)], cwd=lock.parent, check=False)
        if done.returncode != 0:
            raise UsageError(f"{source.name} could not be resolved: see the message above")
        print(f"Renewed {lock.name}")
    return 0

"""`rollback`: gives readers the release before the one that they get."""

from __future__ import annotations

import argparse

from macros.publication.releases import CURRENT, SITE, roll_back
from macros.tree import Tree


def run(_tree: Tree, options: argparse.Namespace) -> int:
    """Switches, and says to which release. Raises UsageError when there is none before."""
    number = roll_back(options.to.resolve())
    print(f"Release {number} is what readers get again: {options.to / CURRENT / SITE}")
    return 0

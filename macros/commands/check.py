"""`check`: every record and page, all problems in one run. When nothing has changed, the last answer is given again."""

from __future__ import annotations

import argparse

from macros.checked import check_tree
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints what was checked; raises ContentError with every problem."""
    print(check_tree(tree))
    return 0

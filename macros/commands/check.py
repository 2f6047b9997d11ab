"""`check`: every record and page, all problems in one run. When nothing has changed, the last answer is given again."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from macros.checked import check_tree, list_warnings
from macros.editing.workspace import check_files
from macros.editions.edition import load_editions
from macros.editions.restoring import check_comparable
from macros.problems import ContentError
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints what was checked; raises ContentError with every problem."""
    stale = list(check_files(tree))
    try:
        said = check_tree(tree)
    except ContentError as error:
        raise ContentError([*error.problems, *stale]) from None
    editions, problems = load_editions(tree.project, dt.date.max)
    if stale or problems:
        raise ContentError([*stale, *problems])
    for edition in editions:
        if edition.is_whole:  # what is missing is said by `site`
            check_comparable(edition, tree.cache)
    print(said)
    for warning in list_warnings(tree):
        print(f"warning: {warning}", file=sys.stderr)
    return 0

"""`check`: every record and page, all problems in one run. When nothing has changed, the last answer is given again."""

from __future__ import annotations

import argparse
import sys

from macros.cache import digest, digest_code, keep_file
from macros.editor.workspace import check_files
from macros.problems import ContentError
from macros.site.checked import check_tree
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints what was checked; raises ContentError with every problem."""
    stale = list(check_files(tree))
    try:
        said, warnings = check_tree(tree)
    except ContentError as error:
        raise ContentError([*error.problems, *stale]) from None
    if stale:
        raise ContentError(stale)
    folder = tree.project / "editions"
    stored = [*sorted(folder.glob("*/edition.yml")), *sorted(folder.glob("*/manifest-*")), *tree.lists]
    name = digest(digest_code(), [path.as_posix() for path in stored], *stored)
    keep_file(tree.cache / "check", f"comparable-{name}", lambda: _check_comparable(tree))
    print(said)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    return 0


def _check_comparable(tree: Tree) -> bytes:
    """Returns nothing. Raises ContentError when today's code can compare with a stored edition no more."""
    import datetime as dt  # noqa: PLC0415 - all this is not loaded when the answer is known

    from macros.history.restoring import restore_edition  # noqa: PLC0415
    from macros.store.edition import load_editions  # noqa: PLC0415

    editions, problems = load_editions(tree.project, dt.date.max)
    if problems:
        raise ContentError(problems)
    for edition in editions:
        if edition.is_whole:  # what is missing is said by `site`
            restore_edition(edition, tree.cache)
    return b""

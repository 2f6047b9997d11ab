"""`rename`: a record's new id or a page's new path; every mention follows, and the old one goes on working."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.pages.page import page_url
from macros.problems import ContentError, UsageError
from macros.renames.edits import lines_of
from macros.renames.mentions import list_guides
from macros.renames.pages import rename_page, source_of
from macros.renames.records import rename_record
from macros.site.loading import load_site
from macros.tree import Tree

_WHERE: tuple[str, ...] = ("data/**/*.yml", "docs/**/*.md", "overrides/**/*.*", "tests/site/*.yml", "mkdocs.yml")
_CODE = "macros/**/*.py"  # knows the address of a page or two, and of records only examples
# Where the old name is kept on purpose.
_KEPT = re.compile(r"\s*(?:aliases|also_at):")


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Writes the change and lists it. Raises ContentError when the tree is at fault or the new name is taken."""
    if not (options.old and options.new):
        raise UsageError("name both: OLD=term/offtake NEW=term/offtake-agreement, or OLD=docs/a.md NEW=docs/b.md")
    site = load_site(tree, run=False)
    if site.problems:
        raise ContentError(site.problems)
    if options.old.endswith(".md"):
        change = rename_page(tree, site, options.old, options.new)
        address = page_url(source_of(options.old)).rstrip("/")
        where: tuple[str, ...] = (*_WHERE, _CODE)
        left = rf"(?<![\w/.-]){re.escape(address)}(?![\w-]|/\w)"
    else:
        change = rename_record(tree, site, options.old, options.new)
        kind, _, record_id = options.old.partition("/")
        left, where = rf"(?<![\w/-]){kind}[/-]{re.escape(record_id)}(?![\w-])", _WHERE
    for line in change.write():
        print(line)
    for place in _find_left(tree, re.compile(left), where):
        print(f"the old name is still at {place}: read that line yourself")
    print("The old name goes on working. Run make check, then commit all of it as one change")
    return 0


def _find_left(tree: Tree, old: re.Pattern[str], where: Iterable[str]) -> Iterator[str]:
    paths: list[Path] = [path for one in where for path in sorted(tree.project.glob(one)) if path.is_file()]
    for path in (*paths, *list_guides(tree)):
        try:
            lines = lines_of(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(lines, 1):
            if old.search(line) and not _KEPT.match(line):
                yield f"{tree.shown(path)}:{number}"

"""`site`: puts every frozen edition together aside, and the whole site in place of the old one when all is well."""

from __future__ import annotations

import argparse
import datetime as dt
import os

from macros.cache import list_files
from macros.editions.recovering import put_back
from macros.publication.address import UNKNOWN, read_root
from macros.publication.site import build_site
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Builds, and says what was built and how to look at it. Raises ContentError, UsageError."""
    for said in put_back(tree.project):
        print(said)
    for edition in build_site(tree, tree.site, dt.date.today()):
        state = f"published {edition.record.published}" if edition.is_published else "candidate"
        print(f"{edition.id} ({state}): every byte as it was frozen")
    files = list(list_files(tree.site))
    pages = sum(path.suffix == ".html" for path in files)
    print(f"{pages} HTML files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB, in site/")
    if read_root(os.environ) is None:
        print(UNKNOWN)
    print("Look at it: python3 -m http.server --directory site, then open http://127.0.0.1:8000/")
    return 0

"""`draft`: checks the working tree and builds it into draft/, marked as a draft on every page."""

from __future__ import annotations

import argparse

from macros.builder.draft import build_draft
from macros.site.checked import check_tree
from macros.tree import Tree


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Checks, builds, and says where the draft is. Raises ContentError."""
    said, _ = check_tree(tree)
    print(said, flush=True)
    build_draft(tree, tree.root / "draft")
    print("The draft is in draft/. Look at it: make serve, or python3 -m http.server --directory draft")
    return 0

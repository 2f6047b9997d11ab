"""What many tests read, loaded once in each worker: built pages, and the project's own site. None is to be changed."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

from macros.site.loading import Site, load_site
from macros.tree import Tree
from tests.conftest import ROOT


@cache
def parse_page(path: Path) -> BeautifulSoup:
    """Returns the tree of a built page's HTML."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    gc.freeze()  # it stays until the end, and so need not be gone through each time that memory is tidied
    return soup


@cache
def load_own() -> Site:
    """Returns the project's own site, loaded without the check of its macros."""
    return load_site(Tree(ROOT), run=False)

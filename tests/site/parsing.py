"""Built pages, parsed once in each worker, however many tests read them. They are to be read, not changed."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup


@cache
def parse_page(path: Path) -> BeautifulSoup:
    """Returns the tree of a built page's HTML."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    gc.freeze()  # it stays until the end, and so need not be gone through each time that memory is tidied
    return soup

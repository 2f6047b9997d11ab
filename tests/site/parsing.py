"""Built pages, parsed once in each worker, however many tests read them. They are to be read, not changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup


@cache
def parse_page(path: Path) -> BeautifulSoup:
    """Returns the tree of a built page's HTML."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")

"""What every test may use: the project's own tree, and the specimen trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.site import Site, load_site
from macros.tree import Tree

ROOT = Path(__file__).resolve().parent.parent
SPECIMENS = ROOT / "tests" / "specimens"


@pytest.fixture(scope="session")
def small() -> Site:
    """Returns a small tree in which everything is well, with one record of every kind."""
    return load_site(Tree(SPECIMENS / "small"))

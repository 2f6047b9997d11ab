"""What the workers of one run share: the first that needs it makes it, the others wait for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def share(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Returns the folder `name` of this run, which `make` has filled once, in whichever worker came first."""
    base = factory.getbasetemp()
    top = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = top / name, top / f"{name}.done"
    with FileLock(top / f"{name}.lock"):
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder

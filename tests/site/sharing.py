"""What the workers of one run share: the first that needs it makes it, the others wait for it.

With KEEP_BUILDS=1 later runs share it too, as long as nothing that it is made of has changed: for those who run the
tests file by file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from macros.cache import digest, list_files
from tests.conftest import ROOT

_MADE_OF = ("macros", "overrides", "data", "docs", "editions", "guides", "tests")


def share(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Returns the folder `name` of this run, which `make` has filled once, in whichever worker came first."""
    top = _find_top(factory)
    folder, done = top / name, top / f"{name}.done"
    with FileLock(top / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what was cut off
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def _find_top(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    if not os.environ.get("KEEP_BUILDS"):
        return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    top = ROOT / ".cache" / "tests" / _digest()
    top.mkdir(parents=True, exist_ok=True)
    return top


@cache
def _digest() -> str:
    files = [path for name in _MADE_OF for path in list_files(ROOT / name)]
    return digest(ROOT / "mkdocs.yml", ROOT / "requirements.txt", *files)

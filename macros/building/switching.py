"""A site is built aside and put in its place by renaming, so that a reader never sees half of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def aside(cache: Path, target: Path) -> Iterator[Path]:
    """Yields an empty folder to build into; puts it at `target` when all went well, else leaves the old one."""
    folder = cache / "build" / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
        _switch(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _switch(built: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    built.rename(target)
    shutil.rmtree(old, ignore_errors=True)

"""A site is built aside and put in its place by one renaming, so that a reader never sees half of it."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.locking import only_one
from macros.problems import UsageError

_HERE = -100  # AT_FDCWD: paths are read from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE


@contextmanager
def aside(cache: Path, target: Path) -> Iterator[Path]:
    """Yields an empty folder to build into; puts it at `target` when all went well, else leaves the old one.

    Raises UsageError when another command builds the same folder, and when the disk is full or may not be written.
    """
    name = f"{target.name}-{hashlib.sha256(str(target.resolve()).encode()).hexdigest()[:8]}"
    folder = cache / "build" / name
    try:
        with only_one(cache / "build" / f"{name}.lock", f"build of {target.name}/"):
            _put_back(target)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            try:
                yield folder
                switch(folder, target)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise UsageError(f"{target.name}/ was not written and is as it was: {error.strerror}{where}") from error


def switch(built: Path, target: Path) -> None:
    """Puts `built` at `target`, in place of what is there."""
    old = _set_aside(target)
    if not target.exists():
        built.rename(target)
        return
    if _exchange(built, target):
        shutil.rmtree(built, ignore_errors=True)
        return
    # Here a reader could find nothing for an instant, and a kill would leave it so until the next command.
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    built.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _set_aside(target: Path) -> Path:
    return target.with_name(f".{target.name}-old")


def _put_back(target: Path) -> None:
    """Puts right what a command that was cut off has left."""
    old = _set_aside(target)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchanges two folders in one step, and returns whether this system can."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0)

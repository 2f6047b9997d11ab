"""Copies of a tree for tests that damage them: mended after each test, and read again only where damaged.

A memory finds what a full check finds (`tests/unit/test_memory.py`), in a fifth of the time.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.site.loading import Site, load_site
from macros.text.memory import Memory
from macros.tree import Tree


class Copies:
    """As many copies as one test has asked for at once, in a folder of this process."""

    def __init__(self, make: Callable[[Path], Path], folder: Path) -> None:
        self._make = make
        self._folder = folder
        self._copies = [_Copy(make(folder / "0" / "tree"))]
        self._taken = 0

    def take(self) -> Path:
        """Returns the top of a copy in which everything is as it was in the tree."""
        if self._taken == len(self._copies):
            self._copies.append(_Copy(self._make(self._folder / str(self._taken) / "tree")))
        self._taken += 1
        return self._copies[self._taken - 1].top

    @property
    def taken(self) -> list[Path]:
        return [one.top for one in self._copies[: self._taken]]

    def load(self, top: Path) -> Site:
        """Returns the site of a copy as it is now, with its problems."""
        found = next(one for one in self._copies if one.top == top)
        return load_site(Tree(top), memory=found.memory)

    @contextmanager
    def mended(self) -> Iterator[Copies]:
        """Mends what was taken, at the end."""
        yield self
        for copy in self._copies[: self._taken]:
            copy.mend()
        self._taken = 0


class _Copy:
    def __init__(self, top: Path) -> None:
        self.top = top
        self.memory = Memory()
        load_site(Tree(top), memory=self.memory)
        self._whole = {path: path.read_bytes() if path.is_file() else None for path in sorted(top.rglob("*"))}
        self._stamps = {path: _stamp(path) for path in self._whole}

    def mend(self) -> None:
        """Drops what is new or another, and writes what is missing."""
        for path in sorted(_walk(self.top), reverse=True):
            if self._stamps.get(path) != _stamp(path):
                _drop(path)
        for path, content in self._whole.items():
            if content is None:
                path.mkdir(exist_ok=True)
            elif not path.exists():
                path.write_bytes(content)
                self._stamps[path] = _stamp(path)


def _walk(top: Path) -> Iterator[Path]:
    """Yields all that is below a folder, in no link to another."""
    for folder, folders, files in os.walk(top):
        yield from (Path(folder, name) for name in (*folders, *files))


def _drop(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _stamp(path: Path) -> tuple[int, ...]:
    """Returns what tells one state of a file or link from another; a folder is the same whatever it holds."""
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode):
        return (found.st_mode,)
    return found.st_mode, found.st_mtime_ns, found.st_ctime_ns, found.st_size

"""What was made of a part of the tree, kept while that part is the same: so that one saved file is read again alone.

A memory changes no answer: with an empty one everything is made anew. It can be pickled, and taken up by the next run
of the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar, cast

T = TypeVar("T")


class Memory:
    """Things by name, each with what it was made of. Whoever gets a kept thing must not change it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, object]] = {}
        self._named: set[Hashable] = set()

    @property
    def is_empty(self) -> bool:
        return not self._kept

    def recall(self, name: Hashable, made_of: object, make: Callable[[], T]) -> T:
        """Returns the thing of this name, made anew when it was made of something else."""
        self._named.add(name)
        kept = self._kept.get(name)
        if kept is None or (kept[0] is not made_of and kept[0] != made_of):
            kept = self._kept[name] = (made_of, make())
        return cast("T", kept[1])  # a name has things of one type

    def sweep(self) -> None:
        """Forgets what nobody asked for since the last time: files that are gone."""
        self._kept = {name: kept for name, kept in self._kept.items() if name in self._named}
        self._named = set()


def stamp(path: Path) -> tuple[int, int, int]:
    """Returns what tells one state of a file from another without reading it; zeros for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size

"""What was made of a part of the tree, kept while that part is the same: so that one saved file is read again alone.

A memory changes no answer: with an empty one everything is made anew. It can be pickled, and taken up by the next run
of the same code.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")
V = TypeVar("V")
# What was read of a mapping: by a key the value, None where there was none; by no key, its keys.
Reads = dict[str | None, object]


class Watched(Mapping[str, V]):
    """A mapping that notes in `reads` what is read of it. Its values must never be None."""

    def __init__(self, whole: Mapping[str, V], reads: Reads) -> None:
        self._whole = whole
        self._reads = reads

    def __getitem__(self, key: str) -> V:
        self._reads[key] = found = self._whole.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        self._reads[None] = tuple(self._whole)
        return iter(self._whole)

    def __len__(self) -> int:
        return len(tuple(iter(self)))


class Memory:
    """Things by name, each with what it was made of. Whoever gets a kept thing must not change it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Any, object]] = {}
        self._named: set[Hashable] = set()
        self._begun: float | None = None
        self.spent = 0.0  # seconds of processor in which things were made anew

    @property
    def is_empty(self) -> bool:
        return not self._kept

    def recall(self, name: Hashable, made_of: object, make: Callable[[], T]) -> T:
        """Returns the thing of this name, made anew when it was made of something else."""
        self._named.add(name)
        kept = self._kept.get(name)
        if kept is None or not _is_same(kept[0], made_of):
            kept = self._kept[name] = (made_of, self._make(make))
        return cast("T", kept[1])  # a name has things of one type

    def recall_read(
        self,
        name: Hashable,
        made_of: object,
        given: Mapping[str, Mapping[str, Any]],
        make: Callable[[Mapping[str, Mapping[str, Any]]], T],
    ) -> T:
        """Returns the thing of this name, made anew when anything was changed that was read when it was made.

        `given` are the mappings, by name, of which `make` reads what it needs; `made_of` is what it is made of besides.
        """
        self._named.add(name)
        kept = self._kept.get(name)
        if kept is None or not _is_same(kept[0][0], made_of) or not _reads_same(kept[0][1], given):
            reads: dict[str, Reads] = {one: {} for one in given}
            made = self._make(partial(make, {one: Watched(whole, reads[one]) for one, whole in given.items()}))
            kept = self._kept[name] = ((made_of, reads), made)
        return cast("T", kept[1])

    def _make(self, make: Callable[[], T]) -> T:
        """Makes a thing, and counts the time; that of what is made within it is in its own."""
        if self._begun is not None:
            return make()
        self._begun = time.process_time()
        try:
            return make()
        finally:
            self.spent += time.process_time() - self._begun
            self._begun = None

    def sweep(self) -> None:
        """Forgets what nobody asked for since the last time: files that are gone."""
        if len(self._kept) > len(self._named):  # what was named is kept
            self._kept = {name: kept for name, kept in self._kept.items() if name in self._named}
        self._named = set()


def _is_same(one: object, other: object) -> bool:
    return one is other or one == other


def _reads_same(reads: Mapping[str, Reads], given: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether all that was read of each mapping is still as it was."""
    for name, read in reads.items():
        whole = given[name]
        for key, value in read.items():
            found = tuple(whole) if key is None else whole.get(key)
            if found is not value and found != value:
                return False
    return True


def stamp(path: Path) -> tuple[int, int, int]:
    """Returns what tells one state of a file from another without reading it; zeros for one that is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked of thousands of files, which Path takes twice as long for
    except OSError:
        try:
            found = os.lstat(path)  # a link that leads nowhere
        except OSError:
            return 0, 0, 0
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size

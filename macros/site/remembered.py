"""The memory of what was read, kept in `.cache/` from one run to the next."""

from __future__ import annotations

import contextlib
from pathlib import Path

from macros.cache import digest, digest_code, keep_alone, read_object, write_object
from macros.text.memory import Memory
from macros.tree import LOCK, Tree

_LITTLE = 0.5  # seconds of processor


def read_memory(tree: Tree) -> Memory:
    """Returns the memory that an earlier run of the same code has left for this tree; an empty one without one."""
    memory = read_object(_path(tree))
    return memory if isinstance(memory, Memory) else Memory()


def keep_memory(tree: Tree, memory: Memory) -> None:
    """Writes the memory down for the next run; those of other code are dropped.

    Where little was made anew, making that little once more takes less time than writing everything.
    """
    if memory.spent < _LITTLE:
        return
    memory.spent = 0.0
    path = _path(tree)
    with contextlib.suppress(OSError):
        write_object(path, memory)
        keep_alone(path.parent, path.name)


def _path(tree: Tree) -> Path:
    return tree.cache / "memory" / f"{digest(digest_code(), str(tree.root), LOCK)}.pickle"

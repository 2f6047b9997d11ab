"""The memory of what was read, kept in `.cache/` from one run to the next."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from macros.cache import digest, keep_alone, list_code, read_object, write_object
from macros.text.memory import Memory
from macros.tree import LOCK, Tree


def read_memory(tree: Tree) -> Memory:
    """Returns the memory that an earlier run of the same code has left for this tree; an empty one without one."""
    memory = read_object(_path(tree))
    return memory if isinstance(memory, Memory) else Memory()


def keep_memory(tree: Tree, memory: Memory) -> None:
    """Writes the memory down for the next run; those of other code are dropped."""
    path = _path(tree)
    with contextlib.suppress(OSError):
        write_object(path, memory)
        keep_alone(path.parent, path.name)


def _path(tree: Tree) -> Path:
    return tree.cache / "memory" / f"{digest(sys.version, str(tree.root), LOCK, *list_code())}.pickle"

"""The memory of what was read, kept in `.cache/` from one run to the next."""

from __future__ import annotations

import contextlib
import pickle
from pathlib import Path

from macros.cache import digest, digest_code, write_whole
from macros.text.memory import Memory
from macros.tree import LOCK, Tree

_LITTLE = 0.5  # seconds of processor


def read_memory(tree: Tree) -> Memory:
    """Returns the memory that an earlier run of the same code has left for this tree; an empty one without one."""
    with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError):
        memory = pickle.loads(_path(tree).read_bytes())  # noqa: S301 - our own file, named by a hash of the code
        if isinstance(memory, Memory):
            return memory
    return Memory()


def keep_memory(tree: Tree, memory: Memory) -> None:
    """Writes the memory down for the next run; those of other code are dropped.

    Where little was made anew, making that little once more takes less time than writing everything.
    """
    if memory.spent < _LITTLE:
        return
    memory.spent = 0.0
    path = _path(tree)
    with contextlib.suppress(OSError):
        write_whole(path, pickle.dumps(memory, pickle.HIGHEST_PROTOCOL))
        for old in path.parent.glob("*.pickle"):
            if old != path:
                old.unlink(missing_ok=True)


def _path(tree: Tree) -> Path:
    return tree.cache / "memory" / f"{digest(digest_code(), str(tree.root), LOCK)}.pickle"

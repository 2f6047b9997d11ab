"""One at a time: a command that writes a folder holds a lock, and a second one says so instead of writing into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from macros.problems import UsageError


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Holds the lock file `path` while its block runs; `what` names the work: `make publish`.

    The system releases the lock when the process ends, however it ends. Raises UsageError when another holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(f"another {what} is running here: wait until it has ended") from None
    try:
        yield
    finally:
        lock.release()

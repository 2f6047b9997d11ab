"""What is kept in `.cache/`: files, folders, objects and templates, each named by a digest of all that it is made of.

A changed byte makes another name, so nothing stale can be taken. What is used is marked as used; `tidy` lets go of what
nobody used for a month, and of what was used longest ago while all of it is larger than LARGEST.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from jinja2 import FileSystemBytecodeCache

T = TypeVar("T")

LARGEST = 1_000_000_000  # bytes
LONGEST = 30 * 86_400  # seconds
_JUST_NOW = 3_600  # what was used within the last hour may be in use still
_PART = 65_536  # bytes that are read at once
_CODE = Path(__file__).resolve().parent
_KINDS = (
    *("assembled", "briefs", "cards", "check", "components", "exports"),
    *("feeds", "frames", "pictures", "restored", "search", "standing"),
)


def digest(*parts: object) -> str:
    """Returns a name for what is made of these: files by their bytes, bytes, and values that JSON can say."""
    made = hashlib.sha256()
    for part in parts:
        content = _read(part)
        made.update(f"{len(content)}\0".encode())
        made.update(content)
    return made.hexdigest()


@cache
def digest_code() -> str:
    """Returns a digest of Python, of our code and of what lies beside it: what is made may change with each."""
    code = list(list_files(_CODE))
    return digest(sys.version, [path.relative_to(_CODE).as_posix() for path in code], *code)


def list_files(*folders: Path, skip: Iterable[str] = ("__pycache__",)) -> Iterator[Path]:
    """Yields every file under the folders, in order; folders whose names are in `skip` are left out."""
    left_out = frozenset(skip)
    for folder in folders:
        for top, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name not in left_out)
            yield from (Path(top) / name for name in sorted(names))


def keep_file(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Returns the bytes kept under this name; makes and keeps them when there are none.

    Where nothing can be written they are made anew each time.
    """
    path = folder / name
    try:
        kept = path.read_bytes()
    except OSError:
        kept = make()
        with suppress(OSError):
            write_whole(path, kept)
    else:
        mark_used(path)
    return kept


def keep_folder(folder: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """Returns the folder kept under this name; fills and keeps an empty one when there is none."""
    path = folder / name
    if path.is_dir():
        mark_used(path)
        return path
    import shutil  # noqa: PLC0415 - loads what packs archives, and a known answer of the check keeps no folder

    part = folder / f"{name}.{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        fill(part)
        part.rename(path)
    except OSError:
        if not path.is_dir():  # else another process has made the same meanwhile
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return path


def keep_object(folder: Path, name: str, make: Callable[[], T]) -> T:
    """Returns the object kept under this name; makes and keeps it when there is none."""
    made: list[T] = []

    def write() -> bytes:
        made.append(make())
        return pickle.dumps(made[0], pickle.HIGHEST_PROTOCOL)

    kept = keep_file(folder, name, write)
    return made[0] if made else cast("T", pickle.loads(kept))  # noqa: S301 - our own file, named by what made it


def read_object(path: Path) -> object:
    """Returns the object kept here; None when there is none, or only a part of one."""
    with suppress(OSError, pickle.UnpicklingError, EOFError):
        return cast("object", pickle.loads(path.read_bytes()))  # noqa: S301 - as above
    return None


def write_object(path: Path, value: object) -> None:
    """Keeps an object here, for `read_object`."""
    write_whole(path, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def keep_alone(folder: Path, name: str) -> None:
    """Lets go of everything in a folder but what begins with this name: another process may be writing the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if not old.name.startswith(name):
            old.unlink(missing_ok=True)


def keep_bytecode(cache: Path, *parts: object) -> FileSystemBytecodeCache | None:
    """Returns where compiled templates are kept, each under a digest of its text, for an environment made of these.

    Returns None where nothing can be written.
    """
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - most of what is kept is no template

    folder = cache / "components" / digest(*parts)[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file that another process may read or write at the same time: it sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def mark_used(path: Path) -> None:
    """Says that what is kept here is in use."""
    with suppress(OSError):
        os.utime(path)


def tidy(cache: Path, *, largest: int = LARGEST, longest: float = LONGEST) -> None:
    """Lets go of what was not used for so long, and of what was used longest ago while the rest is too large."""
    import shutil  # noqa: PLC0415 - as above

    now = time.time()
    with suppress(OSError):  # another process tidies too, or nothing may be removed here
        kept = sorted(((path.stat().st_mtime, path) for path in _entries(cache)), reverse=True)
        size = 0
        for used, path in kept:
            size += _measure(path)
            idle = now - used
            if idle > longest or (size > largest and idle > _JUST_NOW):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _entries(cache: Path) -> Iterator[Path]:
    for kind in _KINDS:
        if (cache / kind).is_dir():
            yield from (cache / kind).iterdir()


def _measure(path: Path) -> int:
    """Returns the bytes of a file, or of all files in a folder."""
    files = list_files(path) if path.is_dir() else (path,)
    return sum(one.stat().st_size for one in files)


def _read_file(path: Path) -> bytes:
    """Returns the bytes of a file in half of the time that a file object takes: thousands are read for one name."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return b"".join(iter(lambda: os.read(file, _PART), b""))
    finally:
        os.close(file)


def _read(part: object) -> bytes:
    if isinstance(part, Path):
        try:
            return _read_file(part)
        except OSError:
            return b""
    if isinstance(part, bytes):
        return part
    return json.dumps(part, ensure_ascii=False, sort_keys=True, default=str).encode()

"""Whether the site in place is the one that would be built: what it was made of is noted, and how its files stood then.

A file that was changed, added or taken away since makes it another, and it is built anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from macros.cache import digest, write_whole
from macros.configuration.config import read_config
from macros.editions.assembling import describe_frame
from macros.store.edition import MANIFEST, RECORD, Edition
from macros.tree import Tree


def describe_site(tree: Tree, editions: Sequence[Edition], root: str | None) -> str:
    """Returns a digest of all that a site is made of; manifests stand for what they list, and have been checked."""
    stored = [one.folder / part for one in editions for part in (MANIFEST, RECORD)]
    return digest([one.id for one in editions], root, read_config(tree), describe_frame(), *stored, *tree.lists)


def is_standing(tree: Tree, target: Path, made_of: str) -> bool:
    """Returns whether the site in `target` was made of this, and nobody has touched it since."""
    try:
        return _note(tree, target).read_text(encoding="ascii") == f"{made_of} {_survey(target)}"
    except (OSError, ValueError):
        return False


def note_standing(tree: Tree, target: Path, made_of: str) -> None:
    """Notes what the site in `target` is made of. Where nothing can be written, it is built anew each time."""
    with suppress(OSError):
        write_whole(_note(tree, target), f"{made_of} {_survey(target)}".encode("ascii"))


def _note(tree: Tree, target: Path) -> Path:
    return tree.cache / "standing" / hashlib.sha256(os.fsencode(target.resolve())).hexdigest()[:8]


def _survey(folder: Path) -> str:
    """Returns a digest of every file below a folder: its path, its size and when it was written. Raises OSError."""
    found: list[tuple[str, int, int]] = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                told = entry.stat(follow_symlinks=False)
                is_file = entry.is_file(follow_symlinks=False)
                found.append((entry.path, told.st_size if is_file else -1, told.st_mtime_ns if is_file else 0))
    return digest(sorted(found))

"""What an edition was when it was frozen: a hash of every file, and the words of every page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.editions.edition import RECORD, Edition
from macros.problems import Problem

MANIFEST = "manifest.json"
WORDS = "words"


@dataclass(frozen=True)
class Manifest:
    """`files` maps every frozen file to its SHA-256. Not edition.yml: its publication date is added later."""

    files: dict[str, str]


def frozen_files(folder: Path) -> Iterator[Path]:
    """Yields, in order, every file of an edition's folder that may not change."""
    skipped = {folder / MANIFEST, folder / RECORD}
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and path not in skipped)


def hash_files(folder: Path) -> dict[str, str]:
    """Returns the SHA-256 of every frozen file by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in frozen_files(folder)
    }


def write_manifest(folder: Path) -> None:
    """Writes down what the folder holds now."""
    text = json.dumps({"files": hash_files(folder)}, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def seal_edition(edition: Edition) -> str:
    """Returns a hash of everything in an edition, its record too: another one shows what it changed against it."""
    parts = (edition.folder / MANIFEST, edition.folder / RECORD)
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts if part.is_file())).hexdigest()


def check_manifest(edition: Edition) -> list[Problem]:
    """Returns every frozen file that was changed, removed or added since the edition was frozen."""
    path = edition.folder / MANIFEST
    if not path.is_file():
        return []  # said where editions are loaded
    shown = edition.tree.shown(path)
    try:
        frozen = Manifest(json.loads(path.read_text(encoding="utf-8"))["files"]).files
    except (ValueError, KeyError, TypeError) as error:
        hint = "take the file back from version control"
        return [Problem(shown, getattr(error, "lineno", 1), getattr(error, "colno", 1), "the manifest is broken", hint)]
    hint = (
        "a published edition never changes: take the file back, and mend mistakes in a new edition"
        if edition.is_published
        else f"take the file back, or freeze the candidate anew: make edition AS_AT={edition.id} AGAIN=1"
    )
    now = hash_files(edition.folder)
    problems = []
    for name in sorted(frozen.keys() | now.keys()):
        if frozen.get(name) != now.get(name):
            what = "is new" if name not in frozen else "is gone" if name not in now else "was changed"
            where = edition.tree.shown(edition.folder / name)
            problems.append(Problem(where, 1, 1, f"the frozen file {what} since the edition was frozen", hint))
    return problems


def words_path(edition_folder: Path, source: str) -> Path:
    """Returns where the words of the page with this path under docs/ are kept."""
    return edition_folder / WORDS / f"{source.removesuffix('.md')}.txt"

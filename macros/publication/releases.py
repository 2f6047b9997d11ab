"""Puts a built site where a web server reads it: whole, in one step, with the releases before it kept to go back to.

    DIR/current        a link to releases/<number>, switched by renaming; the folder itself where there are no links
    DIR/releases/8/    `site/` is what readers get; beside it what servers are told, and `release.json`

A reader who has an old page open asks for the files that it names, so each release also has the files with digests in
their names of those before it. Files that are the same in two releases are one file with two names.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.locking import only_one
from macros.problems import UsageError
from macros.publication.packing import link_or_copy, list_packed, pack_files
from macros.tree import NAMED

CURRENT = "current"
SITE = "site"
KEPT = 5  # releases that can be gone back to, with the one that readers get
_RELEASES = "releases"
_INCOMING = ".incoming"
_RECORD = "release.json"


@dataclass(frozen=True)
class Release:
    """A release: its number, the one that readers got before it, and its own files with digests in their names."""

    number: int
    follows: int | None
    named: tuple[str, ...]


def publish_release(site: Path, place: Path, told: Mapping[str, str]) -> int:
    """Makes the built site what readers of `place` get, and returns the number of the release.

    `told` are the files beside it by their names: what servers are told. Raises UsageError when another command is at
    work there, or when the disk is full or unwritable; readers then get what they got before.
    """
    with _alone(place):
        live = read_live(place)
        number = 1 + max((*_numbers(place), live.number if live else 0))
        incoming = place / _RELEASES / _INCOMING
        _make_folder(incoming)
        _fill(site, incoming / SITE, place / CURRENT / SITE)
        record = Release(number, live.number if live else None, tuple(_list_named(site)))
        _carry(place, incoming)
        for name, text in told.items():
            (incoming / name).write_text(text, encoding="utf-8", newline="\n")
        (incoming / _RECORD).write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
        if hasattr(os, "sync"):
            os.sync()  # a machine that loses power must not lead readers to files that were never written
        incoming.rename(_folder(place, number))
        _switch(place, number)
        _prune(place)
    return number


def roll_back(place: Path) -> int:
    """Makes the release before the one that readers get theirs again, and returns its number. Raises UsageError."""
    with _alone(place):
        live = read_live(place)
        if live is None:
            raise UsageError(f"nothing is published in {place}: make publish TO={place}")
        if live.follows is None or not _folder(place, live.follows).is_dir():
            raise UsageError(f"release {live.number} is the oldest that is kept in {place}")
        _carry(place, _folder(place, live.follows))
        _switch(place, live.follows)
    return live.follows


def read_live(place: Path) -> Release | None:
    """Returns the release that readers get; None when nothing is published. Raises UsageError when it is not ours."""
    current = place / CURRENT
    if not os.path.lexists(current):
        return None
    try:
        return _read(current)
    except (OSError, ValueError, TypeError, KeyError):
        hint = "name another folder, or move it away"
        raise UsageError(f"{current} was not made by make publish: {hint}") from None


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Runs its block while no other command writes here, and turns what the system refuses into words."""
    try:
        (place / _RELEASES).mkdir(parents=True, exist_ok=True)
        with only_one(place / ".lock", "make publish or make rollback"):
            try:
                if not os.path.lexists(place / CURRENT) and (whole := _numbers(place)):
                    _switch(place, max(whole))  # a command was killed between two steps
                yield
            finally:
                for rest in (place / _RELEASES).glob(".*"):
                    shutil.rmtree(rest, ignore_errors=True)
    except OSError as error:
        said = f"{error.strerror or error}: {error.filename or place}"
        raise UsageError(f"nothing was published, and readers get what they got before ({said})") from None


def _folder(place: Path, number: int) -> Path:
    return place / _RELEASES / str(number)


def _numbers(place: Path) -> list[int]:
    """Returns the numbers of the whole releases in `releases/`."""
    return sorted(int(path.name) for path in (place / _RELEASES).iterdir() if path.name.isdecimal())


def _read(folder: Path) -> Release:
    record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    return Release(record["number"], record["follows"], tuple(record["named"]))


def _make_folder(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    path.chmod(0o755)  # servers read as somebody else


def _list_named(site: Path) -> list[str]:
    paths = (path for folder in sorted(site.glob(f"*/{NAMED}")) for path in sorted(folder.iterdir()))
    return [path.relative_to(site).as_posix() for path in paths]


def _fill(site: Path, target: Path, older: Path) -> None:
    """Copies the site with its packed forms; takes what is the same from the older release."""
    fresh: list[Path] = []
    for top, _, files in os.walk(site):
        here = Path(top).relative_to(site)
        _make_folder(target / here)
        for name in sorted(files):
            source, copy, before = Path(top, name), target / here / name, older / here / name
            if before.is_file() and filecmp.cmp(source, before, shallow=False):
                for one in (before, *list_packed(before)):
                    link_or_copy(one, copy.with_name(one.name))
            else:
                shutil.copyfile(source, copy)
                copy.chmod(0o644)
                fresh.append(copy)
    pack_files(fresh)


def _carry(place: Path, release: Path) -> None:
    """Gives a release the files that open pages of the other ones may still ask for."""
    folders = [_folder(place, number) for number in _numbers(place)]
    if os.path.lexists(place / CURRENT):
        folders.append(place / CURRENT)
    for folder in folders:
        for name in _read(folder).named:
            source, target = folder / SITE / name, release / SITE / name
            if source.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                for one in (*list_packed(source), source):
                    link_or_copy(one, target.with_name(one.name))


def _switch(place: Path, number: int) -> None:
    """Makes a whole release the one that readers get."""
    current = place / CURRENT
    if not os.path.lexists(current) or current.is_symlink():
        link = place / ".next"
        link.unlink(missing_ok=True)
        try:
            link.symlink_to(Path(_RELEASES, str(number)), target_is_directory=True)
        except (OSError, NotImplementedError):
            if current.is_symlink():
                raise
        else:
            link.replace(current)
            return
    if current.is_dir():
        current.rename(_folder(place, _read(current).number))
    _folder(place, number).rename(current)


def _prune(place: Path) -> None:
    """Deletes releases that nobody goes back to."""
    kept: set[int] = set()
    one = read_live(place)
    while one and len(kept) < KEPT:
        kept.add(one.number)
        before = _folder(place, one.follows) if one.follows else None
        one = _read(before) if before and before.is_dir() else None
    for number in _numbers(place):
        if number not in kept:
            with suppress(OSError):  # what cannot be deleted does no harm
                _folder(place, number).rename(place / _RELEASES / f".old-{number}")  # deleted with what else is left

"""A new folder of an edition is put in its place by renaming; what a command that was cut off has left is put right."""

from __future__ import annotations

import shutil
from pathlib import Path


def put_in_place(part: Path, folder: Path) -> None:
    """Puts an edition that is whole where it belongs, in the place of what was there."""
    old = folder.with_name(f".old-{folder.name}")
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def recover(top: Path) -> str:
    """Puts away what a freezing that was cut off has left, and returns what was found and done; empty when nothing."""
    said = put_back(top)
    for path in _hidden(top):
        shutil.rmtree(path)
        what, _, name = path.name.lstrip(".").partition("-")
        if what == "freezing":
            said.append(f"an earlier freezing of {name} was cut off before it was whole: what it left is removed")
    return "\n".join(said)


def put_back(top: Path) -> list[str]:
    """Puts back every edition that was set aside by a freezing that was cut off, and returns what was done."""
    said = []
    for path in _hidden(top):
        what, _, name = path.name.lstrip(".").partition("-")
        if what == "old" and not path.with_name(name).exists():
            path.rename(path.with_name(name))
            said.append(f"an earlier freezing of {name} was cut off: the edition is back as it was; freeze it again")
    return said


def _hidden(top: Path) -> list[Path]:
    """Returns the folders in which a freezing works: .freezing-<id>, .storing-<id> and .old-<id>."""
    return sorted((top / "editions").glob(".*-*"))

"""Files as they lie on disk: which of them are content, and their bytes, when they can be read without harm."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from macros.problems import ContentError, Problem

# No record, page or setting comes near it; what is larger was saved there by mistake.
LARGEST = 1_000_000

# What editors, office programs and systems leave beside files: .DS_Store, .x.swp, .#x, x~, #x#, ~$x, Thumbs.db. What is
# passed over here must be among the `exclude_docs` of mkdocs.yml too, or a draft would publish it.
_EDITORS = re.compile(
    r"\..*|.*~|#.*#|~\$.*|.*\.(?:swp|swo|bak|orig|rej|tmp)|[Tt]humbs\.db|[Dd]esktop\.ini|__MACOSX|__pycache__"
)
# Names that Windows keeps for devices, and signs that it does not take.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_REFUSED_SIGNS = re.compile(r'[<>:"|?*\\\0-\x1f]')
_LONGEST = 100


def is_editors_own(name: str) -> bool:
    """Whether a file or folder of this name belongs to an editor or a system and to no author."""
    return _EDITORS.fullmatch(name) is not None


def ignore_editors_own(_folder: object, names: list[str]) -> list[str]:
    """Returns the names that are not copied with a folder, as shutil.copytree asks for them."""
    return [name for name in names if is_editors_own(name)]


def list_folder(folder: Path) -> list[Path]:
    """Returns what is in a folder, in order, without what editors leave there; nothing when there is no such folder.

    Raises ContentError when it cannot be read.
    """
    return _scan(folder)[0]


def walk_folder(folder: Path, *, folders: bool = False) -> Iterator[Path]:
    """Yields every file below a folder, links to folders among them, in order, without what editors leave there.

    With `folders` each folder is among them, before what is in it.
    """
    found, inner = _scan(folder)
    for path in found:
        is_inner = path.name in inner
        if folders or not is_inner:
            yield path
        if is_inner:
            yield from walk_folder(path, folders=folders)


def _scan(folder: Path) -> tuple[list[Path], set[str]]:
    """Returns what `list_folder` does, and the names of folders, links to which are none: no file is asked by itself.

    Paths come from `iterdir`, which makes them in a fifth of the time that they take from text.
    """
    if not folder.is_dir():
        return [], set()
    try:
        with os.scandir(folder) as entries:
            inner = {one.name for one in entries if one.is_dir(follow_symlinks=False)}
        found = {path.name: path for path in folder.iterdir()}
    except OSError as error:
        raise ContentError([Problem(folder.name, 1, 1, *_unreadable(error))]) from None
    return [found[name] for name in sorted(found) if not is_editors_own(name)], inner


def read_file(path: Path, shown: str, top: Path) -> tuple[bytes | None, list[Problem]]:
    """Returns the bytes of a file inside the folder `top`, or None and why it is not read."""
    message, hint = find_obstacle(path, top)
    if not message:
        try:
            return path.read_bytes(), []
        except OSError as error:
            message, hint = _unreadable(error)
    return None, [Problem(shown, 1, 1, message, hint)]


def find_obstacle(path: Path, top: Path) -> tuple[str, str]:
    """Returns why a file is not read, and the cure; empty when it can be."""
    try:
        target = path.resolve(strict=True)
    except PermissionError as error:
        return _unreadable(error)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        if path.is_symlink():
            return "a link that leads nowhere", "delete the link, and put the file itself here"
        return "the file is missing", "take it back"
    message, hint = "", "give it another name, or delete it"
    if not target.is_relative_to(top.resolve()):
        message, hint = "a link that leads out of the project", "put the file itself here"
    elif target.is_dir():
        message = "a folder where a file should be"
    elif not target.is_file():
        message = "neither a file nor a folder"
    elif (size := target.stat().st_size) > LARGEST:
        message = f"a file of {size:,} bytes"
        hint = f"at most {LARGEST:,} can be read: divide it, or delete what it is not"
    return message, hint if message else ""


def _unreadable(error: OSError) -> tuple[str, str]:
    return f"it cannot be read: {error.strerror}", "correct its permissions, or save it again"


def check_names(paths: Iterable[Path], show: Callable[[Path], str]) -> Iterator[Problem]:
    """Yields every path whose name some machine cannot keep; `show` says how a path is shown."""
    for path in paths:
        message, hint = _find_misnomer(path.name)
        if message:
            yield Problem(show(path), 1, 1, message, hint)


def _find_misnomer(name: str) -> tuple[str, str]:
    try:
        os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        return "the name is not UTF-8", "rename the file: small letters, digits and hyphens"
    if _RESERVED.fullmatch(name):
        return f"Windows keeps the name '{name}' for a device", "rename the file, and write the old id under aliases:"
    if _REFUSED_SIGNS.search(name) or name.endswith((" ", ".")) or name != name.strip():
        return f"Windows cannot keep a file named '{name}'", "rename the file: small letters, digits and hyphens"
    if len(name) > _LONGEST:
        return f"a name of {len(name)} letters", f"at most {_LONGEST}: rename the file"
    return "", ""

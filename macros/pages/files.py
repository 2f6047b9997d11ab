"""What lies under docs/ and data/: pages with names that every machine keeps, pictures, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.pages.page import Page, Pages
from macros.problems import Problem
from macros.text.files import check_names, find_obstacle, walk_folder
from macros.text.text import name_character
from macros.tree import Tree

_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}
_ALMOST = {".md", ".markdown", ".mdx", ".mdown", ".txt"}
_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def check_files(tree: Tree) -> Iterator[Problem]:
    """Yields every file that would be published by mistake, or that some machine cannot keep."""
    pages = list(walk_folder(tree.docs, folders=True))
    misnamed = list(check_names((*walk_folder(tree.data, folders=True), *pages), tree.shown))
    yield from misnamed
    said = {one.path for one in misnamed}
    for path in pages:
        if tree.shown(path) not in said and (fault := _find_fault(path, tree)):
            yield Problem(tree.shown(path), 1, 1, *fault)


def _find_fault(path: Path, tree: Tree) -> tuple[str, str] | None:
    """Returns what is wrong with a file or folder under docs/, and the cure."""
    if path.is_dir() and path.is_symlink():
        return "a link instead of a folder", "put the folder itself here"
    if path.is_dir() and path.suffix == ".md":
        return "a folder where a page should be", "give the folder another name, or delete it"
    if not path.is_dir() and (fault := _find_misplaced(path)):
        return fault
    if not path.is_dir() and path.suffix != ".md" and (obstacle := find_obstacle(path, tree.project))[0]:
        return obstacle
    if not _NAME.fullmatch(path.name):
        strange = next((sign for sign in path.name if not sign.isascii()), "")
        also = f": it has {name_character(strange)}" if strange else ""
        return f"'{path.name}' cannot be part of an address{also}", "rename it: small letters, digits and hyphens"
    return None


def _find_misplaced(path: Path) -> tuple[str, str] | None:
    """Returns why a file under docs/ is neither a page nor a picture, and the cure."""
    if path.name.lower() == "readme.md":
        return "README.md cannot be a page: its address would be that of index.md", "rename the file"
    if path.suffix != ".md" and path.suffix.lower() in _ALMOST:
        return "not a page", f"pages are files that end in .md: rename it to {path.stem}.md, or put it elsewhere"
    if path.suffix != ".md" and path.suffix.lower() not in _PICTURES:
        hint = "everything under docs/ is published with the pages: put it elsewhere"
        return "neither a page nor a picture", hint
    return None


def check_addresses(pages: Pages) -> Iterator[Problem]:
    """Yields every page at whose address another one is: docs/x.md beside docs/x/index.md."""
    taken: dict[str, Page] = {}
    for page in pages.pages:
        first = taken.setdefault(page.url, page)
        if first is not page:
            message = f"its address {page.url or '/'} is that of docs/{first.source}"
            yield Problem(page.file.path, 1, 1, message, "rename one of the two, or make them one page")


def list_pictures(tree: Tree) -> set[str]:
    """Returns the paths under docs/ of what is there beside pages."""
    return {path.relative_to(tree.docs).as_posix() for path in walk_folder(tree.docs) if path.suffix != ".md"}

"""The navigation in mkdocs.yml: every page once, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.configuration.publisher import read_settings
from macros.pages.page import Pages
from macros.problems import Problem, suggest
from macros.text.files import walk_folder
from macros.text.memory import Memory
from macros.text.positions import Document, Path
from macros.tree import Tree

_FORM = "write - page.md, or - Title: and the pages below it, each after a hyphen"


def check_navigation(tree: Tree, pages: Pages, memory: Memory | None = None) -> Iterator[Problem]:
    """Yields what is wrong with mkdocs.yml and its navigation, and every page that is not in it.

    A tree that is being frozen has its navigation elsewhere, and was checked before.
    """
    if tree.top is not None:
        return
    document, problems = read_settings(tree, memory)
    yield from problems
    if problems:
        return
    value = document.value
    if not isinstance(value, dict):
        yield document.problem((), "mkdocs.yml says nothing", "take it back from version control")
        return
    parent = value.get("INHERIT")
    if isinstance(parent, str) and not (tree.config.parent / parent).is_file():
        yield document.problem(("INHERIT",), f"no file '{parent}'", "write the way to the file from here")
    if not pages.pages or (parent and "nav" not in value):  # then it is checked where it is written
        return
    if not isinstance(value.get("nav"), list):
        yield document.problem(("nav",), "the navigation is missing", f"nav: lists every page; {_FORM}", key=True)
        return
    existing = {path.relative_to(tree.docs).as_posix() for path in walk_folder(tree.docs)}
    found: dict[str, int] = {}
    faults = [*_check_entries(document, ("nav",), value["nav"], existing, found)]
    yield from faults
    for page in pages.pages:
        if page.source not in found and not (faults and page.source in document.text):
            hint = f"write a line for it under nav: in {tree.shown(tree.config)}: - {page.source}"
            yield Problem(page.file.path, 1, 1, "the page is not in the navigation", hint)


def _check_entries(
    document: Document, path: Path, entries: list[Any], existing: set[str], found: dict[str, int]
) -> Iterator[Problem]:
    """Yields what is wrong with entries; `found` gets each page with its line."""
    if not entries:
        yield document.problem(path, "a part of the navigation without pages", "name its pages, or delete it")
    for index, entry in enumerate(entries):
        place: Path = (*path, index)
        target: Any = entry
        if isinstance(entry, dict) and len(entry) == 1:
            title, target = next(iter(entry.items()))
            place = (*place, title)
            if not title.strip():
                yield document.problem(place, "a part of the navigation without a title", _FORM, key=True)
        if isinstance(target, list) and isinstance(entry, dict):
            yield from _check_entries(document, place, target, existing, found)
        elif not isinstance(target, str):
            yield document.problem(place, "not an entry of the navigation", _FORM)
        elif fault := _find_fault(target, existing, found):
            yield document.problem(place, *fault)
        else:
            found[target] = document.place(place)[0]


def _find_fault(target: str, existing: set[str], found: dict[str, int]) -> tuple[str, str] | None:
    if target in found:
        return f"'{target}' is in the navigation already", f"it is on line {found[target]}: keep one of them"
    if target not in existing and (":" in target or target.startswith("//")):
        return f"'{target}' is no page of this site", "the navigation names pages only: link to it from a page"
    if target not in existing:
        return f"no page 'docs/{target}'", suggest(target, existing, what="pages") or "write its way from docs/"
    return None

"""One fault, one problem: what follows from a fault that is said at its own place is not said again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from macros.catalog.catalog import Catalog
from macros.catalog.maps import FILE as MAPS
from macros.catalog.maps import NONE
from macros.catalog.references import split_key
from macros.pages.page import Pages
from macros.problems import ContentError, Problem, find_near
from macros.store.files import JSON, kind_path
from macros.text.characters import is_strange
from macros.tree import Tree

_WHOSE = re.compile(r"^record:\s*\S", re.MULTILINE)


@dataclass(frozen=True)
class Causes:
    """The faults from which others may follow.

    `texts` are those of the files that could not be read as they were meant; `pages` says whether a page is among
    them, `unread` whether nothing is known of what a page says, `headless` whether a page does not say whose it is;
    `unknown` are keys of records that the headers of pages name and that do not exist.
    """

    texts: tuple[str, ...]
    pages: bool
    unread: bool
    headless: bool
    unknown: tuple[str, ...]

    def may_name(self, key: str) -> bool:
        """Whether a record, by its key or its id, may be named by what could not be read."""
        if self.unread:
            return True
        record_id = key.partition("/")[2]
        pattern = re.compile(rf"(?<![\w-]){re.escape(record_id)}(?![\w-])")
        return any(pattern.search(text) for text in self.texts) or bool(find_near(key, self.unknown))


def find_causes(catalog: Catalog, pages: Pages, problems: Iterable[Problem]) -> Causes:
    """Returns what is at fault so far."""
    faulty = {one.path for one in problems}
    texts = [document.text for key, document in catalog.documents.items() if key not in catalog.records]
    broken = [page for page in pages.pages if page.file.path in faulty]
    unread = {path for path in faulty if path.endswith(".md") or path == "docs"} - {one.file.path for one in broken}
    texts += [page.file.header.text for page in broken]
    known = (catalog.aliases.get(key, key) for key in pages.own)
    headless = any(page.header is None and not _WHOSE.search(page.file.header.text) for page in broken)
    unknown = tuple(key for key in known if key not in catalog.documents)
    return Causes(tuple(texts), bool(broken or unread), bool(unread), headless, unknown)


def drop_followers(problems: Sequence[Problem], misplaced: Sequence[Problem], tree: Tree) -> list[Problem]:
    """Returns the problems without those that others bring with them, and those of a deleted record as one.

    What is wrong with a file that is `misplaced`, or has a name that it cannot have, is said once; what is wrong with
    a line that holds a deceiving character may come from that. Maps that cannot be read are there all the same.
    """
    elsewhere = {one.path for one in misplaced}
    problems = [*misplaced, *(one for one in problems if one.path not in elsewhere)]
    if any(one.path == tree.shown(tree.data / MAPS) for one in problems):
        problems = [one for one in problems if not one.message.endswith(NONE)]
    strange = {(one.path, one.line) for one in problems if is_strange(one)}
    kept = [one for one in problems if is_strange(one) or (one.path, one.line) not in strange]
    return _join_gone(kept, tree)


def _join_gone(problems: list[Problem], tree: Tree) -> list[Problem]:
    """Returns the problems; all that miss one record that the newest edition has are one, at the first place."""
    missing = {one.missing for one in problems if one.missing}
    edition, kept = _find_kept(missing, tree) if missing else ("", set[str]())
    joined = [one for one in problems if one.missing not in kept]
    for key in sorted(kept):
        places = sorted(one for one in problems if one.missing == key)
        others = [f"{one.path}:{one.line}" for one in places[1:]]
        also = f"; {', '.join(others[:_SOME])} {'name' if others[1:] else 'names'} it too" if others else ""
        also += f", and {len(others) - _SOME} more" if len(others) > _SOME else ""
        message = f"'{key}' is gone: the edition {edition} has it, and the working tree does not{also}"
        hint = "bring its file back; or, if it has a new id, write the old one under its aliases:"
        joined.append(replace(places[0], message=message, hint=hint))
    return joined


_SOME = 8


def _find_kept(keys: Iterable[str], tree: Tree) -> tuple[str, set[str]]:
    """Returns the id of the newest edition, and those of the keys that it has."""
    from macros.store.edition import FILES, load_editions  # noqa: PLC0415 - not loaded when no record is missing

    editions, _ = load_editions(tree.project, dt.date.max)
    if not editions:
        return "", set()
    found = set()
    for key in keys:
        kind, record_id = split_key(key)
        try:
            rows = editions[-1].read_json(f"{FILES}/{kind_path(kind, JSON)}") if kind else ()
            if any(row["id"] == record_id or record_id in row.get("aliases", ()) for row in rows):
                found.add(key)
        except (ContentError, KeyError, TypeError, AttributeError):
            continue  # an edition before the kind; or one that is spoilt, which is said where it is read
    return editions[-1].id, found

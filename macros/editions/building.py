"""Builds one frozen edition, holds its words against those that were frozen, and keeps the result.

A result is kept under a hash of everything that can change it; an edition that has not changed is put back, not built.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from macros.annotating.cards import write_cards
from macros.briefing.typesetting import write_brief
from macros.building.builder import run_builder
from macros.checked import fingerprint
from macros.editions.configuring import read_nav, write_config
from macros.editions.edition import Edition
from macros.editions.manifest import MANIFEST, words_path
from macros.editions.words import find_difference, read_words
from macros.exporting.folder import write_exports
from macros.exporting.release import Release, open_release
from macros.pages.page import page_url
from macros.problems import ContentError, Problem
from macros.searching.indexing import write_search

_KEPT = 8
# The site has one page for what is not found, at its root; the packed map bears the hour of the build.
_NOT_KEPT = ("404.html", "sitemap.xml.gz")


def build_edition(
    edition: Edition, facts: Mapping[str, Any], site_url: str | None, target: Path, earlier: Sequence[Edition] = ()
) -> bool:
    """Puts the built edition at `target`; returns whether it was taken from what is kept.

    `earlier` are the editions before it, oldest first: its calendar counts what changed since.
    Raises ContentError when the tree is at fault or a page's words are not those that were frozen.
    """
    kept = kept_path(edition, facts, site_url, earlier)
    if kept.is_dir():
        os.utime(kept)
        copy_folder(kept, target)
        return True
    run_builder(edition.tree, target, write_config(edition, facts, site_url))
    for name in _NOT_KEPT:
        if name != "404.html" or not facts["newest"]:
            (target / name).unlink(missing_ok=True)
    problems = check_words(edition, target)
    if problems:
        raise ContentError(problems)
    release = release_edition(edition, site_url, earlier)
    write_exports(release, target)
    write_search(release, target)
    write_cards(release, edition.dated, target, edition.tree.cache)
    write_brief(release, edition.dated, target, edition.tree.cache)
    _keep(target, kept)
    return False


def check_words(edition: Edition, built: Path) -> list[Problem]:
    """Returns the pages whose built words are not the frozen ones, each with the first sentence that differs."""
    problems = []
    for source in sorted(path.relative_to(edition.tree.docs).as_posix() for path in edition.tree.docs.rglob("*.md")):
        path = edition.tree.docs / source
        kept = words_path(edition.folder, source)
        frozen = kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else []
        difference = find_difference(frozen, read_words((built / page_url(source) / "index.html").read_bytes()))
        if difference:
            now = f"'{difference.frozen}' is now '{difference.built}'"
            message = f"the words of this page are not those that were frozen: {now}"
            hint = "the words of an edition may not change: undo the change to the code, the templates or the file"
            problems.append(Problem(edition.tree.shown(path), 1, 1, message, hint))
    return problems


def release_edition(edition: Edition, site_url: str | None, earlier: Sequence[Edition]) -> Release:
    """Returns what is exported of an edition. Raises ContentError when it or an earlier one is at fault."""
    record = edition.record
    return open_release(
        edition.tree,
        site_url,
        [one.tree for one in earlier],
        name=edition.id,
        title=record.title,
        note=record.note or "",
        published=record.published,
        nav=read_nav(edition),
    )


def kept_path(
    edition: Edition, facts: Mapping[str, Any], site_url: str | None, earlier: Sequence[Edition] = ()
) -> Path:
    """Returns where the result is kept: the name is a hash of all that decides it."""
    digest = hashlib.sha256(fingerprint(edition.tree).encode())
    digest.update(json.dumps([facts, site_url], sort_keys=True).encode())
    for one in earlier:
        digest.update((one.folder / MANIFEST).read_bytes())
    packages = sorted(f"{one.name}=={one.version}" for one in importlib.metadata.distributions())
    digest.update("\n".join(packages).encode())
    return edition.tree.cache / "built" / digest.hexdigest()


def _keep(built: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    copy_folder(built, part)
    part.rename(kept)
    for old in sorted(kept.parent.iterdir(), key=_last_used)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _last_used(path: Path) -> float:
    """Returns when a result was kept or put back last; now, when another process has just renamed or removed it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def copy_folder(source: Path, target: Path) -> None:
    """Copies a folder's files byte by byte: what is kept shares nothing with what people may touch."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)

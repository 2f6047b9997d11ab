"""Freezes a draft as an edition: its records, pages and navigation, and the words of every page as built now.

All or nothing: everything is written into a hidden folder beside the editions and put in its place by one renaming.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import yaml

from macros.building.builder import run_builder
from macros.building.config import read_config
from macros.changes.history import check_history, plan_pages
from macros.checked import load_checked
from macros.editions.configuring import describe_edition, page_urls, write_config
from macros.editions.edition import NAV, RECORD, Edition, EditionRecord, load_editions, plain_record
from macros.editions.manifest import words_path, write_manifest
from macros.editions.succession import add_change_pages
from macros.editions.words import read_words
from macros.pages.page import page_url
from macros.problems import ContentError, Problem, UsageError
from macros.tree import Tree


def recover(top: Path) -> str:
    """Puts away what a freezing that was cut off has left, and returns what was found and done; empty when nothing."""
    said = put_back(top)
    for path in _hidden(top):
        shutil.rmtree(path)
        name = path.name.partition("-")[2]
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
    """Returns the folders in which a freezing works, named .freezing-<id> and .old-<id>."""
    return sorted((top / "editions").glob(".*-*"))


def freeze_edition(draft: Tree, record: EditionRecord, name: str, today: dt.date, *, again: bool) -> Edition:
    """Freezes the draft under editions/<name>/; with `again` a candidate of that name is replaced.

    Raises ContentError when the draft may not be frozen, UsageError when there is such an edition already.
    """
    top = draft.project
    edition = Edition(top, name, record)
    _check_place(edition, today, again=again)
    site = load_checked(draft)
    if site.catalog.as_at != record.as_at:
        message = f"as_at is {site.catalog.as_at.text}, and an edition as of {record.as_at.text} is wanted"
        raise ContentError([Problem(draft.shown(draft.data / "catalog.yml"), 1, 1, message, "make the two the same")])
    part = edition.folder.with_name(f".freezing-{name}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    shutil.copytree(draft.data, part / "data")
    shutil.copytree(draft.docs, part / "docs")
    older = [one for one in load_editions(top, today)[0] if one.order < edition.order]
    plans = {one.id: plan_pages(one, site) for one in older if one.is_whole}
    nav = add_change_pages(part / "docs", _navigation(draft), older, plans)
    (part / NAV).write_text(yaml.safe_dump(nav, allow_unicode=True, sort_keys=False), encoding="utf-8")
    record = record.model_copy(update={"news": list(site.catalog.news)})
    _write_record(part, record)
    _freeze_words(Edition(top, part.name, record), today)
    write_manifest(part)
    _put_in_place(part, edition.folder)
    return edition


def _check_place(edition: Edition, today: dt.date, *, again: bool) -> None:
    others, problems = load_editions(edition.top, today)
    problems = [one for one in problems if not one.path.startswith(f"editions/{edition.id}/")]
    if problems:
        raise ContentError(problems)
    found = next((one for one in others if one.id == edition.id), None)
    if found and found.is_published:
        message = f"the edition {edition.id} is published and never changes"
        following = f"{edition.record.as_at.text}.{found.record.number + 1}"
        raise UsageError(f"{message}: a correction is a new edition, {following}")
    if found and not again:
        raise UsageError(f"the edition {edition.id} exists; it is a candidate: AGAIN=1 freezes it anew")
    if not found and again:
        raise UsageError(f"there is no edition {edition.id} to freeze again: leave AGAIN out")


def _navigation(draft: Tree) -> list[Any]:
    """Returns the navigation of the draft: from mkdocs.yml, or from the edition that is frozen again."""
    if draft.top:
        return list(yaml.safe_load((draft.root / NAV).read_text(encoding="utf-8")))
    return list(read_config(draft)["nav"])


def _write_record(folder: Path, record: EditionRecord) -> None:
    text = yaml.safe_dump(plain_record(record), allow_unicode=True, sort_keys=False, width=100)
    (folder / RECORD).write_text(text, encoding="utf-8")


def _freeze_words(edition: Edition, today: dt.date) -> None:
    """Builds the edition as it lies and writes down the words of every page. Raises ContentError."""
    others = [one for one in load_editions(edition.top, today)[0] if one.order != edition.order]
    editions = sorted([*others, edition], key=lambda one: one.order)
    facts = describe_edition(edition, editions, {one.id: page_urls(one) for one in editions})
    check_history(edition.tree)
    built = edition.tree.cache / "freezing"
    shutil.rmtree(built, ignore_errors=True)
    run_builder(edition.tree, built, write_config(edition, facts, None))
    for path in sorted(edition.tree.docs.rglob("*.md")):
        source = path.relative_to(edition.tree.docs).as_posix()
        words = words_path(edition.folder, source)
        words.parent.mkdir(parents=True, exist_ok=True)
        page = built / page_url(source) / "index.html"
        words.write_text("".join(f"{line}\n" for line in read_words(page.read_bytes())), encoding="utf-8")
    shutil.rmtree(built)


def _put_in_place(part: Path, folder: Path) -> None:
    old = folder.with_name(f".old-{folder.name}")
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)

"""Builds every edition at once and puts the whole site in its place."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from macros.building.switching import aside
from macros.editions.building import build_edition, copy_folder
from macros.editions.configuring import LATEST, describe_edition, page_urls
from macros.editions.edition import Edition, load_editions
from macros.editions.manifest import check_manifest
from macros.problems import ContentError, Problem, UsageError
from macros.publishing.feed import NAME, create_feed, read_publisher
from macros.publishing.root import write_root
from macros.tree import Tree


@dataclass(frozen=True)
class Built:
    """An edition in the built site, and whether it was put back unchanged from an earlier build."""

    edition: Edition
    restored: bool


def build_site(tree: Tree, target: Path, today: dt.date) -> list[Built]:
    """Builds all frozen editions into `target`. Raises ContentError; the old site is then left whole.

    Raises UsageError when there is no edition.
    """
    editions = open_editions(tree, today)
    site_url = os.environ.get("SITE_URL")
    urls = {edition.id: page_urls(edition) for edition in editions}
    with aside(tree.cache, target) as folder:
        jobs = [
            (edition, describe_edition(edition, editions, urls), site_url, folder / edition.id, editions[:index])
            for index, edition in enumerate(editions)
        ]
        with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as pool:
            outcomes = list(pool.map(_try_build, jobs))
        problems = [problem for _, found in outcomes for problem in found]
        if problems:
            raise ContentError(problems)
        copy_folder(folder / editions[-1].id, folder / LATEST)
        write_root(folder, editions, urls, site_url)
        (folder / NAME).write_bytes(create_feed(editions, read_publisher(tree)))
    return [Built(edition, restored) for edition, (restored, _) in zip(editions, outcomes, strict=True)]


def open_editions(tree: Tree, today: dt.date) -> list[Edition]:
    """Returns the editions, oldest first.

    Raises ContentError when one is not what was frozen, UsageError when there is none.
    """
    editions, problems = load_editions(tree.project, today)
    problems += [problem for edition in editions for problem in check_manifest(edition)]
    if problems:
        raise ContentError(problems)
    if not editions:
        how = "make edition AS_AT=2026-09-30 freezes one, make draft shows the working tree"
        raise UsageError(f"no edition is frozen yet: {how}")
    return editions


def _try_build(
    job: tuple[Edition, dict[str, object], str | None, Path, list[Edition]],
) -> tuple[bool, list[Problem]]:
    try:
        return build_edition(*job), []
    except ContentError as error:
        return False, error.problems

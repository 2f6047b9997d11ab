"""Puts every edition together and switches the whole site into its place."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

from macros.building.switching import aside
from macros.editions.assembling import assemble_edition
from macros.editions.digests import check_chain, check_compared, check_manifest
from macros.editions.edition import Edition, load_editions
from macros.editions.neighbors import describe_edition
from macros.editions.restoring import list_urls
from macros.exporting.files import FEED
from macros.problems import ContentError, UsageError
from macros.publishing.address import read_root
from macros.publishing.feed import create_feed, read_masthead
from macros.publishing.naming import name_files
from macros.publishing.root import write_root
from macros.tree import LATEST, Tree


def build_site(tree: Tree, target: Path, today: dt.date) -> list[Edition]:
    """Puts all editions together in `target` and returns them. Raises ContentError; the old site is then left whole.

    Raises UsageError when there is no edition, or SITE_URL is no address.
    """
    root = read_root(os.environ)
    editions = open_editions(tree, today)
    urls = {edition.id: list_urls(edition) for edition in editions}
    with aside(tree.cache, target) as folder:
        for edition in editions:
            assemble_edition(tree, edition, describe_edition(edition, editions, urls), folder / edition.id)
            name_files(folder / edition.id)
        shutil.copytree(folder / editions[-1].id, folder / LATEST, copy_function=shutil.copyfile)
        write_root(folder, editions, urls, root)
        (folder / FEED).write_bytes(create_feed(tree, editions, read_masthead(tree)))
    return editions


def open_editions(tree: Tree, today: dt.date) -> list[Edition]:
    """Returns the editions, oldest first.

    Raises ContentError when one is not what was frozen, UsageError when there is none.
    """
    editions, problems = load_editions(tree.project, today)
    problems += [problem for edition in editions for problem in check_manifest(edition)]
    problems += [*check_compared(editions), *check_chain(tree.project, editions)]
    if problems:
        raise ContentError(problems)
    if not editions:
        how = "make edition AS_AT=2026-09-30 freezes one, make draft shows the working tree"
        raise UsageError(f"no edition is frozen yet: {how}")
    return editions

"""Puts every edition together and switches the whole site into its place."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from macros.builder.switching import aside
from macros.cache import digest, digest_code, keep_file, tidy
from macros.configuration.config import read_config
from macros.editions.assembling import assemble_edition, find_kept
from macros.editions.neighbors import describe_edition
from macros.problems import ContentError, UsageError
from macros.publication.address import read_root
from macros.publication.naming import name_files
from macros.publication.root import write_root
from macros.publication.standing import describe_site, is_standing, note_standing
from macros.store.digests import check_chain, check_compared, check_manifest
from macros.store.edition import MANIFEST, RECORD, Edition, load_editions
from macros.store.files import FEED
from macros.store.stored import list_urls
from macros.tree import LATEST, Tree

# Fewer editions are put together sooner than another process has started.
_MANY = 4


def build_site(tree: Tree, target: Path, today: dt.date) -> list[Edition]:
    """Puts all editions together in `target` and returns them, unless they stand there as they would be put together.

    Raises ContentError, and UsageError when there is no edition, or SITE_URL is no address; the old site is left whole.
    """
    root = read_root(os.environ)
    editions = open_editions(tree, today)
    made_of = describe_site(tree, editions, root)
    if is_standing(tree, target, made_of):
        return editions
    urls = {edition.id: list_urls(edition) for edition in editions}
    with aside(tree.cache, target) as folder:
        facts = [describe_edition(edition, editions, urls) for edition in editions]
        _assemble(tree, editions, facts, folder)
        shutil.copytree(folder / editions[-1].id, folder / LATEST, copy_function=shutil.copyfile)
        write_root(folder, editions, urls, root)
        (folder / FEED).write_bytes(_make_feed(tree, editions))
    note_standing(tree, target, made_of)
    tidy(tree.cache)
    return editions


def _assemble(tree: Tree, editions: Sequence[Edition], facts: Sequence[Mapping[str, object]], folder: Path) -> None:
    """Puts all editions into `folder`. If many are not kept yet, half on each of two cores.

    The processes are started afresh: threads may run in this one.
    """
    waiting = [one for one, said in zip(editions, facts, strict=True) if not find_kept(tree, one, said).is_dir()]
    if len(waiting) < _MANY:
        for edition, said in zip(editions, facts, strict=True):
            assemble_edition(tree, edition, said, folder / edition.id, name_files)
        return
    half = len(editions) // 2
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        parts = (range(half), range(half, len(editions)))
        for job in [pool.submit(_assemble_part, tree, editions, facts, folder, part) for part in parts]:
            job.result()


def _assemble_part(
    tree: Tree, editions: Sequence[Edition], facts: Sequence[Mapping[str, object]], folder: Path, numbers: range
) -> None:
    """Does so with some of the editions, and keeps what the feed says of them."""
    from macros.publication.feed import list_entries, read_masthead  # noqa: PLC0415 - not loaded when all is kept

    for number in numbers:
        assemble_edition(tree, editions[number], facts[number], folder / editions[number].id, name_files)
    list_entries(tree, editions, numbers, read_masthead(tree))


def _make_feed(tree: Tree, editions: Sequence[Edition]) -> bytes:
    """Returns the feed, kept under a digest of the editions, the configuration, the closed lists and the code."""

    def make() -> bytes:
        from macros.publication.feed import create_feed, list_entries, read_masthead  # noqa: PLC0415 - as above

        masthead = read_masthead(tree)
        return create_feed(masthead, list_entries(tree, editions, range(len(editions)), masthead))

    stored = [one.folder / part for one in editions for part in (MANIFEST, RECORD)]
    name = digest(read_config(tree), *stored, *tree.lists, digest_code())
    return keep_file(tree.cache / "feeds", f"{name}.xml", make)


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

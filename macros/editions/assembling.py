"""Puts a stored edition together as readers see it: its articles in today's frame, its files as they are.

What was put together is kept under a digest of the edition's manifest, of the frame and of what the frame says of the
other editions, and copied from there; copied, not linked, so that whoever changes a file in site/ changes no other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.cache import digest, digest_code, keep_folder, list_files
from macros.configuration.config import read_config
from macros.store.edition import COMPARED, FILES, MANIFEST, NAV, Edition
from macros.text.files import ignore_editors_own
from macros.tree import COMPONENTS, LATEST, LAYOUTS, LOCK, Tree

if TYPE_CHECKING:
    from macros.builder.wrapping import Article
    from macros.store.stored import Heading, PageHead


def assemble_edition(
    tree: Tree, edition: Edition, facts: Mapping[str, Any], target: Path, finish: Callable[[Path], None]
) -> None:
    """Writes the edition into the new folder `target`; `facts` is what its frame says of the others.

    `finish` does to the folder what is done to every edition of a site.
    """
    shutil.copytree(_keep_edition(tree, edition, facts, finish), target, copy_function=shutil.copyfile)


def _keep_edition(tree: Tree, edition: Edition, facts: Mapping[str, Any], finish: Callable[[Path], None]) -> Path:
    """Returns the folder in which the edition is kept as readers see it; puts it together when there is none."""

    def fill(folder: Path) -> None:
        _assemble(tree, edition, facts, folder)
        finish(folder)

    path = find_kept(tree, edition, facts)
    return keep_folder(path.parent, path.name, fill)


def find_kept(tree: Tree, edition: Edition, facts: Mapping[str, Any]) -> Path:
    """Returns where the edition is kept, or will be."""
    config = {**read_config(tree), "nav": None}  # the edition has its own
    return tree.cache / "assembled" / digest(edition.folder / MANIFEST, facts, config, describe_frame())


@cache
def describe_frame() -> str:
    """Returns a digest of the frame's templates, style sheets and scripts, and of what puts them together."""
    frame = list_files(COMPONENTS.parent, skip=("__pycache__", COMPONENTS.name, LAYOUTS.name))
    return digest(digest_code(), LOCK, *frame)


def _assemble(tree: Tree, edition: Edition, facts: Mapping[str, Any], target: Path) -> None:
    # Not loaded when all of it is kept.
    from macros.builder.wrapping import wrap_articles  # noqa: PLC0415
    from macros.outputs import restore_outputs  # noqa: PLC0415
    from macros.store.stored import read_pages  # noqa: PLC0415

    shutil.copytree(
        edition.folder / FILES, target, copy_function=shutil.copyfile, ignore=ignore_editors_own, dirs_exist_ok=True
    )
    shutil.copyfile(edition.folder / COMPARED, target / COMPARED)  # read by between.js
    root = str(read_config(tree)["site_url"]).removesuffix(f"{LATEST}/")
    articles = [_frame(head, article, root, facts) for head, article in read_pages(edition)]
    nav = edition.read_json(NAV)
    wrap_articles(tree, articles, target, nav=nav, site_url=f"{root}{LATEST}/", edition=facts)
    restore_outputs(edition, target)


def _frame(head: PageHead, article: str, root: str, facts: Mapping[str, Any]) -> Article:
    """Returns a stored page as the frame takes it, with the addresses of the site where it stands today."""
    from macros.builder.wrapping import Article  # noqa: PLC0415
    from macros.metadata.graph import print_graph  # noqa: PLC0415 - as above
    from macros.store.stored import ROOT  # noqa: PLC0415

    placed = json.loads(json.dumps({"head": head.head, "cite": head.cite, "graph": head.graph}).replace(ROOT, root))
    placed["head"]["canonical"] = f"{root}{facts['canonical'].get(head.url, LATEST)}/{head.url}"
    said = {"title": head.title, "description": head.description, "linked": print_graph(placed["graph"])}
    return Article(head.source, head.title, article, {**head.header, **placed, **said}, _list(head.contents))


def _list(headings: list[Heading]) -> list[dict[str, Any]]:
    return [{"level": one.level, "id": one.id, "name": one.title, "children": _list(one.parts)} for one in headings]

"""Puts a stored edition together as readers see it: its articles in today's frame, its files as they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.annotating.graph import print_graph
from macros.building.config import read_config
from macros.building.wrapping import Article, wrap_articles
from macros.editions.edition import COMPARED, FILES, FINDS, NAV, Edition
from macros.editions.stored import ROOT, Heading, PageHead, read_pages
from macros.reading.files import ignore_editors_own
from macros.searching.gathering import Find
from macros.searching.indexing import write_search
from macros.tree import LATEST, Tree


def assemble_edition(tree: Tree, edition: Edition, facts: Mapping[str, Any], target: Path) -> None:
    """Writes the edition into the empty folder `target`; `facts` is what its frame says of the others."""
    shutil.copytree(edition.folder / FILES, target, copy_function=shutil.copyfile, ignore=ignore_editors_own)
    shutil.copyfile(edition.folder / COMPARED, target / COMPARED)  # read by between.js
    root = str(read_config(tree)["site_url"]).removesuffix(f"{LATEST}/")
    articles = [_frame(head, article, root, facts) for head, article in read_pages(edition)]
    nav = edition.read_json(NAV)
    wrap_articles(tree, articles, target, nav=nav, site_url=f"{root}{LATEST}/", edition=facts)
    finds = [Find(**one) for one in edition.read_json(FINDS)]
    write_search(finds, str(edition.record.as_at), target)


def _frame(head: PageHead, article: str, root: str, facts: Mapping[str, Any]) -> Article:
    """Returns a stored page as the frame takes it, with the addresses of the site where it stands today."""
    placed = json.loads(json.dumps({"head": head.head, "cite": head.cite, "graph": head.graph}).replace(ROOT, root))
    placed["head"]["canonical"] = f"{root}{facts['canonical'].get(head.url, LATEST)}/{head.url}"
    said = {"title": head.title, "description": head.description, "linked": print_graph(placed["graph"])}
    return Article(head.source, head.title, article, {**head.header, **placed, **said}, _list(head.contents))


def _list(headings: list[Heading]) -> list[dict[str, Any]]:
    return [{"level": one.level, "id": one.id, "name": one.title, "children": _list(one.parts)} for one in headings]

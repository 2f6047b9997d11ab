"""The working tree as a draft: built to be looked at, never published."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lxml import html

from macros.builder.builder import run_builder
from macros.builder.switching import aside
from macros.history.history import check_history
from macros.outputs import list_outputs, write_outputs
from macros.pages.page import Page
from macros.site.output import OutputContext, Reads
from macros.site.release import open_release
from macros.tree import LATEST, ROOT_FILES, Tree


def build_draft(tree: Tree, target: Path) -> None:
    """Builds the tree's draft and puts it at `target`. Raises ContentError; the old one is then left as it was."""
    check_history(tree)
    with aside(tree.cache, target) as folder:

        def read_article(page: Page) -> html.HtmlElement:
            return _read_article(folder / LATEST / page.url / "index.html")

        beside = folder / "beside"  # apart, for the builder empties the folder that it writes into
        with ThreadPoolExecutor(1) as pool:
            builder = pool.submit(run_builder, tree, folder / LATEST)
            release = open_release(tree)
            context = OutputContext(release, str(release.catalog.as_at), tree.cache, read_article)
            write_outputs(list_outputs(Reads.articles, without=True), context, beside)
            builder.result()
        shutil.copytree(beside, folder / LATEST, dirs_exist_ok=True)
        shutil.rmtree(beside)
        write_outputs(list_outputs(Reads.articles), context, folder / LATEST)
        shutil.copy(ROOT_FILES / "index.html", folder / "index.html")


def _read_article(path: Path) -> html.HtmlElement:
    """Returns the article of a built page."""
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().find(".//article")

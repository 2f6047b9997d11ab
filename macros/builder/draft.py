"""The working tree as a draft: built to be looked at, never published."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from lxml import html

from macros.builder.builder import run_builder
from macros.builder.switching import aside
from macros.cache import digest, keep_folder, tidy
from macros.configuration.config import read_config
from macros.history.history import check_history
from macros.outputs import list_outputs, write_outputs
from macros.pages.page import Page
from macros.site.checked import fingerprint
from macros.site.output import OutputContext, Reads
from macros.site.release import open_release
from macros.tree import LATEST, ROOT_FILES, Tree


def build_draft(tree: Tree, target: Path) -> None:
    """Builds the tree's draft and puts it at `target`. Raises ContentError; the old one is then left as it was."""
    check_history(tree)
    with aside(tree.cache, target) as folder:

        def read_article(page: Page) -> html.HtmlElement:
            return _read_article(folder / LATEST / page.url / "index.html")

        with ThreadPoolExecutor(1) as pool:
            builder = pool.submit(run_builder, tree, folder / LATEST)
            release = open_release(tree)
            context = OutputContext(release, str(release.catalog.as_at), tree.cache, read_article)
            made_of = digest(fingerprint(tree), read_config(tree))
            alone = list_outputs(Reads.articles, without=True)
            exports = keep_folder(tree.cache / "exports", made_of, partial(write_outputs, alone, context))
            builder.result()
        pages = [folder / LATEST / page.url / "index.html" for page in release.pages.pages]
        name = digest(made_of, *pages)
        reading = list_outputs(Reads.articles)
        search = keep_folder(tree.cache / "search", name, partial(write_outputs, reading, context))
        for kept in (exports, search):
            shutil.copytree(kept, folder / LATEST, copy_function=shutil.copyfile, dirs_exist_ok=True)
        shutil.copy(ROOT_FILES / "index.html", folder / "index.html")
    tidy(tree.cache)


def _read_article(path: Path) -> html.HtmlElement:
    """Returns the article of a built page."""
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().find(".//article")

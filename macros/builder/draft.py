"""The working tree as a draft: built to be looked at, never published."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from lxml import html

from macros.brief.typesetting import write_brief
from macros.builder.builder import run_builder
from macros.builder.switching import aside
from macros.cache import digest, keep_folder, tidy
from macros.configuration.config import read_config
from macros.exports.folder import write_exports
from macros.history.history import check_history
from macros.metadata.social_cards import write_cards
from macros.search.gathering import gather_finds
from macros.search.indexing import write_search
from macros.site.checked import fingerprint
from macros.site.release import Release, open_release
from macros.tree import LATEST, ROOT_FILES, Tree


def build_draft(tree: Tree, target: Path) -> None:
    """Builds the tree's draft and puts it at `target`. Raises ContentError; the old one is then left as it was."""
    check_history(tree)
    with aside(tree.cache, target) as folder:
        with ThreadPoolExecutor(1) as pool:
            builder = pool.submit(run_builder, tree, folder / LATEST)
            release = open_release(tree)
            made_of = digest(fingerprint(tree), read_config(tree))
            exports = keep_folder(tree.cache / "exports", made_of, partial(write_exports, release))
            builder.result()
        pages = [folder / LATEST / page.url / "index.html" for page in release.pages.pages]
        name = digest(made_of, *pages)
        search = keep_folder(tree.cache / "search", name, partial(_write_search, release, folder / LATEST))
        for kept in (exports, search):
            shutil.copytree(kept, folder / LATEST, copy_function=shutil.copyfile, dirs_exist_ok=True)
        write_cards(release, str(release.catalog.as_at), folder / LATEST, tree.cache)
        write_brief(release, str(release.catalog.as_at), folder / LATEST, tree.cache)
        shutil.copy(ROOT_FILES / "index.html", folder / "index.html")
    tidy(tree.cache)


def _write_search(release: Release, built: Path, target: Path) -> None:
    finds = list(gather_finds(release, lambda page: _read_article(built / page.url / "index.html")))
    write_search(finds, str(release.catalog.as_at), target)


def _read_article(path: Path) -> html.HtmlElement:
    """Returns the article of a built page."""
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().find(".//article")

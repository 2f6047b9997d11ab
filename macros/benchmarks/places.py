"""Where commands are measured: copies of a tree that they may change, and the same pages for plain MkDocs."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import yaml

from macros.components.citing import expand_page
from macros.components.page_context import PageContext
from macros.components.templates import BLOCK
from macros.configuration.config import read_config
from macros.history.history import open_history
from macros.site.loading import load_site
from macros.store.digests import write_manifest
from macros.store.edition import RECORD, Edition, plain_record
from macros.tree import CODE, COMPONENTS, Tree


def copy_tree(tree: Tree, folder: Path) -> Tree:
    """Copies records, pages and editions into a new folder, with a configuration that inherits the tree's own."""
    for name in ("data", "docs", "editions"):
        if (tree.root / name).is_dir():
            shutil.copytree(tree.root / name, folder / name)
    write_config(folder, {"INHERIT": str(tree.config)})
    return Tree(folder)


def write_config(folder: Path, config: dict[str, object]) -> None:
    """Writes a configuration that finds our code and our templates from where it stands."""
    places = {
        "theme": {"custom_dir": str(COMPONENTS.parent)},
        "plugins": {"macros": {"module_name": os.path.relpath(CODE, folder)}},
        "watch": [],
    }
    text = yaml.safe_dump({**config, **places}, allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def write_plain(tree: Tree, folder: Path) -> Path:
    """Writes every page with its macros expanded, and returns a configuration with nothing of ours."""
    site = load_site(tree, run=False)
    history = open_history(tree, site)
    for page in site.pages.pages:
        path = folder / "docs" / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        body = expand_page(PageContext(site.catalog, site.pages, page, history=history)).replace(f"{BLOCK}\n", "")
        path.write_text(f"---\ntitle: {page.title!r}\n---\n{body}", encoding="utf-8")
    config = {
        "site_name": "Plain",
        "theme": {"name": "material", "font": False},
        "nav": read_config(tree)["nav"],
        "markdown_extensions": ["attr_list", "tables", "smarty", "toc"],
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def copy_edition(edition: Edition, project: Path, number: int) -> None:
    """Copies an edition under so many dates, a day apart, oldest last, each as if it stood alone."""
    alone: dict[str, object] = {"published": None, "supersedes": None, "compared": [], "follows": None, "number": 1}
    for days in range(number):
        as_at = (edition.record.as_at.first_day - dt.timedelta(days=days)).isoformat()
        copy = project / "editions" / as_at
        if copy.is_dir():
            continue
        shutil.copytree(edition.folder, copy)
        record = plain_record(edition.record.model_copy(update=alone)) | {"as_at": as_at}
        (copy / RECORD).write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
        write_manifest(copy)

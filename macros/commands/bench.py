"""`bench`: how long checks and builds take here: medians, and the site's build against plain MkDocs in the same run."""

from __future__ import annotations

import argparse
import functools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from macros.building.builder import builder_environment
from macros.building.draft import build_draft
from macros.pages.page import Page
from macros.pages.scanning import SYNTAX
from macros.site import Site, load_site
from macros.tree import Tree
from macros.writing.registry import MACROS
from macros.writing.view import View

ROUNDS = 5


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints medians in seconds, and the ratio of our build to a plain one of the same expanded Markdown."""
    check = [sys.executable, "-m", "macros", "--tree", str(tree.root), "check"]

    def cold() -> None:
        shutil.rmtree(tree.cache, ignore_errors=True)
        subprocess.run(check, stdout=subprocess.DEVNULL, check=True)

    def warm() -> None:
        subprocess.run(check, stdout=subprocess.DEVNULL, check=True)

    _report("check, cold", cold)
    _report("check, nothing changed", warm)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain"
        _expand(tree, load_site(tree), plain)
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(plain / "mkdocs.yml")]
        environment = builder_environment()

        def build_plain() -> None:
            subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=True)

        ours = _report("build", lambda: build_draft(tree, Path(folder) / "site"))
        theirs = _report("the same pages, expanded, by plain MkDocs and Material", build_plain)
        print(f"ratio: {ours / theirs:.2f}")
    return 0


def _expand(tree: Tree, site: Site, folder: Path) -> None:
    """Writes every page with its macros expanded, and a configuration without macros and overrides."""
    for page in site.pages.pages:
        path = folder / "docs" / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {page.title!r}\n---\n{_expanded(site, page)}", encoding="utf-8")
    config = yaml.safe_load(tree.config.read_text(encoding="utf-8").replace("!ENV", ""))
    config["theme"].pop("custom_dir")
    config["plugins"].pop("macros")
    for key in ("watch", "extra_css", "strict", "site_url", "site_dir"):
        config.pop(key, None)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


def _expanded(site: Site, page: Page) -> str:
    view = View(site.catalog, site.pages, page)
    calls = {name: functools.partial(view.call, macro) for name, macro in MACROS.items()}
    return SYNTAX.overlay(autoescape=False).from_string(page.file.body).render(calls)


def _report(name: str, action: Callable[[], None]) -> float:
    """Prints and returns the median of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    median = statistics.median(times)
    print(f"{name}: median {median:.2f} s of {ROUNDS} (from {min(times):.2f} to {max(times):.2f})", flush=True)
    return median

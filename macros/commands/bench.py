"""`bench`: how long checks and builds take here: medians, and the site's build against plain MkDocs in the same run."""

from __future__ import annotations

import argparse
import datetime as dt
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
from macros.changes.history import open_history
from macros.editions.building import build_edition
from macros.editions.configuring import describe_edition, page_urls
from macros.editions.edition import Edition
from macros.problems import UsageError
from macros.publishing.site import build_site, open_editions
from macros.site import Site, load_site
from macros.tree import Tree
from macros.writing.expanding import expand_page
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

    for name, action in (("check, cold", cold), ("check, nothing changed", warm)):
        _say(name, *_measure(action))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain"
        _expand(tree, load_site(tree), plain)
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(plain / "mkdocs.yml")]
        environment = builder_environment()

        def build_plain() -> None:
            subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=True)

        ours, theirs = _measure(lambda: build_draft(tree, Path(folder) / "site"), build_plain)
        _say("build", ours)
        _say("the same pages, expanded, by plain MkDocs and Material", theirs)
        print(f"ratio of the medians: {statistics.median(ours) / statistics.median(theirs):.2f}")
        _measure_editions(tree, Path(folder))
    return 0


def _measure_editions(tree: Tree, folder: Path) -> None:
    """Prints how long all editions take together, against the sum of each alone, and when nothing has changed."""
    today = dt.date.today()
    editions = open_editions(tree, today)
    urls = {edition.id: page_urls(edition) for edition in editions}
    facts = {edition.id: describe_edition(edition, editions, urls) for edition in editions}

    def forget() -> None:
        shutil.rmtree(tree.cache, ignore_errors=True)

    def build_alone(edition: Edition) -> None:
        forget()
        shutil.rmtree(folder / "alone", ignore_errors=True)
        earlier = editions[: editions.index(edition)]
        build_edition(edition, facts[edition.id], None, folder / "alone", earlier)

    def build_all() -> None:
        forget()
        build_site(tree, folder / "all", today)

    alone = [functools.partial(build_alone, edition) for edition in editions]
    *single, together = _measure(*alone, build_all)
    for edition, times in zip(editions, single, strict=True):
        _say(f"edition {edition.id} alone, cold", times)
    _say("all editions together, cold", together)
    whole = sum(statistics.median(times) for times in single)
    print(f"ratio of together to the sum of the medians: {statistics.median(together) / whole:.2f}")
    _say("all editions, nothing changed", *_measure(lambda: _put_back(tree, folder / "all", today)))


def _put_back(tree: Tree, target: Path, today: dt.date) -> None:
    if not all(built.restored for built in build_site(tree, target, today)):
        raise UsageError("an unchanged edition was built again")


def _expand(tree: Tree, site: Site, folder: Path) -> None:
    """Writes every page with its macros expanded, and a configuration without macros and overrides."""
    history = open_history(tree, site)
    for page in site.pages.pages:
        path = folder / "docs" / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        body = expand_page(View(site.catalog, site.pages, page, history=history))
        path.write_text(f"---\ntitle: {page.title!r}\n---\n{body}", encoding="utf-8")
    config = yaml.safe_load(tree.config.read_text(encoding="utf-8").replace("!ENV", ""))
    config["theme"].pop("custom_dir")
    for key in ("plugins", "watch", "extra_css", "strict", "site_url", "site_dir"):
        config.pop(key, None)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


def _measure(*actions: Callable[[], None]) -> list[list[float]]:
    """Returns the times of each action in seconds; they take turns, so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for taken, action in zip(times, actions, strict=True):
            begun = time.perf_counter()
            action()
            taken.append(time.perf_counter() - begun)
    return times


def _say(name: str, times: list[float]) -> None:
    spread = f"from {min(times):.2f} to {max(times):.2f}"
    print(f"{name}: median {statistics.median(times):.2f} s of {len(times)} ({spread})", flush=True)

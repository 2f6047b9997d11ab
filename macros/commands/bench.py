"""`bench`: how long checks and builds take here: medians, and the site's build against plain MkDocs in the same run."""

from __future__ import annotations

import argparse
import datetime as dt
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
from macros.editions.digests import write_manifest
from macros.editions.edition import RECORD, Edition
from macros.preview.measuring import measure_saved_to_seen
from macros.publishing.site import build_site, open_editions
from macros.site import Site, load_site
from macros.tree import Tree
from macros.writing.expanding import expand_page
from macros.writing.view import View

ROUNDS = 5
GROWTH = (2, 10, 20)


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
        _measure_growth(tree, Path(folder))
    for name, times in measure_saved_to_seen(tree):
        _say(name, times)
    return 0


def _measure_growth(tree: Tree, folder: Path) -> None:
    """Prints what `site` costs from cold with copies of the newest edition, and what each one adds."""
    today = dt.date.today()
    project = folder / "grown"
    editions = open_editions(tree, today)
    for name in ("mkdocs.yml", "data", "docs"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).symlink_to(tree.root / name)
    grown = Tree(project)
    times: dict[int, float] = {}
    for number in GROWTH:
        _copy_edition(editions[-1], project, number)
        shutil.rmtree(grown.cache, ignore_errors=True)
        begun = time.perf_counter()
        build_site(grown, project / "site", today)
        times[number] = time.perf_counter() - begun
        files = [path for path in (project / "site").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{number} editions, cold: {times[number]:.1f} s, {len(files)} files, {size:.0f} MB", flush=True)
    first, last = GROWTH[0], GROWTH[-1]
    print(f"each further edition: {(times[last] - times[first]) / (last - first):.2f} s")


def _copy_edition(edition: Edition, project: Path, number: int) -> None:
    """Copies an edition under so many dates, a day apart, oldest first, each as if it stood alone."""
    for days in range(number):
        as_at = (edition.record.as_at.first_day - dt.timedelta(days=days)).isoformat()
        copy = project / "editions" / as_at
        if copy.is_dir():
            continue
        shutil.copytree(edition.folder, copy)
        text = yaml.safe_dump({"as_at": as_at, "title": f"Position as of {as_at}"})
        (copy / RECORD).write_text(text, encoding="utf-8")
        write_manifest(copy)


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

"""Saved to seen: how long it takes until a browser shows what was saved, in seconds.

The edits are made in a copy of the project, by code and templates of the copy; the clock runs from before the file is
written until the browser has drawn a frame with the change in it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from macros.benchmarks.measures import measured_environment
from macros.machine.browser import ensure_browser
from macros.machine.environment import VENV
from macros.problems import UsageError
from macros.site.loading import load_site
from macros.tree import CODE, COMPONENTS, Tree

_BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Seen: the page says so, and a frame with it was drawn.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Edit(NamedTuple):
    """What is saved: in `file`, `old` becomes `new` with `{}` for a word of the round; `page` is where it is seen.

    `seen` is a JavaScript condition on the page, with the word as its argument.
    """

    name: str
    file: str
    old: str
    new: str
    page: str
    seen: str


_HAS_WORD = "(word) => document.body?.textContent.includes(word)"
_STYLED = "(word) => getComputedStyle(document.documentElement).getPropertyValue('--saved').trim() === word"
_END = "{{ ending() }}"
_KIND = "provision/"  # its page shows its summary
_SUMMARY = re.compile(r"^summary: (?:>-\n  )?(?=\w)", re.MULTILINE)


def choose_edits(tree: Tree) -> list[Edit]:
    """Returns an edit of each kind, on the page of the tree's first provision that has one."""
    pages = load_site(tree, run=False).pages
    for key, page in sorted(pages.own.items()):
        if not key.startswith(_KIND):
            continue
        file = tree.data / f"{key}.yml"
        found = _SUMMARY.search(file.read_text(encoding="utf-8")) if file.is_file() else None
        if found and _END in page.file.body:
            source, record, old = f"docs/{page.source}", f"data/{key}.yml", found[0]
            return [
                Edit("page", source, _END, "Saved {}.\n\n{{{{ ending() }}}}", page.url, _HAS_WORD),
                Edit("record", record, old, f"{old}Saved {{}} words. ", page.url, _HAS_WORD),
                Edit("template", "overrides/components/sources.html", "", "\n<p>Saved {}</p>", page.url, _HAS_WORD),
                Edit("style sheet", "overrides/assets/base.css", "", "\n:root {{ --saved: {}; }}", page.url, _STYLED),
            ]
    raise UsageError("no provision has a page of its own: nothing can be measured")


def measure_saved_to_seen(tree: Tree, starts: int, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Yields what was measured and its times: until the preview is up, cold and warm, then so many edits of a kind."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = _copy_project(tree, Path(folder) / "project")
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=_BROWSER)
        page = browser.new_page(bypass_csp=True)  # for the condition that is waited for
        edits = choose_edits(tree)
        yield "preview up, nothing read before", [_start(project, page, edits[0].page)]
        times = [_start(project, page, edits[0].page) for _ in range(starts)]
        yield "preview up", times
        with _served(project) as address:
            for edit in edits:
                page.goto(f"{address}latest/{edit.page}")
                yield f"saved to seen, {edit.name}", _measure(page, project, edit, rounds)
        browser.close()


def _copy_project(tree: Tree, project: Path) -> Path:
    """Copies the tree with the code that reads it; the environment is the one that runs now."""
    ignore = shutil.ignore_patterns("__pycache__")
    for source in (CODE, CODE.parent / "overrides", tree.data, tree.docs, tree.root / "editions"):
        if source.is_dir():
            shutil.copytree(source, project / source.name, ignore=ignore)
    for file in (tree.config, *CODE.parent.glob("requirements*.txt")):
        shutil.copy(file, project / file.name)
    config = project / tree.config.name
    overrides = COMPONENTS.parent
    # A tree that lies elsewhere names our templates from there; the copy has templates of its own.
    said = config.read_text(encoding="utf-8").replace(str(overrides), str(project / overrides.name))
    config.write_text(said, encoding="utf-8")
    (project / VENV.name).symlink_to(VENV)
    return project


@contextmanager
def _served(project: Path) -> Iterator[str]:
    """Yields the address of a preview of the project in a process of its own."""
    command = [sys.executable, "-m", "macros", "serve", "--port", "0"]
    environment = measured_environment() | {"PYTHONUNBUFFERED": "1"}
    environment.pop("PYTHONPATH")  # the copy runs its own code
    with subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield line.split()[1]
        finally:
            process.terminate()


def _start(project: Path, page: Page, url: str) -> float:
    """Returns how long it takes from the command until a page stands in the browser."""
    begun = time.perf_counter()
    with _served(project) as address:
        page.goto(f"{address}latest/{url}")
        page.wait_for_selector(".cm-article")
        return time.perf_counter() - begun


def _measure(page: Page, project: Path, edit: Edit, rounds: int) -> list[float]:
    file = project / edit.file
    whole = file.read_text(encoding="utf-8")
    times = []
    for number in range(rounds):
        word = f"round{number}{edit.name[0]}"
        new = edit.new.format(word)
        begun = time.perf_counter()
        file.write_text(whole.replace(edit.old, new, 1) if edit.old else whole + new, encoding="utf-8")
        page.wait_for_function(edit.seen, arg=word)
        page.evaluate(_DRAWN)
        times.append(time.perf_counter() - begun)
    file.write_text(whole, encoding="utf-8")
    return times

"""`search-quality`: how many of a file's questions the search answers, first or among the first three."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import yaml
from playwright.sync_api import Page, sync_playwright

from macros.machine.browser import ensure_browser
from macros.machine.server import serve
from macros.problems import UsageError
from macros.tree import Tree

FORMS = ("typed", "keywords")
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_NEAR = 3


@dataclass(frozen=True)
class Outcome:
    """What the search showed for one query: in which form it was asked, and the place of the first right result."""

    form: str
    query: str
    place: int | None
    shown: tuple[str, ...]


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints hit@1 and hit@3 for each form, and every query whose answer was not first. Raises UsageError."""
    built = options.built or tree.root / "draft"
    if not (built / "latest" / "search" / "index.json").is_file():
        raise UsageError(f"{built} has no search: run make draft first")
    if not options.queries.is_file():
        raise UsageError(f"{options.queries} is not there")
    queries = yaml.safe_load(options.queries.read_text(encoding="utf-8"))["queries"]
    with serve(built) as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ensure_browser(), args=BROWSER)
        page = chromium.new_page()
        page.goto(urljoin(url, "latest/"))
        outcomes = list(ask_all(page, queries))
        chromium.close()
    for line in describe(outcomes):
        print(line)
    return 0


def ask_all(page: Page, queries: list[dict[str, object]]) -> Iterator[Outcome]:
    """Yields the outcome of each query of a file, typed into the search box of a page of the site."""
    page.keyboard.press("/")
    for query in queries:
        for form in FORMS:
            if form in query:
                yield _ask(page, form, query)


def describe(outcomes: list[Outcome]) -> Iterator[str]:
    """Yields the figures, and then a line for each query that did not find its answer first."""
    for form in FORMS:
        places = [one.place for one in outcomes if one.form == form]
        if places:
            first = sum(place == 1 for place in places)
            near = sum(place is not None and place <= _NEAR for place in places)
            share = f"{near / len(places):.0%} among the first {_NEAR}, {first / len(places):.0%} first"
            yield f"{form}: {share}, of {len(places)}"
    for one in outcomes:
        if one.place != 1:
            where = f"place {one.place}" if one.place else "missed"
            yield f"{where}: {one.query} ({one.form})\n    {'; '.join(one.shown[:_NEAR]) or 'no result'}"


def _ask(page: Page, form: str, query: dict[str, object]) -> Outcome:
    words = str(query[form])
    shown, said = show(page, words)
    wanted = query.get("answered_at") or []
    patterns = [re.compile(str(one)) for one in wanted] if isinstance(wanted, list) else []
    places = [number for number, one in enumerate(shown, 1) if any(pattern.search(one) for pattern in patterns)]
    place = places[0] if places else None
    if place is None and query.get("not_covered") and ("Nothing here mentions" in said or "does not cover" in said):
        place = 1
    return Outcome(form, words, place, tuple(shown))


def show(page: Page, words: str) -> tuple[list[str], str]:
    """Returns the addresses that the search box shows for these words, relative to the edition, and what it says."""
    page.locator(".cm-find__state").evaluate("said => { said.textContent = 'Searching'; }")  # what was said before goes
    page.get_by_role("searchbox").fill(words)
    page.wait_for_function(
        "() => { const said = document.querySelector('.cm-find__state').textContent;"
        " return said && !said.startsWith('Searching'); }"
    )
    links = page.locator(".cm-find__list a").evaluate_all("all => all.map((one) => one.href)")
    return [str(one).partition("/latest/")[2] for one in links], page.locator(".cm-find__state").inner_text()

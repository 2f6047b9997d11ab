"""The published site, made of the project's own editions: complete, linked, and easy to move between."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from macros.commands import links
from macros.machine.server import serve
from macros.publication.site import build_site
from macros.store.edition import Edition, load_editions
from macros.store.stored import read_pages
from macros.tree import Tree
from tests.conftest import ROOT
from tests.site.guarding import keep_contexts, new_page, open_page
from tests.site.sharing import share


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Edition]]:
    """Returns the folder of the published site and its editions, oldest first, built as `make site` builds them."""
    tree = Tree(ROOT)
    folder = share(tmp_path_factory, "published", lambda one: build_site(tree, one / "site", dt.date.today()))
    return folder / "site", load_editions(ROOT, dt.date.today())[0]


@pytest.fixture(scope="module")
def served(site: tuple[Path, list[Edition]]) -> Iterator[str]:
    with serve(site[0]) as url, keep_contexts(url):
        yield url


@pytest.fixture
def tab(browser: Browser, served: str) -> Iterator[Page]:
    """Yields a guarded page of a wide screen."""
    with open_page(browser, served) as page:
        yield page


def test_the_two_editions_are_there(site: tuple[Path, list[Edition]]) -> None:
    assert [one.id for one in site[1]] == ["2025-10-28", "2026-11-29"]


@pytest.mark.parametrize(
    "http", [False, pytest.param(True, marks=pytest.mark.audit)], ids=["read", "and followed by LinkChecker"]
)
def test_every_link_of_every_edition_leads_somewhere(
    site: tuple[Path, list[Edition]], capsys: pytest.CaptureFixture[str], http: bool
) -> None:
    code = links.run(Tree(ROOT), argparse.Namespace(site=site[0], format="text", http=http))
    assert code == 0, capsys.readouterr().out


def test_the_edition_as_at_signature_knows_nothing_later(site: tuple[Path, list[Edition]]) -> None:
    pages = list(read_pages(site[1][0]))
    assert pages
    for head, article in pages:
        text = "".join(map(str, html.fromstring(article).itertext()))
        for later in (
            "No public evidence found",
            "no public evidence found",
            "as of November 29, 2026",
            "FORGE",
            "Project Vault",
        ):
            assert later not in text, (head.url, later)


def test_the_selector_leads_to_the_same_page_of_the_other_edition(tab: Page, served: str) -> None:
    tab.goto(urljoin(served, "latest/framework/deadlines/"))
    tab.get_by_role("button", name="As of November 29, 2026").click()
    tab.locator("#cm-editions-menu a", has_text="October 28, 2025").click()
    tab.wait_for_url("**/2025-10-28/framework/deadlines/")
    expect(tab.locator(".cm-banner")).to_contain_text("The latest edition is as of November 29, 2026")
    tab.locator(".cm-banner a").click()
    tab.wait_for_url("**/latest/framework/deadlines/")


def test_what_is_not_found_leads_to_the_editions_that_have_it(
    site: tuple[Path, list[Edition]], browser: Browser
) -> None:
    """A host answers with 404.html at whatever address was asked for."""
    folder = site[0]
    asked = folder / "2025-10-28" / "developments"
    asked.mkdir()
    shutil.copy(folder / "404.html", asked / "index.html")
    try:
        with serve(folder) as url:
            page = browser.new_page()
            page.goto(urljoin(url, "2025-10-28/developments/"))
            expect(page.locator("[data-edition=latest]")).to_contain_text("this page is there")
            expect(page.locator("[data-edition='2025-10-28']")).not_to_contain_text("this page is there")
            page.locator("[data-edition=latest]").click()
            page.wait_for_url("**/latest/developments/")
            page.close()
    finally:
        shutil.rmtree(asked)


@pytest.fixture
def missing(site: tuple[Path, list[Edition]]) -> Iterator[str]:
    """Yields an address in a section that has no such page, answered as a host does."""
    asked = site[0] / "latest" / "framework" / "price-floors"
    asked.mkdir()
    shutil.copy(site[0] / "404.html", asked / "index.html")
    yield "latest/framework/price-floors/"
    shutil.rmtree(asked)


def test_what_is_not_found_can_be_searched_and_leads_to_its_section(tab: Page, served: str, missing: str) -> None:
    tab.goto(urljoin(served, missing))
    section = tab.get_by_role("link", name="The Framework: overview", exact=True)
    assert section.evaluate("one => one.href") == urljoin(served, "latest/framework/")
    box = tab.locator("article").get_by_role("searchbox")
    expect(box).to_have_value("price floors")
    box.press("Enter")
    expect(tab.locator(".cm-find__list li").first).to_be_visible()
    expect(tab.locator("#cm-find-words")).to_have_value("price floors")


def test_what_is_not_found_leads_on_without_script_too(browser: Browser, served: str, missing: str) -> None:
    with open_page(browser, served, java_script_enabled=False) as page:
        page.goto(urljoin(served, missing))
        expect(page.get_by_role("searchbox")).to_be_hidden()
        page.locator("article").get_by_role("link", name="Questions and answers").click()
        page.wait_for_url("**/latest/reference/answers/")


def test_the_line_of_the_edition_is_one_line(browser: Browser, served: str) -> None:
    with open_page(browser, served, width=360, height=740) as page:
        for url in ("latest/framework/", "2025-10-28/framework/"):
            page.goto(urljoin(served, url))
            line = page.locator(".cm-edition p").bounding_box()
            assert line is not None
            assert line["height"] < 24, url


def test_the_edition_is_named_on_a_phone(browser: Browser, served: str) -> None:
    page = new_page(browser, served, width=360, height=740)
    page.goto(urljoin(served, "2025-10-28/"))
    expect(page.get_by_role("button", name="As of October 28, 2025")).to_be_in_viewport()
    expect(page.locator(".cm-edition").first).to_contain_text("As of October 28, 2025")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_nothing_is_said_twice_about_where_a_page_stands(site: tuple[Path, list[Edition]]) -> None:
    for path in (site[0] / "latest").rglob("index.html"):
        page = html.parse(str(path)).getroot()
        assert len(page.find_class("cm-edition")) == 1, path
        assert not page.find_class("cm-banner"), path

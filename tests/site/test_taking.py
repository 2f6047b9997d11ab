"""What readers take along: files for a calendar, the feed, links and print, the official text, who publishes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import vobject  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

from macros.components.environment import point_at_words
from macros.machine.server import serve
from macros.store.files import CALENDAR
from tests.site.guarding import keep_contexts, open_page
from tests.site.parsing import load_own, parse_page
from tests.site.project import SECOND, Project, page, text
from tests.site.test_accessibility import find_faults
from tests.site.test_machines import faults_of, nodes

FIRM = {
    "name": "A Firm & Sons",
    "contact": "minerals@firm.example",
    "address": "https://firm.example/",
    "logo": "assets/images/favicon.png",
}


@pytest.fixture(scope="module")
def site(made: Project) -> Iterator[str]:
    """Yields the address at which the site of two editions is served."""
    with serve(made.top / "site") as url, keep_contexts(url):
        yield url


def soup_of(path: Path) -> BeautifulSoup:
    return parse_page(path / "index.html")


def target(folder: Path, link: Tag) -> Path:
    """Returns the file to which a link of the page in a folder leads."""
    path = (folder / str(link["href"]).partition("#")[0]).resolve()
    return path / "index.html" if path.is_dir() else path


def test_each_dated_deadline_hands_over_its_own_entry(built: Path) -> None:
    """On the page of all deadlines and on the page of the paragraph that sets it."""
    latest = built / "latest"
    whole = vobject.readOne((latest / CALENDAR).read_text(encoding="utf-8")).contents["vevent"]
    folder = latest / "framework" / "deadlines"
    buttons = soup_of(folder).select(".cm-facts a.cm-button")
    entries = [vobject.readOne(target(folder, one).read_text(encoding="utf-8")).vevent for one in buttons]
    assert [one.uid.value for one in entries] == [one.uid.value for one in whole]
    assert len(entries) == 2
    assert {one.get_text().partition(":")[0] for one in buttons} == {"Calendar file"}, "both dates have passed"
    own = latest / "framework" / "provisions" / "financing"
    (button,) = soup_of(own).select(".cm-facts a.cm-button")
    assert target(own, button) == target(folder, buttons[1])


def test_home_has_what_readers_take_along(built: Path) -> None:
    latest = built / "latest"
    buttons = soup_of(latest).select(".cm-take a")
    assert [target(latest, one).relative_to(latest).as_posix() for one in buttons] == [
        "deadlines.ics",
        "changes/index.html",
        "brief.pdf",
        "reference/data/index.html",
    ]
    assert all(target(latest, one).is_file() for one in buttons)


def test_what_is_new_has_days_and_sources_and_is_linked_from_home_and_foot(built: Path) -> None:
    latest = built / "latest"
    catalog = load_own().catalog
    items = soup_of(latest / "developments").select("#what-is-new ~ .cm-news li")
    assert len(items) == len(catalog.news) > 0
    for item, told in zip(items, catalog.news, strict=True):
        assert text(item, "time") == str(told.date)
        assert item.select(".cm-cites a[href^='#note-']"), item
    for folder in (latest, latest / "about" / "method"):
        assert soup_of(folder).select(".cm-footer a[href$='developments/#what-is-new']"), folder
    assert soup_of(latest).select(".cm-article a[href='developments/#what-is-new']")


def test_every_provision_leads_to_its_own_paragraph(built: Path) -> None:
    site = load_own()
    found: dict[str, str] = {}
    for record in site.catalog.of_kind("provision"):
        folder = built / "latest" / str(site.pages.home(record.key))
        (link,) = soup_of(folder).select("a.cm-away")
        address, _, words = str(link["href"]).partition("#:~:text=")
        assert address == site.catalog.get(f"instrument/{getattr(record, 'instrument', '')}").model_dump()["url"]
        assert re.fullmatch(r"(?:[\w.~]|%[0-9A-F]{2})+(?:,(?:[\w.~]|%[0-9A-F]{2})+)?", words), link["href"]
        assert [unquote(one) for one in words.split(",")] == record.model_dump()["official_words"]
        assert words not in found.values()
        found[record.key] = words
        assert "This site paraphrases" in text(soup_of(folder), ".cm-box")
    assert len(found) == 27


def test_the_browser_finds_the_passage_that_an_address_names(browser: Browser, tmp_path: Path) -> None:
    """Words with a hyphen, a comma and an ampersand, of which the fragment itself makes use."""
    gap = "<p style='height: 3000px'></p>"
    passage = "<p id='here'>In time, each R&amp;D-minded side <b>will</b> do it twenty-five times.</p>"
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{gap}{passage}{gap}", encoding="utf-8")
    with serve(tmp_path) as url, open_page(browser, url) as tab:
        tab.goto(point_at_words(url, ["In time, each R&D-minded side", "twenty-five times"]))
        expect(tab.locator("#here")).to_be_in_viewport()


def test_the_foot_of_an_edition_leads_to_the_feed(made: Project, built: Path) -> None:
    for where in (SECOND, "latest", f"{SECOND}/two", "latest/more/new"):
        folder = made.top / "site" / where
        (feed,) = [one for one in page(made, where).select(".cm-footer a") if one.get_text() == "Follow changes"]
        assert target(folder, feed) == made.top / "site" / "feed.xml"
    assert "Follow changes" not in text(soup_of(built / "latest"), ".cm-footer"), "a draft has no feed"


def test_without_a_publisher_nothing_of_one_is_printed(built: Path) -> None:
    foot = soup_of(built / "latest").select_one(".cm-footer")
    assert foot is not None
    assert "Published by" not in foot.get_text()
    assert not foot.select("img")
    assert "republish" in foot.get_text()


def test_a_publisher_is_in_the_foot_and_in_the_linked_data(project: Project, browser: Browser) -> None:
    for name, value in FIRM.items():
        project.change("mkdocs.yml", f'    {name}: ""', f'    {name}: "{value}"')
    done = project.run("draft")
    assert done.returncode == 0, done.stderr
    folder = project.top / "draft" / "latest" / "two"
    foot = soup_of(folder).select_one(".cm-footer")
    assert foot is not None
    assert "Published by A Firm & Sons · minerals@firm.example" in " ".join(foot.get_text().split())
    links = {str(one["href"]) for one in foot.select("a")}
    assert {"https://firm.example/", "mailto:minerals@firm.example"} <= links
    (logo,) = foot.select("img")
    assert (folder / str(logo["src"])).resolve().is_file()
    (script,) = soup_of(folder).select('script[type="application/ld+json"]')
    graph = json.loads(script.get_text())["@graph"]
    assert [one for node in nodes(graph) for one in faults_of(node)] == []
    (firm,) = [one for one in graph if one["@type"] == "Organization"]
    assert firm["name"] == FIRM["name"]
    assert next(one for one in graph if one["@type"] == "Article")["publisher"] == {"@id": firm["@id"]}
    with serve(project.top / "draft") as url, open_page(browser, url, width=360) as tab:
        tab.goto(urljoin(url, "latest/two/"))
        assert find_faults(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Page]:
    """Yields a page that may write to the clipboard and read it."""
    with open_page(browser, site, permissions=["clipboard-read", "clipboard-write"]) as one:
        yield one


@pytest.mark.parametrize("where", ["latest", SECOND])
def test_a_copied_link_is_that_of_the_edition(tab: Page, site: str, where: str) -> None:
    tab.goto(urljoin(site, f"{where}/two/?x=1#more"))
    row = tab.locator(".cm-page-tools")
    row.get_by_role("button", name="Copy link").click()
    expect(row.get_by_role("status")).to_have_text("Copied. The link keeps showing this page as of September 30, 2026.")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == urljoin(site, f"{SECOND}/two/")
    expect(tab.locator("#cm-cite-text")).to_contain_text(f"/{SECOND}/two/.")


def test_a_form_of_the_citation_is_copied(tab: Page, site: str) -> None:
    tab.goto(urljoin(site, "latest/two/"))
    tab.get_by_text("Cite this page").click()
    tab.get_by_role("button", name="Copy text").click()
    expect(tab.locator(".cm-cite [role=status]")).to_have_text("Copied.")
    assert tab.evaluate("navigator.clipboard.readText()") == tab.locator("#cm-cite-text").inner_text()


def test_a_browser_that_refuses_says_so(browser: Browser, site: str) -> None:
    with open_page(browser, site) as one:
        one.goto(urljoin(site, "latest/two/"))
        one.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
        row = one.locator(".cm-page-tools")
        row.get_by_role("button", name="Copy link").click()
        expect(row.get_by_role("status")).to_have_text("The browser did not allow copying.")


def test_print_is_a_button_too(tab: Page, site: str) -> None:
    tab.goto(urljoin(site, "latest/two/"))
    tab.evaluate("() => { window.times = 0; window.print = () => { window.times += 1 } }")
    assert tab.evaluate("window.times") == 0
    tab.get_by_role("button", name="Print").click()
    assert tab.evaluate("window.times") == 1


def test_a_draft_copies_its_own_address(browser: Browser, address: str) -> None:
    with open_page(browser, address, permissions=["clipboard-read", "clipboard-write"]) as one:
        one.goto(urljoin(address, "latest/framework/#sources"))
        one.get_by_role("button", name="Copy link").click()
        expect(one.locator(".cm-page-tools [role=status]")).to_contain_text("draft")
        assert one.evaluate("navigator.clipboard.readText()") == urljoin(address, "latest/framework/")


def test_buttons_that_need_a_script_are_not_there_without_one(browser: Browser, site: str) -> None:
    with open_page(browser, site, java_script_enabled=False) as one:
        one.goto(urljoin(site, "latest/two/"))
        expect(one.locator(".cm-copies").first).to_be_hidden()

"""What must hold of every page of the built site."""

from __future__ import annotations

import argparse
import re
from collections import deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from macros.commands import links
from macros.schema.figures import Figure, Series
from macros.site.checked import load_checked
from macros.site.loading import Site
from macros.tree import Tree
from tests.conftest import ROOT
from tests.site.parsing import load_own, parse_page

BASE = "http://site.test/latest/"


@pytest.fixture(scope="session")
def own() -> Site:
    """Returns the project's own site, loaded and checked."""
    return load_own()


@pytest.fixture(scope="session")
def pages(built: Path) -> dict[str, BeautifulSoup]:
    """Returns every page of the edition by its address."""
    latest = built / "latest"
    return {
        urljoin(BASE, path.relative_to(latest).as_posix().removesuffix("index.html")): parse_page(path)
        for path in sorted(latest.rglob("index.html"))
    }


def targets(url: str, soup: Tag) -> set[str]:
    """Returns the pages that a page links to."""
    found = (urljoin(url, str(a["href"])) for a in soup.find_all("a", href=True))
    return {target.partition("#")[0] for target in found if urlsplit(target).netloc == urlsplit(BASE).netloc}


@pytest.mark.parametrize(
    "http", [False, pytest.param(True, marks=pytest.mark.audit)], ids=["read", "and followed by LinkChecker"]
)
def test_every_link_leads_somewhere(built: Path, capsys: pytest.CaptureFixture[str], http: bool) -> None:
    code = links.run(Tree(ROOT), argparse.Namespace(site=built, format="text", http=http))
    assert code == 0, capsys.readouterr().out


@pytest.mark.usefixtures("built")  # what the build has checked is remembered
def test_the_tree_is_well() -> None:
    load_checked(Tree(ROOT))  # raises what is wrong


def test_every_source_file_became_a_page(own: Site, pages: dict[str, BeautifulSoup]) -> None:
    assert {urljoin(BASE, page.url) for page in own.pages.pages} == set(pages)


def test_every_record_is_at_its_home(own: Site, pages: dict[str, BeautifulSoup]) -> None:
    for key in own.catalog.records:
        address, _, anchor = (own.pages.home(key) or "nowhere").partition("#")
        page = pages[urljoin(BASE, address)]
        assert not anchor or page.find(id=anchor) is not None, key


@pytest.fixture(scope="session")
def clicks(pages: dict[str, BeautifulSoup]) -> dict[str, int]:
    """Returns how many links lead from home to each page."""
    steps = {BASE: 0}
    queue = deque([BASE])
    while queue:
        url = queue.popleft()
        for target in targets(url, pages[url]):
            if target in pages and target not in steps:
                steps[target] = steps[url] + 1
                queue.append(target)
    return steps


def test_every_page_is_at_most_three_clicks_from_home(clicks: dict[str, int], pages: dict[str, BeautifulSoup]) -> None:
    assert set(clicks) == set(pages)
    assert max(clicks.values()) <= 3


@pytest.mark.parametrize("kind", ["answer", "audience", "deadline", "provision", "question", "term"])
def test_answers_are_at_most_two_clicks_from_home(own: Site, clicks: dict[str, int], kind: str) -> None:
    for record in own.catalog.of_kind(kind):
        home = own.pages.home(record.key)
        assert home is not None, record.key
        assert clicks[urljoin(BASE, home.partition("#")[0])] <= 2, record.key


@pytest.mark.parametrize(
    ("kind", "before"), [("question", "reference/questions/"), ("implication", "business/points/")]
)
def test_where_entries_once_stood_their_addresses_lead_on(
    own: Site, pages: dict[str, BeautifulSoup], kind: str, before: str
) -> None:
    for record in own.catalog.of_kind(kind):
        place = pages[urljoin(BASE, before)].find(id=record.key.replace("/", "-", 1))
        assert isinstance(place, Tag), record.key
        link = place.find("a")
        assert isinstance(link, Tag)
        assert urljoin(urljoin(BASE, before), str(link["href"])) == urljoin(BASE, own.pages.home(record.key))


def test_everything_dated_stands_in_the_timeline(own: Site, pages: dict[str, BeautifulSoup]) -> None:
    """Events, papers, measures and due dates, so that an event on any page is in the timeline too."""
    timeline = urljoin(BASE, "framework/timeline/")
    shown = {urljoin(timeline, str(a["href"])) for a in pages[timeline].select("ol.cm-timeline li strong a")}
    for kind in ("event", "instrument", "measure"):
        for record in own.catalog.of_kind(kind):
            assert urljoin(BASE, own.pages.home(record.key)) in shown, record.key


def test_every_figure_names_unit_year_and_source(own: Site, pages: dict[str, BeautifulSoup]) -> None:
    for record in (*own.catalog.of_kind("series"), *own.catalog.of_kind("figure")):
        address, _, anchor = (own.pages.home(record.key) or "nowhere").partition("#")
        section = pages[urljoin(BASE, address)].find(id=anchor)
        assert isinstance(section, Tag), record.key
        text = " ".join(section.get_text(" ").split())
        measure = record.quantity if isinstance(record, Figure) else record.unit if isinstance(record, Series) else ""
        assert measure in text, record.key
        assert re.search(r"\b(19|20)\d{2}\b|not shown", text), record.key
        for row in section.select("tbody tr") or [section]:
            assert row.select("sup.cm-cites a[href^='#note-']"), (record.key, row.get_text(" ", strip=True))


def test_every_page_is_in_the_navigation(pages: dict[str, BeautifulSoup]) -> None:
    nav = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    sources = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(nav) == sorted(sources)
    for url, soup in pages.items():
        assert soup.select("nav.cm-nav a[href]"), url


def test_every_page_has_one_heading_a_title_and_a_description(pages: dict[str, BeautifulSoup]) -> None:
    descriptions = set()
    for url, soup in pages.items():
        assert len(soup.find_all("h1")) == 1, url
        description = soup.select_one('meta[name="description"]')
        assert description is not None, url
        descriptions.add(description["content"])
    assert len(descriptions) == len(pages), "two pages have the same description"


def test_nothing_is_fetched_from_another_host(built: Path) -> None:
    loading = re.compile(r"""(?:src|srcset|data|poster)=["'](?:https?:)?//|@import\s+(?:url\()?["']?(?:https?:)?//""")
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not loading.search(text), path
        soup = parse_page(path)
        for link in soup.find_all("link", href=True):
            if "canonical" not in (link.get("rel") or []) and not link.get("hreflang"):  # both say an address in full
                assert not urlsplit(str(link["href"])).netloc, (path, link)
    for path in built.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//", path.read_text(encoding="utf-8")), path


def test_no_error_or_unrendered_macro_is_published(pages: dict[str, BeautifulSoup]) -> None:
    for url, soup in pages.items():
        text = soup.get_text(" ")
        for sign in ("{{", "}}", "{%", "[[", "]]", "Macro Rendering Error", "Traceback (most"):
            assert sign not in text, (url, sign)


def test_every_record_page_ends_with_connections_and_sources(own: Site, pages: dict[str, BeautifulSoup]) -> None:
    for key, page in own.pages.own.items():
        soup = pages[urljoin(BASE, page.url)]
        assert soup.select(".cm-related li, .cm-related dd"), key
        assert soup.select(".cm-sources ol > li"), key


def test_what_folds_says_what_it_holds_and_has_no_link_to_press_by_mistake(pages: dict[str, BeautifulSoup]) -> None:
    count = 0
    for url, soup in pages.items():
        for fold in soup.select("details.cm-fold"):
            summary = fold.find("summary", recursive=False)
            assert summary is not None, url
            assert summary.get_text(strip=True), url
            assert not summary.select("a, button"), (url, summary.get_text())
            assert fold.find(["p", "ul", "ol"], recursive=False), (url, summary.get_text())
            count += 1
        assert not soup.select("details.cm-fold details.cm-fold"), url
        listed = soup.select(".cm-sources ol > li")
        assert bool(soup.select(".cm-sources__all")) == (len(listed) > 12), url
    assert count > 500


def test_every_provision_page_answers_first(own: Site, pages: dict[str, BeautifulSoup]) -> None:
    for page in own.pages.pages:
        soup = pages[urljoin(BASE, page.url)]
        article = soup.select_one("article")
        assert article is not None
        first = next(tag for tag in article.find_all(True, recursive=False) if tag.name not in ("a", "h1"))
        assert first.name == "p", page.source
        assert len(first.get_text()) >= 25, page.source

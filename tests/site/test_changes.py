"""What changed, as readers and feed readers find it: lists of editions, pages between two, histories, the feed."""

from __future__ import annotations

import shutil
from pathlib import Path

import feedparser
from bs4 import BeautifulSoup
from lxml import etree

from tests.site.project import FIRST, SECOND, Project, hrefs, page, read_search, text

THIRD = "2026-10-15"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
ROOT_URL = "https://critical-minerals.example/"


def freeze_third(project: Project) -> None:
    project.change("data/catalog.yml", SECOND, THIRD)
    project.change("data/event/fair.yml", "Many met.", "Many met again.")
    project.freeze(THIRD)


def build(project: Project) -> None:
    done = project.run("site")
    assert done.returncode == 0, done.stderr


def shown(soup: BeautifulSoup, css: str) -> str:
    """Returns the text as `text` does, marks close to their words as they stand on the page."""
    return text(soup, css).replace("[-\u2060 ", "[-").replace(" -]", "-]")


def read_feed(project: Project) -> feedparser.FeedParserDict:
    feed = feedparser.parse(str(project.top / "site" / "feed.xml"))
    assert not feed.bozo, feed.bozo_exception
    return feed


def test_the_list_of_editions_leads_to_what_changed(made: Project) -> None:
    index = page(made, "latest/changes")
    assert [" ".join(one.get_text().split()) for one in index.select(".cm-editions h2")] == [
        "As of September 30, 2026",
        "As of August 31, 2026",
    ]
    assert hrefs(index, ".cm-editions a") == [f"{FIRST}/", f"../../{FIRST}/"]
    said = text(index, ".cm-editions")
    assert "as of August 31, 2026: 1 record changed; 2 pages added, 1 page removed, " in said
    assert "A note for readers." in said
    assert "The first edition." in text(page(made, f"{FIRST}/changes"), ".cm-editions")
    assert not (made.top / "site" / FIRST / "changes" / FIRST).exists()


def test_a_page_between_two_editions_shows_every_change_in_place(made: Project) -> None:
    between = page(made, f"latest/changes/{FIRST}")
    assert text(between, "h1").startswith("What changed since the edition as of August 31, 2026")
    records = shown(between, "#changed-question")
    assert "Open questions 1" in records
    assert "Status open → became debated" in records
    assert hrefs(between, "#changed-question h3 a") == ["../../lists/#question-doubt"]
    pages = shown(between, "#changed-pages")
    assert "It says removed: [-something.-] added: [+something else.+]" in pages
    assert "Position as of" not in pages, "the as-at date of every page is no change"
    assert {f"../../../{FIRST}/buyers/", "../../more/new/", "../../two/"} <= set(hrefs(between, "#changed-pages a"))
    assert "This page lists what is new" in between.get_text()


def test_what_went_is_not_found_by_searching(made: Project) -> None:
    found = read_search(made.top / "site" / "latest" / "search")
    assert "someth" in found["two/"], "words are kept by their stems"
    assert not [place for place, words in found.items() if "remov" in words or "becam" in words]


def test_a_record_tells_its_history_on_its_page(made: Project) -> None:
    question = text(page(made, "latest/lists"), "#question-doubt .cm-history")
    assert "In this edition : changed Status open → became debated" in question
    assert hrefs(page(made, "latest/lists"), "#question-doubt .cm-history a") == [
        f"../../{FIRST}/lists/#question-doubt"
    ]
    assert not page(made, "latest/one").select(".cm-history"), "nothing is said where nothing changed"
    assert not page(made, f"{FIRST}/one").select(".cm-history"), "nothing came before the first"


def test_an_edition_keeps_what_it_changed_against_the_one_before_it(project: Project) -> None:
    freeze_third(project)
    build(project)
    index = page(project, "latest/changes")
    assert hrefs(index, ".cm-editions a") == [
        f"{SECOND}/",
        f"../../{SECOND}/",
        f"../../{SECOND}/changes/{FIRST}/",
        f"../../{FIRST}/",
        f"../../between/?from={FIRST}&to={THIRD}",
    ]
    assert not (project.top / "site" / "latest" / "changes" / FIRST).exists(), "put together in the browser"
    last = shown(page(project, f"latest/changes/{SECOND}"), ".cm-changes")
    assert "became debated" not in last
    assert "removed: [-met.-] added: [+met again.+]" in last
    fair = page(project, "latest/lists").select("#event-fair .cm-history li")
    assert [text(one, "strong") for one in fair] == [
        "In this edition",
        "In the edition as of August 31, 2026",
    ]
    done = project.run("links", "--no-http")
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_earlier_candidate_frozen_anew_shows_in_the_later_one(project: Project) -> None:
    project.change(f"sources/{FIRST}/data/event/fair.yml", "Many met.", "Few met.")
    project.freeze(FIRST, "--again", "--sources", f"sources/{FIRST}")
    project.freeze(SECOND, "--again")
    build(project)
    between = shown(page(project, f"latest/changes/{FIRST}"), ".cm-changes")
    assert "removed: [-Few-] added: [+Many+] met." in between


def test_a_later_edition_does_not_outlive_what_it_speaks_of(project: Project) -> None:
    shutil.rmtree(project.top / "editions" / FIRST)
    done = project.run("site")
    assert done.returncode == 1
    assert f"it says what changed since the edition {FIRST}, which is gone" in done.stderr
    project.freeze(SECOND, "--again")
    build(project)
    assert hrefs(page(project, "latest/changes"), ".cm-editions a") == []
    assert len(read_feed(project).entries) == 1


def test_a_draft_shows_what_it_would_change(project: Project) -> None:
    project.change("data/event/fair.yml", "Many met.", "Many met again.")
    assert project.run("draft").returncode == 0
    index = BeautifulSoup((project.top / "draft/latest/changes/index.html").read_text(), "lxml")
    said = shown(index, ".cm-editions")
    assert "What this draft would change" in said
    assert "removed: [-met.-] added: [+met again.+]" in said
    assert not [one for one in hrefs(index, ".cm-editions a") if FIRST in one or SECOND in one]
    shutil.rmtree(project.top / "editions")
    assert project.run("draft").returncode == 0
    index = BeautifulSoup((project.top / "draft/latest/changes/index.html").read_text(), "lxml")
    assert text(index, ".cm-editions") == "There is no earlier edition."


def test_the_same_editions_give_the_same_bytes(project: Project) -> None:
    def read() -> dict[str, bytes]:
        site = project.top / "site"
        paths = [site / "feed.xml", *site.glob("*/changes/**/index.html"), *site.glob("*/lists/index.html")]
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}

    before = read()
    assert f"{SECOND}/changes/{FIRST}/index.html" in before
    shutil.rmtree(project.top / ".cache")
    build(project)
    assert read() == before


def test_the_feed_has_an_entry_for_each_edition_and_each_changed_record(made: Project) -> None:
    feed = read_feed(made)
    assert feed.version == "atom10"
    assert [(one.title, one.updated) for one in feed.entries] == [
        ("Second (candidate)", f"{SECOND}T00:00:00+00:00"),
        ("Is it so? (open question): changed as of September 30, 2026", f"{SECOND}T00:00:00+00:00"),
        ("First (candidate)", f"{FIRST}T00:00:00+00:00"),
    ]
    assert feed.entries[1].content[0].value == "Status: open -> debated"
    ids = [one.id for one in feed.entries]
    assert len(set(ids)) == len(ids) == 3
    assert all(one.startswith("urn:uuid:") for one in ids), "an identity outlives a change of host"
    for one in [*feed.entries, feed.feed]:
        address, _, anchor = str(one.link).partition("#")
        assert address.startswith(ROOT_URL)
        file = made.top / "site" / address.removeprefix(ROOT_URL) / "index.html"
        assert not anchor or f'id="{anchor}"' in file.read_text()
        assert file.is_file()


def test_the_feed_is_valid(published: Project) -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    freeze_third(published)
    build(published)
    tree = etree.parse(published.top / "site" / "feed.xml")
    assert grammar.validate(tree), grammar.error_log
    ids = [str(one.text) for one in tree.iterfind(".//atom:id", ATOM)]
    assert len(set(ids)) == len(ids) == 6
    first = read_feed(published).entries[-1]
    assert (first.title, first.updated, first.published) == (
        "First",
        "2026-09-02T00:00:00+00:00",
        "2026-09-02T00:00:00+00:00",
    )


def test_every_page_of_an_edition_names_the_feed(made: Project) -> None:
    site = made.top / "site"
    pages = [path for path in site.glob("*/**/index.html") if path.parent.name != "between"]  # it is of no edition
    assert pages
    for path in pages:
        found = hrefs(BeautifulSoup(path.read_text(), "lxml"), 'link[rel~=alternate][type="application/atom+xml"]')
        assert [(path.parent / one).resolve() for one in found] == [site / "feed.xml"], path
        assert "://" not in found[0]

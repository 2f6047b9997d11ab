"""What readers take along: the way to a paragraph of the official text, one entry of the calendar, the publisher."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
import vobject  # type: ignore[import-untyped]
from bs4 import BeautifulSoup

from macros.changes.comparing import compare_catalogs
from macros.components.environment import point_at_words
from macros.components.page_context import PageContext
from macros.components.registry import MACROS
from macros.configuration.publisher import Publisher, find_publisher
from macros.exports.calendar import export_calendar, export_entries
from macros.metadata.heading import annotate_page
from macros.metadata.location import create_site_context
from macros.site.loading import Site
from macros.site.release import create_release
from tests.conftest import Alter

TEXT = "https://government.example/text"
CONFIG: dict[str, Any] = {
    "nav": ["index.md", "one.md"],
    "site_url": "https://example.test/latest/",
    "site_name": "Explained",
    "site_description": "What it is.",
    "extra": {"notice": "No advice.", "content_use": "Share it whole."},
}
FIRM = {
    "name": "A Firm & Sons",
    "contact": "Jo, +1 202 555 0100",
    "address": "https://firm.example/",
    "logo": "a/b.svg",
}


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (["Signed here", "twenty-five"], "Signed%20here,twenty%2Dfive"),
        (["as asked, or not", "R&D + more"], "as%20asked%2C%20or%20not,R%26D%20%2B%20more"),
        (["each country\u2019s \u201cown\u201d"], "each%20country%E2%80%99s%20%E2%80%9Cown%E2%80%9D"),
    ],
)
def test_words_of_a_passage_become_an_address(words: list[str], fragment: str) -> None:
    address = point_at_words(TEXT, words)
    assert address == f"{TEXT}#:~:text={fragment}"
    assert [unquote(one) for one in fragment.split(",")] == words


def test_without_words_the_address_is_that_of_the_page() -> None:
    assert point_at_words(TEXT, []) == TEXT


def facts_of(site: Site) -> BeautifulSoup:
    page = site.pages.at("one.md")
    assert page is not None
    return BeautifulSoup(PageContext(site.catalog, site.pages, page).call(MACROS["facts"]), "lxml")


def test_a_provision_leads_to_its_own_paragraph(small: Site, alter: Alter) -> None:
    (plain,) = facts_of(small).select("a.cm-away")
    assert (plain["href"], plain.get_text()) == (TEXT, "Read the official text")
    pinned = alter(
        {"data/provision/one.yml": ("verb: intend", "verb: intend\nofficial_words: [Each will do, in time]")}
    )
    assert pinned.problems == ()
    soup = facts_of(pinned)
    (link,) = soup.select("a.cm-away")
    assert link["href"] == f"{TEXT}#:~:text=Each%20will%20do,in%20time"
    assert link.get_text() == "Read paragraph I.1 in the official text"
    assert "Each will do" not in soup.get_text(), "the words are part of an address, and are not printed"
    assert soup.get_text().count("paraphrases") == 1
    assert compare_catalogs(small.catalog, pinned.catalog) == [], "an address is no change of what is said"


def test_more_than_a_few_words_of_the_text_are_refused(alter: Alter) -> None:
    words = "one two three four five six seven"
    site = alter({"data/provision/one.yml": ("verb: intend", f"verb: intend\nofficial_words: [{words}]")})
    said = [(one.path, one.line, one.message) for one in site.problems if "official" in one.message]
    assert said == [("data/provision/one.yml", 11, "more than 6 words of the official text")]


def test_one_deadline_alone_is_the_entry_of_the_whole_calendar(small: Site) -> None:
    release = create_release(small, CONFIG, name="2026-09-30")
    ((path, content),) = export_entries(release)
    assert path == "data/deadline/meeting.ics"
    alone, whole = (vobject.readOne(one.decode()).vevent for one in (content, export_calendar(release)))
    assert alone.serialize() == whole.serialize()
    assert (alone.uid.value, alone.sequence.value) == (release.identify("deadline/meeting"), "0")


def test_a_date_that_has_passed_is_no_date_to_add(small: Site, alter: Alter) -> None:
    label = {}
    for site in (small, alter({"data/catalog.yml": ("2026-09-30", "2026-03-31")})):
        page = site.pages.at("lists.md")
        assert page is not None
        view = PageContext(site.catalog, site.pages, page)
        soup = BeautifulSoup(view.call(MACROS["deadlines"], "deadline/meeting"), "lxml")
        (button,) = soup.select("a.cm-button")
        assert button["href"] == "../data/deadline/meeting.ics"
        label[site.catalog.as_at.text] = button.get_text()
    assert label == {"2026-09-30": "Calendar file: A meeting", "2026-03-31": "Add to calendar: A meeting"}


def linked_data(site: Site, config: dict[str, Any], source: str) -> list[dict[str, Any]]:
    page = site.pages.at(source)
    assert page is not None
    place = create_site_context(create_release(site, config, name="2026-09-30"), "September 30, 2026").place(page)
    graph: list[dict[str, Any]] = annotate_page(PageContext(site.catalog, site.pages, page), place)["graph"]["@graph"]
    return graph


@pytest.mark.parametrize("source", ["index.md", "one.md"])
def test_a_publisher_publishes_and_is_the_author_of_nothing(small: Site, source: str) -> None:
    extra = CONFIG["extra"] | {"publisher": FIRM}
    graph = linked_data(small, CONFIG | {"extra": extra}, source)
    (firm,) = [node for node in graph if node["@type"] == "Organization"]
    assert (firm["name"], firm["url"]) == (FIRM["name"], FIRM["address"])
    assert firm["logo"] == "https://example.test/2026-09-30/a/b.svg"
    assert firm["contactPoint"]["description"] == FIRM["contact"]
    published = [node["@type"] for node in graph if node.get("publisher") == {"@id": firm["@id"]}]
    assert published == (["WebSite", "WebPage"] if source == "index.md" else ["Article"])
    assert "author" not in json.dumps(graph)


def test_without_a_name_there_is_no_publisher(small: Site) -> None:
    empty = dict.fromkeys(FIRM, "")
    for extra in ({}, {"publisher": None}, {"publisher": empty}, {"publisher": FIRM | {"name": ""}}):
        assert find_publisher(extra) is None
        graph = linked_data(small, CONFIG | {"extra": CONFIG["extra"] | extra}, "one.md")
        assert not [node for node in graph if {"publisher", "author"} & set(node)]
    assert find_publisher({"publisher": FIRM}) == Publisher(**FIRM)


LOGO = "{name: A Firm, logo: assets/images/favicon.png}"


@pytest.mark.parametrize(
    ("publisher", "said"),
    [
        (LOGO, None),
        ('{name: "", contact: ""}', None),
        ("[A Firm]", (9, 14, "'publisher' should be a group of keys")),
        ("{name: [A, Firm]}", (9, 21, "'name' should be text")),
        ("{name: A Firm, phone: none}", (9, 29, "unknown key 'phone'")),
        ("{contact: Jo}", (9, 14, "the publisher has no name")),
        ("{name: A Firm, address: firm.example}", (9, 38, "not a web address: 'firm.example'")),
        ("{name: A Firm, logo: assets/none.svg}", (9, 35, "no file 'overrides/assets/none.svg'")),
    ],
)
def test_the_publisher_is_checked_where_it_is_written(
    alter: Alter, publisher: str, said: tuple[int, int, str] | None
) -> None:
    site = alter({"mkdocs.yml": ("extra:\n", f"extra:\n  publisher: {publisher}\n")})
    found = [(one.path, one.line, one.column, one.message) for one in site.problems]
    assert found == ([("mkdocs.yml", *said)] if said else [])


def test_what_pages_may_be_used_for_is_one_line(alter: Alter) -> None:
    site = alter({"mkdocs.yml": ("extra:\n", "extra:\n  content_use: [no, list]\n")})
    assert [(one.line, one.message) for one in site.problems] == [(9, "'content_use' should be text")]

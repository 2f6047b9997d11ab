"""What a page says of itself to machines, and how it is cited."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from pybtex.database import parse_string  # type: ignore[import-untyped]

from macros.components.citing import expand_page
from macros.components.page_context import PageContext
from macros.configuration.config import Nav
from macros.configuration.publisher import Publisher
from macros.metadata.citation import cite_as_bibtex, cite_in_words, list_reviews
from macros.metadata.graph import describe_page, print_graph
from macros.metadata.heading import annotate_page
from macros.metadata.location import Place, create_site_context
from macros.metadata.nodes import describe_paper
from macros.metadata.places import describe_places
from macros.pages.breadcrumbs import Section, list_sections, list_trails
from macros.schema.dates import PartialDate
from macros.schema.instruments import Instrument
from macros.site.loading import Site
from macros.site.release import Release, create_release
from macros.store.files import list_files

NAV: Nav = ["index.md", {"Texts": ["one.md", {"More": ["lists.md", {"Two": "two.md"}]}]}, {"Lists": ["sources.md"]}]
CONFIG = {
    "nav": NAV,
    "site_url": "https://example.test/latest/",
    "site_name": "Explained & more",
    "site_description": "What it is.",
    "extra": {"notice": "No advice.", "content_use": "Share it whole."},
}


@pytest.fixture
def release(small: Site) -> Release:
    return create_release(small, CONFIG, name="2026-09-30", title="Position")


def place_of(release: Release, source: str, **canonical: str) -> Place:
    page = release.pages.at(source)
    assert page is not None
    return create_site_context(release, "September 30, 2026", {"canonical": canonical}).place(page)


def written(release: Release, place: Place) -> PageContext:
    view = PageContext(release.catalog, release.pages, place.page)
    expand_page(view)
    return view


def test_where_a_page_stands_in_the_navigation() -> None:
    texts = Section("Texts", "one.md")
    assert list_trails(NAV)["index.md"] == ()
    assert list_trails(NAV)["two.md"] == (texts, Section("More", "lists.md"))
    assert list_sections(NAV) == [texts, Section("Lists", "sources.md")]
    assert list_trails([{"Empty": []}]) == {}


def test_the_way_from_home_names_no_page_twice(release: Release) -> None:
    root = "https://example.test/2026-09-30/"
    assert place_of(release, "one.md").crumbs == [("Explained & more", root), ("First", f"{root}one/")]
    titles = [title for title, _ in place_of(release, "two.md").crumbs]
    assert titles == ["Explained & more", "Texts", "More", "Second"]
    assert place_of(release, "index.md").crumbs == [("Explained & more", root)]


def test_addresses(release: Release) -> None:
    place = place_of(release, "one.md")
    assert place.address == "https://example.test/2026-09-30/one/"
    assert place.canonical == "https://example.test/latest/one/"
    gone = place_of(release, "one.md", **{"one/": "2026-09-30"})
    assert gone.canonical == "https://example.test/2026-09-30/one/", "the newest edition has no such page"


def test_a_page_is_cited_at_its_edition(release: Release) -> None:
    place = place_of(release, "one.md")
    candidate = "position as of September 30, 2026; candidate edition, not yet published"
    assert cite_in_words(place) == f"First, Explained & more ({candidate}), https://example.test/2026-09-30/one/."
    assert "year" not in cite_as_bibtex(place)
    published = place_of(dataclasses.replace(release, published=PartialDate("2026-10-05")), "one.md")
    assert "published October 5, 2026" in cite_in_words(published)
    assert 'year = "2026"' in cite_as_bibtex(published)
    assert r"Explained \& more" in cite_as_bibtex(published)


def test_home_is_cited_by_the_name_of_the_site_alone(release: Release) -> None:
    home, page = place_of(release, "index.md"), place_of(release, "one.md")
    assert cite_in_words(home).startswith("Explained & more (position as of ")
    entry, other = (parse_string(cite_as_bibtex(one), "bibtex").entries for one in (home, page))
    assert list(entry) == ["2026-09-30"]
    assert entry["2026-09-30"].fields["title"] == r"{Explained \& more}"
    assert "howpublished" not in entry["2026-09-30"].fields
    assert list(other) == ["2026-09-30-one"]
    assert other["2026-09-30-one"].fields["title"] == "{First}"
    assert other["2026-09-30-one"].fields["howpublished"] == r"Explained \& more"
    assert other["2026-09-30-one"].fields["note"].startswith("Position as of September 30, 2026; candidate")


def test_an_entry_of_bibtex_has_the_day_of_publication(release: Release) -> None:
    published = place_of(dataclasses.replace(release, published=PartialDate("2026-10-05")), "one.md")
    (entry,) = parse_string(cite_as_bibtex(published), "bibtex").entries.values()
    assert (entry.fields["year"], entry.fields["date"]) == ("2026", "2026-10-05")


def reviewed(release: Release, source: str) -> list[tuple[str, str]]:
    """Returns what a page says was last looked at before its day, and until when."""
    place = place_of(release, source)
    return [(one.record.key, one.until.text) for one in list_reviews(written(release, place), place)]


def test_what_was_last_looked_at_before_the_day_is_said_oldest_first(release: Release) -> None:
    found = reviewed(release, "lists.md")
    assert found == [
        ("measure/control", "2026-08"),
        ("institution/group", "2026-08-21"),
        ("deadline/meeting", "2026-08-21"),
    ]
    assert reviewed(release, "project.md") == [("project/plant", "2026-07")], "the record whose page it is"
    assert reviewed(release, "one.md") == []


@pytest.mark.parametrize(
    ("as_at", "found"),
    [
        ("2026-08-21", []),
        ("2026-08-22", ["institution/group", "deadline/meeting"]),
        ("2026-08-31", ["institution/group", "deadline/meeting"]),
        ("2026-09-01", ["measure/control", "institution/group", "deadline/meeting"]),
    ],
)
def test_what_was_looked_at_until_the_day_itself_is_not_older(release: Release, as_at: str, found: list[str]) -> None:
    catalog = dataclasses.replace(release.catalog, as_at=PartialDate(as_at))
    assert [key for key, _ in reviewed(dataclasses.replace(release, catalog=catalog), "lists.md")] == found


def test_a_draft_is_not_to_be_cited(small: Site) -> None:
    place = place_of(create_release(small, CONFIG), "one.md")
    cite = annotate_page(written(place.release, place), place)["cite"]
    assert set(cite) == {"reviewed"}


def test_nothing_in_the_linked_data_ends_the_script(release: Release) -> None:
    place = place_of(dataclasses.replace(release, site_name="</script><b>"), "one.md")
    linked = print_graph(describe_page(written(release, place), place))
    assert "Explained" not in linked
    assert "</script>" not in linked
    assert "<b>" not in linked
    assert json.loads(linked)["@graph"][0]["isPartOf"]["name"] == "</script><b>"
    assert "報道" in print_graph({"name": "報道"}), "other letters stand as they are"


def test_the_graph_of_a_page(release: Release) -> None:
    place = place_of(release, "lists.md")
    graph = describe_page(written(release, place), place)["@graph"]
    kinds = [node["@type"] for node in graph]
    assert kinds == ["FAQPage", "BreadcrumbList", "DefinedTermSet"]
    assert graph[0]["version"] == "2026-09-30"
    assert {node["@type"] for node in graph[0]["mentions"]} >= {"Event"}
    assert graph[0]["citation"][0]["publisher"]["@type"] == "Organization"


def graph_of(release: Release, source: str) -> dict[str, Any]:
    """Returns the nodes of a page by their type."""
    place = place_of(release, source)
    return {node["@type"]: node for node in describe_page(written(release, place), place)["@graph"]}


def test_home_describes_the_site_and_has_no_way_to_itself(release: Release) -> None:
    graph = graph_of(release, "index.md")
    assert list(graph) == ["WebSite", "WebPage"]
    assert graph["WebSite"]["description"] == "What it is."
    assert graph["WebSite"]["inLanguage"] == "en"
    page = graph["WebPage"]
    assert page["isPartOf"] == {"@id": graph["WebSite"]["@id"]}
    assert (page["name"], page["isAccessibleForFree"]) == ("Home", True)
    assert "headline" not in page
    assert page["about"]["name"] == "A Framework on <minerals> & more", "the paper that the site explains"


def test_a_page_is_an_article_about_its_record(release: Release) -> None:
    graph = graph_of(release, "one.md")
    assert list(graph) == ["Article", "BreadcrumbList"]
    page = graph["Article"]
    assert (page["headline"], page["description"]) == ("First", "The first paragraph.")
    assert page["isPartOf"]["name"] == "Explained & more"
    assert page["about"]["name"] == "I.1 First"
    assert "name" not in page
    assert "audience" not in page
    assert [one["position"] for one in graph["BreadcrumbList"]["itemListElement"]] == [1, 2]
    readers = graph_of(release, "buyers.md")["Article"]
    assert readers["audience"] == {"@type": "Audience", "audienceType": "Buyers"}
    assert "about" not in readers
    assert "about" not in graph_of(release, "sources.md")["Article"], "it is about no single record"


@pytest.mark.parametrize(
    ("edition", "status", "published"),
    [
        ({"name": "", "published": None}, "Draft", None),
        ({"published": None}, "Candidate", None),
        ({"published": PartialDate("2026-10-05")}, "Published", "2026-10-05"),
    ],
)
def test_the_linked_data_say_whether_a_page_is_published(
    release: Release, edition: dict[str, Any], status: str, published: str | None
) -> None:
    page = graph_of(dataclasses.replace(release, **edition), "one.md")["Article"]
    assert page["creativeWorkStatus"] == status
    assert (page.get("datePublished"), page.get("dateModified")) == (published, published)
    assert page["temporalCoverage"] == "../2026-09-30"


def test_a_publisher_is_described_and_named_only_where_there_is_one(release: Release) -> None:
    assert "publisher" not in graph_of(release, "index.md")["WebPage"]
    graph = graph_of(dataclasses.replace(release, publisher=Publisher("A firm", "by mail", "", "")), "index.md")
    assert graph["Organization"]["name"] == "A firm"
    assert graph["Organization"]["contactPoint"]["description"] == "by mail"
    assert "logo" not in graph["Organization"]
    marked = dataclasses.replace(release, publisher=Publisher("A firm", "", "https://a.example/", "a/logo.svg"))
    node = graph_of(marked, "index.md")["Organization"]
    assert (node["url"], node["logo"]) == ("https://a.example/", "https://example.test/2026-09-30/a/logo.svg")
    assert "contactPoint" not in node
    for node in (graph["WebSite"], graph["WebPage"]):
        assert node["publisher"] == {"@id": graph["Organization"]["@id"]}


def test_the_files_are_a_data_set_on_the_page_that_lists_them(release: Release, small: Site) -> None:
    place = place_of(release, "one.md")
    view = written(release, place)
    view.called.append("downloads")
    data = describe_page(view, place)["@graph"][-1]
    assert (data["@type"], data["isAccessibleForFree"]) == ("Dataset", True)
    assert data["name"] == "Explained & more: First"
    assert [one["name"] for one in data["distribution"]] == list(list_files(small.catalog))
    assert data["distribution"][0]["contentUrl"].startswith("https://example.test/2026-09-30/")


def test_only_a_legal_act_is_legislation(release: Release, small: Site) -> None:
    for record in small.catalog.all(Instrument):
        node = describe_paper(release, record)
        assert (node["@type"] == "Legislation") is (record.type.value in ("agreement", "executive-order", "statute"))


def test_the_headings_of_a_layout_are_said_to_be_where_the_call_for_them_is(small: Site) -> None:
    place = place_of(create_release(small, CONFIG), "one.md")
    edit = annotate_page(written(place.release, place), place)["edit"]
    body = place.page.file.body.split("\n")
    lines = {
        name: body.index(f"{{{{ {name} }}}}") + place.page.file.body_line for name in ("part('deadlines')", "ending()")
    }
    title = (1, place.page.file.body_line + body.index("# First"))
    assert edit["lines"] == [title, (2, lines["part('deadlines')"]), *[(2, lines["ending()"])] * 4]
    assert (edit["file"], edit["record"], edit["records"]) == ("docs/one.md", "data/provision/one.yml", {})
    place = place_of(create_release(small, CONFIG), "lists.md")
    edit = describe_places(place)
    assert (edit["file"], edit["record"]) == ("docs/lists.md", "")
    assert {"term-wording": "data/term/wording.yml"}.items() <= dict(edit["records"]).items()  # type: ignore[call-overload]

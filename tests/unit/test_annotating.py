"""What a page says of itself to machines, and how it is cited."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from macros.components.citing import expand_page
from macros.components.page_context import PageContext
from macros.configuration.config import Nav
from macros.metadata.citation import cite_as_bibtex, cite_in_words, list_reviews
from macros.metadata.graph import describe_page, print_graph
from macros.metadata.heading import annotate_page
from macros.metadata.location import Place, create_site_context
from macros.metadata.nodes import describe_paper
from macros.metadata.social_cards import draw_card, list_cards
from macros.pages.breadcrumbs import Section, list_sections, list_trails
from macros.schema.dates import PartialDate
from macros.schema.instruments import Instrument
from macros.site.loading import Site
from macros.site.release import Release, create_release

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


def test_what_was_last_looked_at_before_the_day_is_said(release: Release) -> None:
    place = place_of(release, "lists.md")
    reviews = list_reviews(written(release, place), place)
    assert reviews
    assert all(one.until < release.catalog.as_at for one in reviews)
    assert [one.until for one in reviews] == sorted(one.until for one in reviews)
    plain = place_of(release, "one.md")
    assert list_reviews(written(release, plain), plain) == []


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


def test_the_graph_of_a_page(release: Release) -> None:
    place = place_of(release, "lists.md")
    graph = describe_page(written(release, place), place)["@graph"]
    kinds = [node["@type"] for node in graph]
    assert kinds == ["FAQPage", "BreadcrumbList", "DefinedTermSet"]
    assert graph[0]["version"] == "2026-09-30"
    assert {node["@type"] for node in graph[0]["mentions"]} >= {"Event"}
    assert graph[0]["citation"][0]["publisher"]["@type"] == "Organization"


def test_only_a_legal_act_is_legislation(release: Release, small: Site) -> None:
    for record in small.catalog.all(Instrument):
        node = describe_paper(release, record)
        assert (node["@type"] == "Legislation") is (record.type.value in ("agreement", "executive-order", "statute"))


def test_cards_are_the_same_each_time(release: Release, tmp_path: Path) -> None:
    cards = list_cards(release, "September 30, 2026")
    assert [card.path for card in cards] == [f"assets/cards/{name}.png" for name in ("home", "texts", "lists")]
    assert "Position as of September 30, 2026" in cards[0].words
    for card in cards:
        assert draw_card(card, tmp_path / "a") == draw_card(card, tmp_path / "b")


def test_the_headings_of_a_layout_are_said_to_be_where_the_call_for_them_is(small: Site) -> None:
    place = place_of(create_release(small, CONFIG), "one.md")
    edit = annotate_page(written(place.release, place), place)["edit"]
    body = place.page.file.body.split("\n")
    lines = {
        name: body.index(f"{{{{ {name} }}}}") + place.page.file.body_line for name in ("part('deadlines')", "ending()")
    }
    title = (1, place.page.file.body_line + body.index("# First"))
    assert edit["lines"] == [title, (2, lines["part('deadlines')"]), *[(2, lines["ending()"])] * 4]

"""Citations that outlive the pages to which they lead: days, archived copies, and what pages say of them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from macros.catalog.keeping import list_unkept, warn_of_sources
from macros.schema.sources import Source
from macros.site.loading import Site
from tests.conftest import Alter
from tests.unit.test_citing import view_of

URL = "https://government.example/text"
COPY = "https://archive.example/2025/text"
KEPT = f"archived: {{url: '{COPY}', on: 2025-10-29}}\n"


def _site(alter: Alter, *more: str) -> Site:
    site = alter({"data/source/text.yml": ("", "".join(more))})
    assert site.problems == ()
    return site


def _link(site: Site) -> BeautifulSoup:
    view = view_of(site, "one.md")
    source = site.catalog.one(Source, "text")
    return BeautifulSoup(view.piece("source_address", view=view, source=source), "lxml")


def test_a_source_without_a_day_is_a_warning_and_no_problem(small: Site, alter: Alter) -> None:
    assert small.problems == ()
    assert [lacks for _, lacks in list_unkept(small.catalog)] == [["seen_on", "archived"]]
    assert list(warn_of_sources(small.catalog)) == [
        "1 source has no day on which we saw the page (seen_on): make archive-list names them"
    ]
    assert list(warn_of_sources(_site(alter, "seen_on: 2025-10-30\n").catalog)) == []
    assert list(list_unkept(_site(alter, "seen_on: 2025-10-30\n", KEPT).catalog)) == []


def test_a_link_says_what_it_led_to_and_when(small: Site, alter: Alter) -> None:
    plain = _link(small).select("a")[0]
    assert (plain["href"], [name for name in plain.attrs if name.startswith("data-")]) == (URL, [])
    seen = _link(_site(alter, "seen_on: 2025-10-30\n")).select("a")[0]
    assert (seen["data-originalurl"], seen["data-versiondate"]) == (URL, "2025-10-30")
    assert "data-versionurl" not in seen.attrs
    kept = _link(_site(alter, "seen_on: 2025-10-30\n", KEPT)).select("a")[0]
    assert kept["href"] == URL
    assert (kept["data-versionurl"], kept["data-versiondate"]) == (COPY, "2025-10-29")


def test_a_dead_link_leads_to_the_copy_and_says_so(alter: Alter) -> None:
    dead = _link(_site(alter, "gone_on: 2025-11-02\n", KEPT))
    link = dead.select("a")[0]
    assert (link["href"], link["data-originalurl"]) == (COPY, URL)
    assert " ".join(dead.get_text().split()) == (
        "archived copy of October 29, 2025 (the page itself is no longer there)"
    )


def test_a_dead_link_without_a_copy_says_so_and_is_a_warning(alter: Alter) -> None:
    site = _site(alter, "seen_on: 2025-10-30\ngone_on: 2025-11-02\n")
    dead = _link(site)
    assert dead.select("a")[0]["href"] == URL
    assert "no longer there" in dead.get_text()
    assert any("no copy is named" in one for one in warn_of_sources(site.catalog))


@pytest.mark.parametrize("wrong", ["archived: {url: 'http://archive.example/', on: 2025-10-29}", "seen_on: yesterday"])
def test_a_copy_has_an_address_and_every_day_is_one(alter: Alter, wrong: str) -> None:
    problems = alter({"data/source/text.yml": ("", f"{wrong}\n")}).problems
    assert [one.path.rpartition("data/")[2] for one in problems] == ["source/text.yml"]

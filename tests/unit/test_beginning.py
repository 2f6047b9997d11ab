"""What new records, sources and pages begin with."""

from __future__ import annotations

from datetime import date

import pytest

from macros.calls.reaching import iter_shown
from macros.catalog.rereading import reread_reviews, reread_sources
from macros.schema import KINDS
from macros.schema.sources import Source
from macros.site.loading import Site
from macros.skeletons.pages import add_to_navigation, create_page
from macros.skeletons.records import create_record
from macros.skeletons.sources import find_day, guess_fields, guess_id
from macros.text.document import read_document
from macros.text.header import read_markdown
from tests.conftest import LISTS, Alter

URL = "https://government.example/2026/03/19/a-new-text.html"


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_can_be_read_and_has_every_key_that_it_must(kind: str) -> None:
    text = create_record(KINDS[kind], {"source": ["text"]}, LISTS)
    document, problems = read_document("x.yml", text.encode())
    assert problems == []
    assert set(document.value) == {name for name, field in KINDS[kind].model_fields.items() if field.is_required()}
    for name in KINDS[kind].model_fields:
        assert f"\n{name}:" in text or f"\n# {name}:" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("kind", KINDS)
def test_every_optional_key_can_be_read_once_its_sign_is_taken_away(kind: str) -> None:
    lines = create_record(KINDS[kind], {}, LISTS).splitlines()
    first = lines.index("# What follows can be left out. Take the # away from a key to use it.") + 1
    opened = "\n".join(line[2:] for line in lines[first:] if line.startswith("# "))
    assert read_document("x.yml", opened.encode())[1] == []


def test_a_new_record_names_ids_and_choices() -> None:
    text = create_record(KINDS["implication"], {"provision": [f"p-{number}" for number in range(20)]}, LISTS)
    assert "##   ids in data/provision/: p-0, p-1" in text
    assert "and 8 more" in text.replace("\n##   ", " ")
    assert "##   our-reading: our own inference" in text


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (0, "ids in data/provision/: none yet"),
        (12, "p-8, p-9, p-10, p-11"),
        (13, "p-9, p-10, p-11, and 1 more"),
    ],
)
def test_twelve_ids_are_written_out_and_the_rest_is_counted(known: int, said: str) -> None:
    text = create_record(KINDS["implication"], {"provision": [f"p-{number}" for number in range(known)]}, LISTS)
    assert f"{said}\n" in text.replace("\n##   ", " ")


def test_a_key_is_explained_in_a_sentence() -> None:
    lines = create_record(KINDS["implication"], {}, LISTS, {"title": '"A: b"'}).splitlines()
    assert lines[:2] == [
        "# " + (KINDS["implication"].__doc__ or "").strip(),
        "# Fill in what is open, then delete the comments.",
    ]
    assert lines[lines.index('title: "A: b"') - 1] == "## Title."
    assert "## Whether the text defines it." in create_record(KINDS["material"], {}, LISTS).splitlines()
    assert "## Where the text names it. A list." in create_record(KINDS["material"], {}, LISTS).splitlines()


def test_a_new_record_says_of_each_part_what_it_is_and_whether_it_is_needed() -> None:
    lines = create_record(KINDS["term"], {}, LISTS).splitlines()
    for said in (
        "id: an id of data/source/",
        "pinpoint: The place in the source: section, paragraph, heading; can be left out",
        "basis: text, commentary, our-reading",
        "to: kind/id of a record",
        "note: can be left out",
    ):
        assert f"##   {said}" in lines


def sources_of(site: Site) -> list[Source]:
    return list(site.catalog.all(Source))


def test_a_source_is_guessed_from_others_on_its_host(small: Site) -> None:
    known = sources_of(small)
    assert guess_fields(URL, known) == {"publisher": "A government", "type": "primary", "standing": "official"}
    assert guess_fields("https://www.nowhere.example/x", known) == {}
    assert guess_id(URL, known, []) == "text-a-new-text"
    assert guess_id(URL, known, ["text-a-new-text"]) == "text-a-new-text-2"
    assert guess_id("https://www3.station.or.jp/20260319/", [], []) == "station-20260319"
    assert guess_id("https://www.paper.example/", [], []) == "paper"


def test_a_day_in_an_address_is_seen() -> None:
    assert find_day(URL) == "2026-03-19"
    assert find_day("https://a.example/20261301/") == ""


@pytest.mark.parametrize("title", ["Plain words, and more", 'With: a colon and "quotes"', "経済安全保障"])
def test_a_new_page_has_a_header_that_can_be_read(title: str) -> None:
    file, problems = read_markdown("x.md", create_page(title, "provision/one").encode())
    assert problems == []
    assert file.header.value == {"title": title, "description": None, "record": "provision/one"}
    assert file.body.index("{{ opening() }}") < file.body.index("{{ ending() }}")
    assert "{{ sources() }}" not in file.body, "the layout of its kind writes them"
    assert create_page(title).endswith("## Sources\n\n{{ sources() }}\n")


def test_a_new_page_begins_with_its_title_as_it_is_typed() -> None:
    assert create_page("経済").startswith('---\ntitle: "経済"\n')
    assert create_page("Plain words").startswith("---\ntitle: Plain words\n")


@pytest.mark.parametrize("nav", ["nav:\n", "nav: []\n", "nav:\n\n\n"])
def test_the_first_page_of_a_navigation_is_put_at_the_end(nav: str) -> None:
    text, line = add_to_navigation(f"site_name: x\n{nav}", "new.md")
    assert text.startswith(f"site_name: x\n{nav.splitlines()[0]}\n  - new.md\n")
    assert line == 3


def test_a_new_page_stands_after_the_last_page_as_near_as_any() -> None:
    config = "nav:\n  - a/x/one.md\n  - a/two.md\n  - a/three.md\n  - a/x/y/four.md\n  - b/five.md\n"
    for source, line in (("a/new.md", 5), ("a/x/new.md", 3), ("a/x/y/z/new.md", 6), ("c/new.md", 7)):
        assert add_to_navigation(config, source)[1] == line, source


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("a/new.md", "  - A:\n      - a/one.md\n      - a/new.md\n"),
        ("a/b/c/new.md", "      - B:\n          - a/b/two.md\n          - a/b/c/new.md\n"),
        ("new.md", "  - index.md\n  - new.md\n"),
    ],
)
def test_a_new_page_is_put_beside_those_of_its_folder(source: str, after: str) -> None:
    config = (
        "x: !ENV [A, b]\nnav:\n  - index.md\n  - A:\n      - a/one.md\n      - B:\n          - a/b/two.md\nlast: 1\n"
    )
    text, line = add_to_navigation(config, source)
    assert after in text
    assert text.splitlines()[line - 1].strip() == f"- {source}"


def test_old_reviews_are_listed_by_role_and_fresh_ones_not(alter: Alter) -> None:
    site = alter(
        {
            "data/source/text.yml": ("", "review: {by: associate, on: 2026-01-10}\n"),
            "data/source/report.yml": ("", "review: {by: associate, on: 2026-09-10}\n"),
            "docs/one.md": ("title: First", "title: First\nreview: {by: partner, on: 2025-12-31}"),
        }
    )
    assert not site.problems
    owned = [(site.catalog.documents[key], one.review) for key, one in site.catalog.records.items()]
    owned += [(page.file.header, page.header.review) for page in site.pages.pages if page.header]
    found = reread_reviews(owned, date(2026, 9, 30))
    assert {role: [str(one).split(": ")[0] for one in places] for role, places in found.items()} == {
        "associate": ["data/source/text.yml:8:29"],
        "partner": ["docs/one.md:3:27"],
    }


def test_a_review_is_checked(alter: Alter) -> None:
    problems = alter({"data/source/text.yml": ("", "review: {by: A. Person, on: 2026-01-10}\n")}).problems
    assert [one.message for one in problems] == ["'A. Person' is not a choice for 'by'"]


def test_sources_under_old_states_are_listed_with_what_they_carry(small: Site) -> None:
    found = {one.path: one.reason for one in reread_sources(small.catalog, date(2026, 9, 30))}
    assert found["data/source/report.yml"] == "see whether it says more now (no address): project/plant"
    assert list(reread_sources(small.catalog, date(2026, 8, 1))) == []


def test_every_page_that_shows_a_record_is_found(small: Site) -> None:
    found = {(page.source, call.macro.name) for page, call in iter_shown(small.catalog, small.pages, "person/leader")}
    assert ("index.md", "opening") in found, "the Framework's signatories"
    assert ("lists.md", "entries") in found
    assert "two.md" not in {source for source, _ in found}

"""What a macro is for those who write it: its values, records and examples; and how its HTML stands in Markdown."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup

from macros.catalog.keeping import list_unkept, warn_of_sources
from macros.components.registry import MACROS, Macro, find_macro, key_of
from macros.components.templates import BLOCK, as_block, as_inline
from macros.schema.dates import PartialDate
from macros.schema.sources import Source
from macros.site.loading import Site
from tests.unit.test_macro_edges import copy_of


@pytest.mark.parametrize(
    ("name", "arguments", "named", "misfit"),
    [
        ("latest", (5,), {}, ""),
        ("latest", ("5",), {}, "'number' should be a whole number: 3"),
        ("latest", (True,), {}, "'number' should be a whole number: 3"),
        ("latest", (), {"lane": None}, ""),
        ("latest", (), {"lane": 3}, "'lane' should be words in quotes: 'china'"),
        ("link", (None,), {}, "'record' should be words in quotes: 'china'"),
        ("table", ("term", "name"), {}, "'columns' should be a list: ['one', 'two']"),
        ("table", ("term", ["name"]), {"topic": 3}, ""),
        ("figures", (["lng"],), {}, "'groups' should be groups: {'A name': ['one', 'two']}"),
        ("part", ("meaning",), {"heading": "no"}, "'heading' should be true or false"),
        ("part", ("meaning",), {"heading": False}, ""),
        ("part", (1,), {"heading": "no"}, "'name' should be words in quotes: 'china'"),
    ],
)
def test_a_value_has_the_form_that_its_place_wants(
    name: str, arguments: tuple[Any, ...], named: dict[str, Any], misfit: str
) -> None:
    macro = replace(MACROS[name])  # what it once found is kept
    assert macro.find_misfit(arguments, named) == misfit


def test_a_macro_knows_which_of_its_values_name_a_record() -> None:
    def references(name: str) -> dict[str, str]:
        return replace(MACROS[name]).references

    assert references("link") == {"record": "*"}
    assert references("cite") == {"source": "source"}
    assert references("meaning") == {"record": "*", "audience": "audience"}
    assert references("chart") == {"series": "series"}
    assert references("table") == {}


def test_a_macro_is_written_as_its_parameters_are_called() -> None:
    assert replace(MACROS["link"]).usage == "link(record, text=None)"
    assert replace(MACROS["latest"]).usage == "latest(number=5, lane=None)"
    assert replace(MACROS["facts"]).usage == "facts(record=None, only=None)"
    assert replace(MACROS["count"]).usage == "count(kind, **where)"


def test_what_is_said_of_a_macro_and_its_examples_are_told_apart() -> None:
    latest, part = MACROS["latest"], MACROS["part"]
    assert latest.examples == ["latest(5)", "latest(3, lane='china')"]
    assert latest.about == "The newest instruments, events and measures, newest first."
    paragraphs = part.about.split("\n\n")
    assert len(paragraphs) == 2
    assert not any("\n" in one or "  " in one for one in paragraphs)
    assert Macro("none", lambda _view: "", inline=True).about == ""


def test_a_macro_is_kept_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(MACROS["facts"])) is find_macro("facts")  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("kind", "written", "key"),
    [
        ("*", "term/a", "term/a"),
        ("term", "a", "term/a"),
        ("term", "term/a", "term/a"),
        ("term", "terminal", "term/terminal"),
    ],
)
def test_a_record_is_named_with_its_kind_or_without(kind: str, written: str, key: str) -> None:
    assert key_of(kind, written) == key


@pytest.mark.parametrize(
    "words",
    [
        "a *b* _c_ `d` [e](f) {g} | h \\ i",
        "# one",
        "- one",
        "+ one",
        "1. one",
        "1) one",
        "12.5 tons",
        "-5 degrees",
        "= one",
        "~ one",
        ": one",
        "one - two # three",
    ],
)
def test_words_of_a_macro_are_no_markdown(words: str) -> None:
    for before in ("", "So: "):
        html = markdown.markdown(f"{before}{as_inline(words)}", extensions=["attr_list", "tables", "sane_lists"])
        soup = BeautifulSoup(html, "lxml")
        assert soup.get_text().strip() == f"{before}{words}"
        assert [one.name for one in soup.find_all(True)] == ["html", "body", "p"]


def test_markup_of_a_macro_stays_within_a_sentence() -> None:
    html = '<a href="a_b_c"\n title="*so*">x_y_z</a>\n\n  <b>- 1</b>'
    soup = BeautifulSoup(markdown.markdown(f"See {as_inline(html)} and."), "lxml")
    (link,) = soup.select("p > a")
    assert (link["href"], link["title"], link.get_text()) == ("a_b_c", "*so*", "x_y_z")
    assert [one.get_text() for one in soup.select("p > b")] == ["- 1"]
    assert "\n" not in as_inline(html)


def test_a_block_has_no_blank_line_in_it_and_one_around_it() -> None:
    assert as_block("\n<div>\n\n  \n<p>a</p>\n</div>\n") == f"\n\n{BLOCK}\n<div>\n<p>a</p>\n</div>\n\n"
    assert as_block(" \n\n ") == "\n\n"


def test_what_sources_lack_is_said_of_those_with_an_address(small: Site) -> None:
    day, text = PartialDate("2025-10-30"), small.catalog.one(Source, "text")
    lacking: dict[str, dict[str, Any]] = {
        "none": {},
        "seen": {"seen_on": day},
        "dead": {"gone_on": day},
        "dead-seen": {"gone_on": day, "seen_on": day},
        "unlinked": {"url": None},
    }
    records = {f"source/{name}": copy_of(text, name, **values) for name, values in lacking.items()}
    catalog = replace(small.catalog, records=records, _sorted={})
    assert {one.id: lacks for one, lacks in list_unkept(catalog)} == {
        "none": ["seen_on", "archived"],
        "seen": ["archived"],
        "dead": ["seen_on", "archived"],
        "dead-seen": ["archived"],
    }
    first, *dead = warn_of_sources(catalog)
    assert first == "2 sources have no day on which we saw the page (seen_on): make archive-list names them"
    assert sorted(dead) == [
        f"data/source/{name}.yml: the address is dead (gone_on) and no copy is named (archived)"
        for name in ("dead-seen", "dead")
    ]
    seen = replace(catalog, records={"source/seen": records["source/seen"]}, _sorted={})
    assert list(warn_of_sources(seen)) == []

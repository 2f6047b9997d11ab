"""The Markdown of a page as its author wrote it: links, references, headings and marks, each fault at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from macros.pages.known_values import KnownValue
from macros.pages.markup import check_markup
from macros.pages.page import Page, Pages, load_pages
from macros.pages.prose import check_prose
from macros.pages.source import Source, check_sources
from macros.site.loading import Site
from macros.text.memory import Memory
from macros.text.positions import Document
from macros.tree import Tree
from tests.conftest import LISTS
from tests.unit.test_words_and_ways import page_of

NO_ENTRIES: Mapping[str, Page] = {}


def pages_of(*pages: Page, entries: Mapping[str, Page] = NO_ENTRIES) -> Pages:
    return Pages(pages, {}, dict(entries))


def said_of(
    pages: Pages,
    faulty: Sequence[str] = (),
    files: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
    headings: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """Returns what is said of the pages, each with its line and column in the body, which begins on line 1."""
    found = check_sources(pages, set(faulty), set(files), aliases or {}, headings or {}, memory=Memory())
    return [f"{one.path.removeprefix('docs/')}:{one.line - 3}:{one.column}: {one.message}" for one in found]


def told(body: str, files: Sequence[str] = ()) -> list[str]:
    """Returns what is said of a page with these words, beside a page in a folder that has the heading `Here`."""
    other = page_of("in/b.md", "# Here\n")
    found = said_of(pages_of(page_of("in/a.md", body), other), files=files)
    return [one.removeprefix("in/a.md:") for one in found]


@pytest.mark.parametrize(
    "body",
    [
        "[x](b.md) [y](b.md#here) [z](../in/b.md#here) [q](a.md) [w](#own)\n\n# Own",
        "[x](https://a.example/b) [y](mailto:a@b.example)",
        '[x](b.md "A title") [see [this] one](b.md)',
        "[x][y] and [Y][]\n\n[Y]: b.md",
        "`[x](none.md)` {{ f('[x](none.md)') }} {## [x](none.md) ##} <!-- [x](none.md) -->",
        "```\n[x](none.md) {\n```",
        "# Own {: #other }\n\n[x](#other)\n{: .wide lang=ja }",
    ],
)
def test_what_is_well_written_is_not_told(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[x](none.md)", "1:5: no page 'docs/in/none.md'"),
        ("\nSee [x](../b.md#here).", "2:9: no page 'docs/b.md'"),
        ("[x](b.md#there)", "1:5: docs/in/b.md has no heading '#there'"),
        ("[x](#there)", "1:5: docs/in/a.md has no heading '#there'"),
        ("[x](b.html)", "1:5: 'b.html' is no page"),
        ("[x](/in/b.md)", "1:5: '/in/b.md' is an address of the whole host"),
        ("[x]()", "1:1: a link without an address"),
        ("![x](none.png)", "1:6: no picture 'none.png'"),
        ("[x]: none.md", "1:6: no page 'docs/in/none.md'"),
        ("See [x][y].", "1:5: nothing says what '[x][y]' leads to"),
        ("See [x][].", "1:5: nothing says what '[x][]' leads to"),
        ("See[^1].", "1:4: nothing says what '[^1]' leads to"),
        ("See [[term/x]].", "1:5: a record's link cannot be on a page"),
        ("See ]].", "1:5: a record's link cannot be on a page"),
        ("See {x.", "1:5: a single '{', which readers would see"),
        ("See x\uff5d.", "1:6: a single '\uff5d', which readers would see"),
    ],
)
def test_a_fault_is_told_at_its_place(body: str, said: str) -> None:
    assert told(body) == [said]


def test_the_hint_is_that_of_the_fault() -> None:
    body = "[x](bb.md) [x](xyz.md) [x](b.md#hre) [x](b.md#xyz) [a][b] a[^1], [[x]]\n{"
    pages = pages_of(page_of("a.md", body), page_of("b.md", "# Here"))
    hints = [one.hint for one in check_sources(pages, set(), set(), {})]
    assert hints == [
        "did you mean 'b.md'?",
        "pages: a.md, b.md",
        "did you mean 'here'?",
        "headings: here",
        "write [words](address)",
        "cite with {{ cite('source', 'place') }}",
        "write {{ link('provision/financing', 'words') }}",
        "a macro has two braces at each end, as they are on the keyboard: {{ link('provision/financing') }}",
    ]
    (alone,) = check_sources(pages_of(page_of("a.md", "[x](#y)")), set(), set(), {})
    assert alone.hint == "no heading of docs/a.md is like it"


def test_every_fault_of_a_page_is_told() -> None:
    body = "[a](https://a.example) [b](one.md) [c](two.md)\n{ and [[ and }\n{\n\n[d][e] [f][g]"
    assert told(body) == [
        "1:28: no page 'docs/in/one.md'",
        "1:40: no page 'docs/in/two.md'",
        "5:1: nothing says what '[d][e]' leads to",
        "5:8: nothing says what '[f][g]' leads to",
        "2:1: a single '{', which readers would see",
        "3:1: a single '{', which readers would see",
    ]


def test_the_last_line_of_a_page_is_told_of_once_too() -> None:
    assert told("{ and } and }") == ["1:1: a single '{', which readers would see"]


def test_a_page_whose_calls_are_at_fault_is_told_of_later() -> None:
    pages = pages_of(page_of("a.md", "[x](none.md)"), page_of("b.md", "[x](none.md)"))
    assert said_of(pages, faulty=["a.md"]) == ["b.md:1:5: no page 'docs/none.md'"]


def test_a_file_under_docs_may_be_linked_and_shown() -> None:
    assert told("![x](../pic.png) [y](a.pdf)", files=["pic.png", "in/a.pdf"]) == []
    assert told("![x](pic.png)", files=["pic.png"]) == ["1:6: no picture 'pic.png'"]


def test_headings_of_one_name_are_counted() -> None:
    own = "# Two *words*\n\n## Two words\n\n## Two words\n\n[a](#two-words) [b](#two-words_1) [c](#two-words_2)"
    assert told(own) == []
    assert told(f"{own} [d](#two-words_3)") == ["7:57: docs/in/a.md has no heading '#two-words_3'"]
    assert told("# [Linked](b.md) words #\n\n[a](#linked-words)") == []


def test_a_heading_with_an_id_of_its_own_is_known_by_that_alone() -> None:
    assert told("# One {#first}\n\n# One\n\n[a](#first) [b](#one)") == []
    assert told("# One {#first}\n\n[b](#one)") == ["3:5: docs/in/a.md has no heading '#one'"]


def test_where_a_macro_writes_a_heading_any_anchor_may_be_there() -> None:
    page = page_of("a.md", "# One\n\n# {{ as_at() }}")
    assert Source(page).anchors is None
    assert told("# {{ as_at() }}\n\n[a](#whatever)") == []


def test_an_anchor_may_be_an_entry_an_old_one_or_a_heading_of_the_layout() -> None:
    page = page_of("a.md", "[x](#term-one) [y](#term-first) [z](#old) [w](#said)")
    header = page.header
    assert header is not None
    page = Page(page.source, page.file, header.model_copy(update={"also_at": ["#old"]}))
    pages = pages_of(page, page_of("b.md", ""), entries={"term/one": page})
    for heading in ("Said", "What we said {#said}"):
        assert said_of(pages, aliases={"term/first": "term/one"}, headings={"a.md": [heading]}) == []
    assert said_of(pages) == [
        "a.md:1:20: docs/a.md has no heading '#term-first'",
        "a.md:1:47: docs/a.md has no heading '#said'",
    ]


def test_a_heading_that_the_layout_writes_too_is_told() -> None:
    pages = pages_of(page_of("a.md", "# One\n\n## Sources\n\n## Sources of it"))
    assert said_of(pages, headings={"a.md": ["Sources"]}) == [
        "a.md:3:1: the heading 'Sources' is in the layout of the page too"
    ]
    assert said_of(pages, headings={"b.md": ["Sources"]}) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [("\n\nA <b>x", (3, 3)), ("{{ f('a') }}\nA <b>x", (2, 3)), ("\n" + "- " * 600 + "x", (1, 1))],
)
def test_what_a_page_may_not_hold_is_told_at_its_place_or_at_the_first_line(body: str, place: tuple[int, int]) -> None:
    (found,) = check_markup(page_of("a.md", body))
    assert (found.line - 3, found.column) == place


def test_a_page_that_is_nested_too_deep_hides_no_fault_of_the_next() -> None:
    assert len(list(check_markup(page_of("a.md", "- " * 600 + "x")))) == 1
    assert [one.message for one in check_markup(page_of("b.md", "A <b>x"))] == ["HTML on a page: <b>"]


def test_a_macro_in_one_part_of_the_header_does_not_hide_what_is_typed_in_the_other(small: Site) -> None:
    page = page_of("a.md", "", title="{{ x }}", description="In 181 days, not 180 days or by October 28, 2025.")
    assert [one.message for one in check_prose(small.catalog, Pages((page,), {}))] == [
        "a macro cannot be in the title",
        "'181 days' is in the description, and no record holds it",
    ]


def test_what_an_unread_record_may_hold_is_not_said_to_be_held_by_none(small: Site) -> None:
    page = page_of("a.md", "", description="In 181 days, by 90 days, or May 1, 2026.")
    documents = {**small.catalog.documents, "term/lost": Document("data/term/lost.yml", text="length: 181 days")}
    catalog = replace(small.catalog, documents=documents)
    assert [one.message for one in check_prose(catalog, Pages((page,), {}))] == [
        "'90 days' is in the description, and no record holds it",
        "'May 1, 2026' is in the description, and no record holds it",
    ]


def test_each_record_that_holds_an_amount_is_known_by_its_call(small: Site) -> None:
    amounts = KnownValue(small.catalog, Memory()).amounts
    assert amounts[1550, "million", ""] == "{{ value('figure/pledge', 'words') }}"
    assert amounts[9, "", "percent"] == "{{ value('figure/share', 'words') }}"
    assert amounts[6, "million", "tonne"] == "{{ cell('series/imports', '2023', 'South') }}"
    assert amounts[60, "million", "tonne"] == "{{ cell('series/imports', '2024', 'Total') }}", "the first of two"


def test_pages_are_read_beside_what_is_no_page(top: Path) -> None:
    (top / "docs" / "a.png").write_bytes(b"x")
    pages, problems = load_pages(Tree(top), LISTS)
    assert problems == []
    assert "one.md" in [one.source for one in pages.pages]


def test_the_pages_after_one_that_cannot_be_read_are_read(top: Path) -> None:
    (top / "docs" / "buyers.md").unlink()
    (top / "docs" / "buyers.md").mkdir()
    (top / "docs" / "a.md").symlink_to("/nowhere")
    pages, problems = load_pages(Tree(top), LISTS)
    assert [one.path for one in problems] == ["docs/a.md"]
    assert [one.source for one in pages.pages][:2] == ["changes/index.md", "index.md"]


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        (["old/", "'#two'"], []),
        (["old/", "two/"], [(4, 17, "the address two/ is that of docs/two.md")]),
        (["one/"], [(4, 11, "the address one/ is that of docs/one.md")]),
    ],
)
def test_an_old_address_leads_to_one_page_only(
    top: Path, addresses: list[str], said: list[tuple[int, int, str]]
) -> None:
    path = top / "docs" / "one.md"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("record:", f"also_at: [{', '.join(addresses)}]\nrecord:", 1), encoding="utf-8")
    _, problems = load_pages(Tree(top), LISTS)
    assert [(one.line, one.column, one.message) for one in problems] == said


def test_a_record_has_one_page(top: Path) -> None:
    path = top / "docs" / "two.md"
    path.write_text(path.read_text(encoding="utf-8").replace("provision/two", "provision/one", 1), encoding="utf-8")
    pages, (problem,) = load_pages(Tree(top), LISTS)
    assert (problem.path, problem.line, problem.hint) == ("docs/two.md", 4, "its page is docs/one.md")
    assert pages.own["provision/one"].source == "one.md"

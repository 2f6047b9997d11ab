"""A page's calls by themselves: what is read of them, where they stand, and what each says that cannot be run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.calls.checking import check_page
from macros.calls.reaching import _keys_in, iter_shown
from macros.calls.scan import Call, Scan
from macros.calls.scanning import scan_page
from macros.components.listing import Group
from macros.components.page_context import PageContext
from macros.pages.page import Page, PageHeader
from macros.problems import Problem
from macros.schema.subjects import Term
from macros.site.loading import Site
from macros.text.header import MarkdownFile
from macros.text.positions import Document

SOURCES = "\n\n{{ sources() }}\n"


def page_of(body: str, record: str | None = None) -> Page:
    """Returns a page with this body, which begins on line 5 of its file."""
    header = PageHeader(title="A page", description="What it says.", record=record)
    return Page("page.md", MarkdownFile("docs/page.md", Document("docs/page.md", {}, body), body, 5), header)


def scan(site: Site, body: str, record: str | None = None) -> Scan:
    return scan_page(page_of(body, record), site.catalog)


def shown(problem: Problem) -> str:
    return f"{problem.line}:{problem.column}: {problem.message}"


def check(site: Site, body: str, record: str | None = None, missing: frozenset[str] = frozenset()) -> list[str]:
    """Returns what the scan says of a page, and then what its calls say."""
    found = scan(site, body, record)
    view = PageContext(site.catalog, site.pages, found.page, dry=True)
    return [shown(one) for one in (*found.problems, *check_page(view, found, missing))]


@pytest.mark.parametrize(
    ("text", "word", "column"),
    [
        ("one {{ link('two') }}", "one", 1),
        ("{{ link('one') }} one", "one", 10),
        ("stones one", "one", 8),
        ("one_ -one ones one", "one", 16),
        ("stone", "one", 1),
        ("It is {{ link('two') }}", "one", 7),
        ("It is {{ link('two') }}", "", 7),
        ("It is {## so ##}", "one", 7),
        ("a''' b", "''", 3),
    ],
)
def test_a_word_is_found_where_it_stands_by_itself_and_else_the_first_call(text: str, word: str, column: int) -> None:
    assert Scan(page_of(f"First.\n{text}")).place(2, word) == (6, column)


def test_plain_values_are_read_as_they_are_written(small: Site) -> None:
    body = "{{ count('figure', topic='lng', a=-1, b=-2.5, c=[true, none, ('x', 1)], d={'k': ['v']}) }}"
    (call,) = scan(small, body).calls
    assert call.arguments == ("figure",)
    assert call.named == {
        "topic": "lng",
        "a": -1,
        "b": -2.5,
        "c": [True, None, ("x", 1)],
        "d": {"k": ["v"]},
    }
    assert (call.line, call.column) == (5, 4)


@pytest.mark.parametrize(
    "value", ["-true", "-'x'", "1 + 1", "x", "x.y", "f()", "[f()]", "{'a': f()}", "{f(): 1}", "*x"]
)
def test_a_value_that_is_computed_is_refused(small: Site, value: str) -> None:
    found = scan(small, f"It {{{{ count({value}) }}}}.")
    assert [shown(one) for one in found.problems] == ["5:7: count: a value that is not plain"]
    assert found.calls == []
    assert found.parts == []


def test_the_parts_of_a_page_are_its_text_and_its_calls_in_order(small: Site) -> None:
    found = scan(small, "Of {{ count('figure') }}{## a remark ##} and {{ as_at() }}.\n\n{{ sources() }}\n")
    assert [one.macro.name if isinstance(one, Call) else one for one in found.parts] == [
        "Of ",
        "count",
        " and ",
        "as_at",
        ".\n\n",
        "sources",
    ]
    assert [one.bound for one in found.calls] == [{"kind": "figure"}, {}, {}]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("See {{ link('term/wordin') }}.", "5:14: no record 'term/wordin'"),
        ("See {{ link(\n  'term/wordin') }}.", "6:4: no record 'term/wordin'"),
        ("See {{ cite('tex') }}.", "5:14: no source 'tex'"),
        ("See {{ nothing }}.", "5:8: no macro 'nothing'"),
        ("See {{ lnik('x') }}.", "5:8: no macro 'lnik'"),
        ("See {{ 1 }}.", "5:5: this is not a macro call"),
        ("Then.\n\n{% if x %}a{% endif %}", "7:1: this is not a macro call"),
        ("See {{ link() }}.", "5:8: link: missing a required argument: 'record'"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_at_its_place(small: Site, body: str, said: str) -> None:
    found = scan(small, body)
    assert [shown(one) for one in found.problems] == [said]
    assert found.calls == [], "it cannot be run"


@pytest.mark.parametrize("body", ["Then. {{ facts() }}", "{{ facts() }} so", " {{ facts() }}", "* {{ facts() }}"])
def test_a_block_has_its_line_to_itself(small: Site, body: str) -> None:
    assert [one.message for one in scan(small, body).problems] == ["facts stands within other text"]
    assert scan(small, "{{ facts() }}  ").problems == scan(small, "{{ facts(\n) }}").problems == []


def test_a_fault_does_not_hide_the_next_one_and_good_calls_stay(small: Site) -> None:
    found = scan(small, "{{ nothing }} {{ count('figure') }} {{ link('term/x') }} {{ 1 }} {{ as_at() }}")
    assert [one.macro.name for one in found.calls] == ["count", "as_at"]
    assert len(found.problems) == 3
    assert found.mentions == ["term/x"]


def test_the_records_that_calls_name_are_noted(small: Site) -> None:
    found = scan(small, "{{ link('term/wording') }} {{ cite('text', 'p. 1') }} {{ cite('source/text', 'p. 2') }}")
    assert found.mentions == ["term/wording", "source/text", "source/text"]


def test_a_page_ends_with_its_sources_unless_the_call_cannot_be_read(small: Site) -> None:
    missing = "7:1: sources() is missing: every page ends with it"
    assert check(small, f"It is.{SOURCES}") == []
    assert check(small, "It is.\n\nThe end.\n\n\n") == [missing]
    assert check(small, "It is.\n\nIts sources (all of them).") == [missing], "words are no call"
    assert check(small, "A {{ nothing }}.\n\nThe end.") == ["5:6: no macro 'nothing'", missing]
    assert check(small, "It is.\n\n{{ sources(x) }}") == ["7:4: sources: a value that is not plain"]
    assert check(small, "It is.\n\nThe end.", "question/doubt") == [
        "7:1: ending() is missing: a record's own page ends with it"
    ]


def test_what_a_call_says_when_it_runs_stands_at_its_place(small: Site) -> None:
    assert check(small, f"It\nis {{{{ value('deadline/meeting', 'duu') }}}}.{SOURCES}") == [
        "6:34: value: 'deadline/meeting' has no 'duu'"
    ]
    assert check(small, f"It {{{{ count('figure', topic='nothing') }}}}, {{{{ count('trem') }}}}.{SOURCES}") == [
        "5:14: count: no record of the kind figure fits",
        "5:54: count: no kind of record 'trem'",
    ], "the second is said as well"


def test_what_a_broken_record_may_explain_is_not_said_and_the_rest_is(small: Site) -> None:
    documents = {**small.catalog.documents, "term/broken": Document("broken.yml")}
    site = replace(small, catalog=replace(small.catalog, documents=documents, _indexes={}))
    calls = "{{ count('term', topic='none') }}, {{ link('term/broken') }}, {{ count('figure', topic='none') }}"
    assert check(site, f"It {calls}.{SOURCES}") == ["5:76: count: no record of the kind figure fits"]


def test_an_end_that_misses_what_the_page_writes_itself_is_not_said_and_the_rest_is(small: Site) -> None:
    body = "{{ facts() }}\n\n{{ ending() }}\n\n{{ count('figure', topic='none') }}"
    assert check(small, body, "provision/one") == [
        "9:11: count: no record of the kind figure fits",
        "5:4: facts() is in the layout of the page: overrides/layouts/provision.md",
    ]


def test_a_record_that_is_missing_elsewhere_too_is_said_where_it_is_named(small: Site) -> None:
    body = f"{{{{ features(['gone']) }}}}{SOURCES}"
    assert check(small, body) == ["5:4: no record 'instrument/gone'"]
    assert check(small, body, missing=frozenset({"instrument/gone"})) == ["5:4: no record 'instrument/gone'"]
    whole = f"{{{{ deadlines('provision/one') }}}}{SOURCES}"
    assert check(small, whole, missing=frozenset({"instrument/gone"})) == []


def test_a_record_is_shown_by_the_calls_that_link_cite_or_print_it(small: Site) -> None:
    def calls(key: str) -> set[tuple[str, str]]:
        return {(page.source, call.macro.name) for page, call in iter_shown(small.catalog, small.pages, key)}

    assert ("lists.md", "entries") in calls("term/wording")
    assert ("one.md", "opening") in calls("provision/one")
    assert ("one.md", "opening") not in calls("figure/share")
    assert calls("nothing/at-all") == set()


def test_records_are_found_in_what_a_template_is_given_but_not_through_the_view(small: Site) -> None:
    one, two = small.catalog.get("term/wording"), small.catalog.get("provision/one")
    view = PageContext(small.catalog, small.pages, small.pages.pages[0])
    view.terms = {"term/wording": small.catalog.one(Term, "wording")}

    def found(value: object) -> list[str]:
        return list(_keys_in(value))

    assert found(one) == ["term/wording"]
    assert found([(one, {"x": two}), {"k": [two]}]) == ["term/wording", "provision/one", "provision/one"]
    assert found(Group("A", [one])) == ["term/wording"]
    assert found([[[[one]]]]) == ["term/wording"]
    assert found([[[[[one]]]]]) == [], "nothing that is handed to a template is deeper"
    assert found([view, small.pages.pages[0], Group, "term/wording", None]) == []

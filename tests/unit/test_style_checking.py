"""Where the rules of style are held against what readers see: records, pages, news, settings, templates and code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from macros.catalog.catalog import Catalog
from macros.pages.page import Page, Pages
from macros.schema.news import NewsItem
from macros.site.loading import Site
from macros.style.checking import _check_code, check_style
from macros.style.marks import check_marks
from macros.style.rules import Avoided, Rules, Style, load_rules
from macros.text.document import read_document
from macros.text.header import read_markdown
from macros.text.memory import Memory
from macros.tree import Tree
from tests.unit.test_words_and_ways import page_of

STYLE = "longest_sentence: 6\nexempt: {any: [quote], term: [note]}\nwords:\n  - {avoid: bad( one)?, write: good}\n"
RULES = Rules(Style(longest_sentence=6, words=[Avoided(avoid="bad", write="good")]), {})
LONG = "It goes on and on and on."


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """Returns a tree without anything that a reader would see."""
    (tmp_path / "data" / "vocabulary").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def empty(small: Site) -> Catalog:
    """Returns a catalog without records and news."""
    return replace(small.catalog, records={}, documents={}, news=(), _sorted={})


def told(top: Path, catalog: Catalog, *pages: Page, records: Mapping[str, str] | None = None) -> list[str]:
    """Returns what is said of records with these texts and of pages."""
    (top / "data" / "style.yml").write_text(STYLE, encoding="utf-8")
    documents = {key: read_document(f"data/{key}.yml", text.encode())[0] for key, text in (records or {}).items()}
    found = check_style(Tree(top), replace(catalog, documents=documents), Pages(pages, {}))
    return [f"{one.path.rpartition('/')[2]}:{one.line}:{one.column}: {one.message}" for one in found]


BAD = "'bad' is not how the site speaks"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("summary: It is bad.\n", [f"x.yml:1:16: {BAD}"]),
        ("summary: >-\n  It is good.\n\n  It is bad.\n", [f"x.yml:4:9: {BAD}"]),
        ("items:\n- {title: Bad as it is}\n- {id: bad thing}\n", ["x.yml:2:11: 'Bad' is not how the site speaks"]),
        ("quote: It is bad.\nnote: It is bad.\nparts: [{quote: So bad}]\n", []),
        ("to: so bad\nkey: bad\nother: bad/bad\n", []),
        (
            "summary: See [[term/bad|a bad one]] and [[term/bad]].\n",
            ["x.yml:1:27: 'bad one' is not how the site speaks"],
        ),
        (f"summary: {LONG}\n", ["x.yml:1:10: a sentence of 7 words: It goes on and on and ..."]),
        ("summary: It goes on and on too.\n", []),
        (f"summary: >-\n  It is short.\n  {LONG}\n", ["x.yml:3:3: a sentence of 7 words: It goes on and on and ..."]),
        (f"title: {LONG}\n", []),
        ("a: It is bad.\nb: It is fine.\nc: It is bad.\n", [f"x.yml:1:10: {BAD}", f"x.yml:3:10: {BAD}"]),
        ("summary: bad is bad.\n", [f"x.yml:1:10: {BAD}"] * 2),
        ("bad: It is bad.\n", [f"x.yml:1:12: {BAD}"]),
        ("summary: >-\n  It is good or bad\n  one.\n", ["x.yml:2:17: 'bad one' is not how the site speaks"]),
        ("summary: It is bad, bad.\n", [f"x.yml:1:16: {BAD}"] * 2),
        ("- It is bad.\n", []),
    ],
)
def test_a_record_is_told_of_at_the_words(top: Path, empty: Catalog, text: str, said: list[str]) -> None:
    assert told(top, empty, records={"term/x": text}) == said


def test_a_field_is_exempt_for_its_kind_alone(top: Path, empty: Catalog) -> None:
    text = "note: It is bad.\n"
    assert told(top, empty, records={"term/x": text, "event/y": text}) == [f"y.yml:1:13: {BAD}"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("It is bad.", [f"a.md:4:7: {BAD}"]),
        ("\nIt is bad.", [f"a.md:5:7: {BAD}"]),
        ("One.\n\nIt is {{ value('a/b', 'c') }} bad.", [f"a.md:6:31: {BAD}"]),
        (f"One.\n\n{LONG}", ["a.md:6:1: a sentence of 7 words: It goes on and on and ..."]),
        (f"{LONG}\n\n{LONG}", [f"a.md:{line}:1: a sentence of 7 words: It goes on and on and ..." for line in (4, 6)]),
        (f"# {LONG}\n\n- {LONG}\n1. {LONG}\n\n| {LONG} |", []),
        (f"- A point.\n\n{LONG}", ["a.md:6:1: a sentence of 7 words: It goes on and on and ..."]),
        (f"One. {LONG}", ["a.md:4:6: a sentence of 7 words: It goes on and on and ..."]),
    ],
)
def test_a_page_is_told_of_at_the_words(top: Path, empty: Catalog, body: str, said: list[str]) -> None:
    assert told(top, empty, page_of("a.md", body)) == said


def test_the_title_and_description_of_a_page_are_read(top: Path, empty: Catalog) -> None:
    file, _ = read_markdown("docs/a.md", b"---\ntitle: A bad page\ndescription: It is bad.\n---\n")
    page = replace(page_of("a.md", ""), file=file)
    assert told(top, empty, page) == [f"a.md:2:8: {BAD}", f"a.md:3:14: {BAD}"]


def test_a_page_in_another_language_is_not_read(top: Path, empty: Catalog) -> None:
    page = page_of("ja/a.md", "It is bad.", language="ja")
    assert told(top, empty, page, page_of("b.md", "It is bad.")) == [f"b.md:4:7: {BAD}"]


def test_the_news_are_read(top: Path, empty: Catalog) -> None:
    path = top / "data" / "catalog.yml"
    path.write_text(
        "as_at: 2026-09-30\nnews:\n- {date: 2026-09-01, says: It is well.}\n"
        f"- {{date: 2026-09-02, says: 'It is bad. {LONG}'}}\n",
        encoding="utf-8",
    )
    items = read_document("x", path.read_bytes())[0].value["news"]
    news = tuple(NewsItem.model_validate(one) for one in items)
    assert told(top, replace(empty, news=news)) == [
        f"catalog.yml:4:28: {BAD}",
        "catalog.yml:4:28: a sentence of 7 words: It goes on and on and ...",
    ]


def test_the_settings_are_read(top: Path, empty: Catalog) -> None:
    (top / "mkdocs.yml").write_text(
        "site_name: A bad name\nsite_description: bad\ntheme: A bad theme\n"
        "nav:\n- A bad part: [index.md]\n- Good:\n  - Bad: one.md\nextra: {notice: So bad}\n",
        encoding="utf-8",
    )
    bad = "'Bad' is not how the site speaks"
    assert sorted(told(top, empty)) == [
        f"mkdocs.yml:1:12: {BAD}",
        f"mkdocs.yml:5:3: {BAD}",
        f"mkdocs.yml:7:5: {bad}",
        f"mkdocs.yml:8:17: {BAD}",
    ]
    (top / "mkdocs.yml").write_text("site_name: A bad name\nnav: [\n", encoding="utf-8")
    assert told(top, empty) == [], "what cannot be read is told of elsewhere"
    (top / "mkdocs.yml").write_text("- A bad name\n", encoding="utf-8")
    assert told(top, empty) == []


def test_the_closed_lists_are_read(top: Path, empty: Catalog) -> None:
    path = top / "data" / "vocabulary" / "topic.yml"
    path.write_text("- {id: a, label: A bad label}\n", encoding="utf-8")
    (top / "data" / "style.yml").write_text("longest_sentence: 99\nwords:\n  - {avoid: bad, write: good}\n")
    found = list(check_style(Tree(top), empty, Pages((), {})))
    assert [(one.path, one.line, one.column) for one in found] == [("data/vocabulary/topic.yml", 1, 20)]


def test_the_code_is_read_where_it_is_the_tree_s_own(top: Path, empty: Catalog) -> None:
    (top / "data" / "style.yml").write_text("longest_sentence: 99\nwords:\n  - {avoid: the, write: a}\n")
    assert list(check_style(Tree(top), empty, Pages((), {}))) == []


def test_without_rules_nothing_is_told(top: Path, empty: Catalog) -> None:
    page = page_of("a.md", "It is bad.")
    assert list(check_style(Tree(top), empty, Pages((page,), {}))) == []


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("a.html", "<p>\n{% if bad %}So bad{% endif %}</p>", [(2, 16)]),
        ("a.md", "## So bad\n\n{{ bad('bad') }}", [(1, 7)]),
        ("a.js", "bad;\nsay(\"So bad\");\nsay('bad');", [(2, 9)]),
        ("a.typ", '#let bad = 1\n#say("So bad")', []),
        ("a.typ", "#let bad = 1\n[So bad]", [(2, 5)]),
        (
            "a.py",
            'def f():\n    """So bad."""\n    return {"so bad": "So bad", "x": "bad", "y": r"bad |so"}\n',
            [(3, 23)],
        ),
    ],
)
def test_the_words_in_templates_and_code_are_read(
    tmp_path: Path, name: str, text: str, places: list[tuple[int, int]]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = _check_code(RULES, Tree(tmp_path), path)
    assert [(one.line, one.column) for one in found] == places
    assert {(one.path, one.hint) for one in found} <= {(name, "write: good")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "longest_sentence: 5\nwords: [{avoid: '(a+)+', write: x}]\n",
            "2:17: a repetition within a repetition, which may",
        ),
        ("longest_sentence: 0\n", "1:19: "),
        ("longest_sentence: [\n", "1:19: '[' is opened here and not closed"),
        ("words: []\n", "1:1: "),
    ],
)
def test_rules_that_cannot_be_kept_are_told_at_their_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "style.yml").write_text(text, encoding="utf-8")
    rules, problems = load_rules(Tree(tmp_path))
    assert rules is None
    assert [f"{one.line}:{one.column}: {one.message}"[: len(said)] for one in problems] == [said]


def test_a_tree_may_have_no_rules_and_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert load_rules(Tree(tmp_path)) == (None, [])
    (tmp_path / "data" / "style.yml").symlink_to("/nowhere")
    rules, problems = load_rules(Tree(tmp_path))
    assert rules is None
    assert [one.path for one in problems] == ["data/style.yml"]


def test_spelling_is_that_of_the_dictionary_and_of_the_rules(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "style.yml").write_text(
        "longest_sentence: 9\nwords: [{avoid: bad, write: good}]\nkept: [licence]\nnames: [Bad Man]\n"
        "spelling: {whilst: while, per cent: percent}\n",
        encoding="utf-8",
    )
    rules, _ = load_rules(Tree(tmp_path))
    assert rules is not None
    found = rules.find('Whilst the Bad Man paid 5 Per cent for colour and a licence, "colour" was bad, labour too.')
    assert [(one.start, one.words, one.instead) for one in found] == [
        (0, "Whilst", "while"),
        (26, "Per cent", "percent"),
        (39, "colour", "color"),
        (74, "bad", "good"),
        (79, "labour", "labor"),
    ]
    plain = Rules(Style(longest_sentence=9, words=[Avoided(avoid="bad", write="good")]), {})
    assert [one.start for one in plain.find("Bad and bad; abad bade")] == [0, 8]


def marked(small: Site, key: str, **fields: object) -> list[tuple[str, str]]:
    """Returns the marks that are told of in a record that says something else, each with its hint."""
    old = small.catalog.get(key)
    record = old.model_copy(update=fields)
    record._id = old.id
    catalog = replace(small.catalog, records={key: record}, _sorted={})
    return [(one.message, one.hint) for one in check_marks(catalog, Memory())]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A **bold** word", "a Markdown mark, '**'"),
        ("A *slanted* word", "a Markdown mark, '*slanted*'"),
        ("An _other_ word", "a Markdown mark, '_other_'"),
        ("- an item", "a Markdown mark, '-'"),
        ("A [link](x.md)", "a Markdown link, '[link](x.md)'"),
        ("A [[none", "'[[' that is no link"),
        ("A {brace", "a brace, '{'"),
        ("A <b>tag", "an HTML tag, '<b>'"),
        ("A &nbsp; sign", "an HTML sign, '&nbsp;'"),
    ],
)
def test_a_mark_that_readers_would_see_is_told(small: Site, text: str, message: str) -> None:
    assert [said for said, _ in marked(small, "provision/one", summary=text)] == [message]


def test_the_first_mark_of_each_text_is_told(small: Site) -> None:
    found = marked(small, "provision/one", summary="A <b> and {b}", not_said="A `c`", heading="[[provision/two]]")
    assert sorted(said for said, _ in found) == [
        "'[[' that is no link",
        "a Markdown mark, '`'",
        "a brace, '{'",
    ], "a title has no links, and running text may have them"
    assert marked(small, "provision/one", summary="[[provision/two]] of 5 * 3 a_b_c & 2 < 3") == []


def test_addresses_and_official_words_keep_their_signs(small: Site) -> None:
    assert marked(small, "source/text", url="https://a.example/_x_?a=*b*") == []
    assert marked(small, "provision/one", official_words=["A *word*"]) == []

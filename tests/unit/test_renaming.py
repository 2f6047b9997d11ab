"""Edits by place, what calls name, and how links follow a page that moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.problems import ContentError, UsageError
from macros.renames.calls import iter_words
from macros.renames.edits import Edit, MisplacedError, add_item, apply_edits, insert_line, remove_item, remove_line
from macros.renames.mentions import Named, find_in_page, find_in_record
from macros.renames.pages import rebase_links, rename_page
from macros.renames.records import rename_record
from macros.site.loading import Site
from macros.text.document import read_document
from macros.tree import Tree
from tests.conftest import SPECIMENS, Alter
from tests.copies import Copies

SMALL = Tree(SPECIMENS / "small")


def item_added(text: str, item: str = "new") -> str:
    return add_item(text, read_document("x.yml", text.encode())[0], "aliases", item)


def item_removed(text: str, item: str) -> str:
    return remove_item(text, read_document("x.yml", text.encode())[0], "aliases", item)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_an_edit_leaves_every_other_byte(end: str, mark: str) -> None:
    text = mark + end.join(["a: 'one'  # one", "", "b: [one,  two]", "c: one"])
    edits = [Edit(1, 5, "one", "first"), Edit(3, 5, "one", "first"), Edit(3, 5, "one", "first")]
    assert apply_edits(text, edits) == mark + end.join(["a: 'first'  # one", "", "b: [first,  two]", "c: one"])
    assert insert_line(text, 2, "x") == text.replace(f"# one{end}", f"# one{end}x{end}")
    assert remove_line(text, 2) == text.replace(f"{end}{end}", end)


def test_two_edits_of_one_line_do_not_move_each_other() -> None:
    assert apply_edits("ab ab\n", [Edit(1, 1, "ab", "long"), Edit(1, 4, "ab", "x")]) == "long x\n"


def test_an_edit_that_does_not_fit_its_place_changes_nothing() -> None:
    with pytest.raises(MisplacedError, match="'two' is not where it was expected") as caught:
        apply_edits("one\n\nthree\n", [Edit(3, 1, "two", "2")])
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\naliases: [new]\n"),
        ("a: 1", "a: 1\naliases: [new]\n"),
        ("a: 1\r\n", "a: 1\r\naliases: [new]\r\n"),
        ("aliases: [old]  # kept\nb: 2\n", "aliases: [new, old]  # kept\nb: 2\n"),
        ("aliases:\n- old\nb: 2\n", "aliases:\n- new\n- old\nb: 2\n"),
        ("aliases:\n  - 'old'\n", "aliases:\n  - new\n  - 'old'\n"),
        ("aliases: []\nb: 2\n", "aliases: [new]\nb: 2\n"),
    ],
)
def test_an_item_is_added_in_the_form_that_the_list_has(before: str, after: str) -> None:
    assert item_added(before) == after
    assert "new" in read_document("x.yml", after.encode())[0].value["aliases"]


@pytest.mark.parametrize(
    ("before", "item", "after"),
    [
        ("aliases: [one, two]\n", "one", "aliases: [two]\n"),
        ("aliases: [one, 'two']\n", "two", "aliases: [one]\n"),
        ("aliases: [one]\nb: 2\n", "one", "b: 2\n"),
        ("aliases:\n- one\n- two\n", "two", "aliases:\n- one\n"),
        ("a: 1\naliases:\n- one\n", "one", "a: 1\n"),
    ],
)
def test_an_item_is_removed_and_the_key_with_the_last(before: str, item: str, after: str) -> None:
    assert item_removed(before, item) == after


def test_words_of_calls_say_what_they_name() -> None:
    text = (
        "---\r\ntitle: x\r\n---\r\n{{ cite('text', 'text') }} {{ link(text='a {{ b', record='provision/one') }}\r\n"
        "{## {{ cite('gone') }} ##}\r\n{{ entries('implication',\r\n  audiences='buyers', type='risk') }}\r\n"
        "{{ matrix({'older': ['older', \"framework\"]}) }}"
    )
    found = [(one.macro, one.parameter, one.key, one.line, one.column) for one in iter_words(text) if one.key]
    assert found == [
        ("cite", "source", "source/text", 4, 10),
        ("link", "record", "provision/one", 4, 59),
        ("entries", "audiences", "audience/buyers", 7, 14),
        ("matrix", "groups", "instrument/older", 8, 23),
        ("matrix", "groups", "instrument/framework", 8, 32),
    ]
    lines = text.split("\r\n")
    for one in iter_words(text):
        assert lines[one.line - 1][one.column - 1 :].startswith(one.text)


def test_a_mention_in_a_record_is_found_by_field_link_and_comment(alter: Alter) -> None:
    text = (
        "# About provision/one, not provision/one-more.\ntitle: Is it so?  # [[provision/one]]\nwhy_it_matters: >-\n"
        "  It matters, as [[provision/one|the\n  first]] says; see [[ provision/one ]] and https://x.example/provision/one.\n"
        "what_sources_say: 'They differ.'\nwording: We do not know.\nstatus: open\n"
        'about: ["provision/one",provision/two]\nposition: 1\nsources:\n  - {id: report}\n'
    )
    site = alter({"data/question/doubt.yml": None, "data/question/other.yml": ("", text)})
    assert not site.problems
    record, document = site.catalog.records["question/other"], site.catalog.documents["question/other"]
    found = {
        (one.line, one.column, one.by) for one in find_in_record(record, document, text, Named("provision", "one"))
    }
    assert found == {
        (1, 19, "comment"),
        (2, 33, "link"),
        (4, 30, "link"),
        (5, 34, "link"),
        (9, 20, "about"),
    }


def test_a_mention_on_a_page_is_found_in_header_calls_and_links(small: Site) -> None:
    page = small.pages.at("one.md")
    assert page is not None
    text = (SMALL.docs / "one.md").read_text(encoding="utf-8")
    text = text.replace("It says", "[See](lists.md#provision-one) and [more](#provision-one-more). It says")
    found = [(one.line, one.by) for one in find_in_page(page, text, Named("provision", "one"))]
    assert found == [(4, "record"), (9, "anchor")]


@pytest.mark.parametrize(
    ("source", "line", "after"),
    [
        ("index.md", "[a](one.md) [b](one.md#x) [c](two.md)", "[a](deep/first.md) [b](deep/first.md#x) [c](two.md)"),
        ("deep/more.md", "[a](../one.md 'Title')", "[a](first.md 'Title')"),
        (
            "one.md",
            "[a](two.md) ![b](x.png) [c](#here) [d](one.md)",
            "[a](../two.md) ![b](../x.png) [c](#here) [d](first.md)",
        ),
        ("index.md", "[a]: one.md", "[a]: deep/first.md"),
        ("index.md", '<a href="one.md#b">', '<a href="deep/first.md#b">'),
        ("index.md", "[a](https://x.example/one.md) [b](done.md)", "[a](https://x.example/one.md) [b](done.md)"),
    ],
)
def test_links_follow_a_page_that_moves(source: str, line: str, after: str) -> None:
    assert apply_edits(line, rebase_links(line, source, {"one.md": "deep/first.md"})) == after


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("provision/three", "provision/x", "no record 'provision/three'"),
        ("provision/first", "provision/x", "it is provision/one now"),
        ("provision/one", "term/one", "a record keeps its kind"),
        ("provision/one", "provision/Not_So", "cannot be an id"),
    ],
)
def test_a_name_that_makes_no_sense_is_refused(small: Site, old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        rename_record(SMALL, small, old, new)


def test_an_id_that_is_taken_is_refused_at_its_place(alter: Alter) -> None:
    site = alter({"data/provision/two.yml": ("position: 2", "position: 2\naliases: [zwei]")})
    for new, place in (("two", "data/provision/two.yml:1:1"), ("zwei", "data/provision/two.yml:4:11")):
        with pytest.raises(ContentError, match=place):
            rename_record(SMALL, site, "provision/one", new)


@pytest.mark.parametrize(
    ("old", "new", "error", "said"),
    [
        ("docs/none.md", "docs/x.md", UsageError, "no page"),
        ("docs/index.md", "docs/x.md", UsageError, "is home"),
        ("docs/one.md", "docs/Two.md", UsageError, "cannot be the path"),
        ("docs/one.md", "docs/two.md", ContentError, "docs/two.md:1:1: the page exists already"),
        ("docs/one.md", "docs/two/index.md", ContentError, "the address two/ is that of docs/two.md"),
    ],
)
def test_a_path_that_cannot_be_is_refused(small: Site, old: str, new: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        rename_page(SMALL, small, old, new)


def test_a_name_that_was_renamed_back_is_no_earlier_one(alter: Alter) -> None:
    site = alter({})
    change = rename_record(SMALL, site, "provision/one", "first")
    text = change.texts[SMALL.data / "provision" / "one.yml"]
    assert text.endswith("aliases: [one]\n")
    assert [path.name for path in change.moves.values()] == ["first.yml"]
    assert isinstance(next(iter(change.moves)), Path)


def test_the_version_in_another_language_moves_with_its_page(alter: Alter, copies: Copies) -> None:
    version = "---\ntitle: 二\ndescription: 二。\nlanguage: ja\n---\n\n[英語](../two.md)\n\n{{ sources() }}\n"
    site = alter({"docs/ja/two.md": ("", version)})
    tree = Tree(copies.taken[0])
    change = rename_page(tree, site, "docs/two.md", "docs/deep/second.md")
    moved = {
        old.relative_to(tree.docs).as_posix(): new.relative_to(tree.docs).as_posix()
        for old, new in change.moves.items()
    }
    assert moved == {"two.md": "deep/second.md", "ja/two.md": "ja/deep/second.md"}
    text = change.texts[tree.docs / "ja" / "two.md"]
    assert "[英語](../../deep/second.md)" in text
    assert "also_at: [ja/two/]" in text

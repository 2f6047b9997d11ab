"""What a renaming writes and moves: the files, the navigation, old addresses; and what it leaves to others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.problems import ContentError, UsageError
from macros.renames.calls import iter_words
from macros.renames.change import Change
from macros.renames.editions import check_address, check_id
from macros.renames.edits import Edit, insert_line, lines_of
from macros.renames.mentions import Named, find_in_page, find_in_record, iter_mentions
from macros.renames.pages import rebase_links, rename_page
from macros.renames.records import rename_record
from macros.site.loading import Site
from macros.text.document import read_document
from macros.tree import Tree
from tests.conftest import Alter
from tests.copies import Copies

DAY = "2026-09-30"


def put_edition(top: Path, name: str = DAY) -> Path:
    """Makes an edition with a record alone, and returns its folder; of its other parts a renaming asks nothing."""
    folder = top / "editions" / name
    (folder / "pages").mkdir(parents=True)
    (folder / "files" / "data").mkdir(parents=True)
    (folder / "edition.yml").write_text(f"as_at: {DAY}\ntitle: First\n", encoding="utf-8")
    return folder


def test_a_change_writes_what_is_edited_and_moves_what_has_a_new_place(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    for name in ("b.md", "a.md", "c.md"):
        (tmp_path / name).write_bytes(f"This is {name}\r\n".encode())
    change = Change(tree)
    change.edit({"b.md": [Edit(1, 9, "b.md", "it")], "a.md": [Edit(1, 1, "This", "That")]})
    change.edit({"a.md": [Edit(1, 6, "is", "was")]})
    change.moves[tmp_path / "a.md"] = tmp_path / "in" / "deep" / "a.md"
    change.moves[tmp_path / "c.md"] = tmp_path / "in" / "c.md"
    assert (tmp_path / "a.md").read_bytes() == b"This is a.md\r\n", "nothing is written before it is asked for"
    assert change.write() == ["changed b.md", "moved a.md to in/deep/a.md", "moved c.md to in/c.md"]
    assert (tmp_path / "b.md").read_bytes() == b"This is it\r\n"
    assert (tmp_path / "in" / "deep" / "a.md").read_bytes() == b"That was a.md\r\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.md", "in"]


def test_a_mention_that_is_not_at_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("One\n\nTwo\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        Change(Tree(tmp_path)).edit({"a.md": [Edit(3, 2, "Two", "2")]})
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("a.md", 3, 1)


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("a\nb\n", 1, "x\na\nb\n"),
        ("a\nb\n", 2, "a\nx\nb\n"),
        ("a\nb\n", 3, "a\nb\nx\n"),
        ("a\nb\n", 9, "a\nb\nx\n"),
        ("a\nb", 2, "a\nx\nb"),
        ("a\nb", 3, "a\nb\nx\n"),
        ("a\r\nb", 9, "a\r\nb\r\nx\r\n"),
        ("a", 2, "a\nx\n"),
    ],
)
def test_a_line_is_put_in_at_its_number_or_at_the_end(text: str, number: int, wanted: str) -> None:
    assert insert_line(text, number, "x") == wanted


def test_a_text_is_the_name_of_a_record_only_where_its_macro_takes_one() -> None:
    words = [
        (one.macro, one.parameter, one.text, one.key) for one in iter_words("{{ as_at('term/x') }} {{ none('x') }}")
    ]
    assert words == [("as_at", "", "term/x", "")], "more texts than it takes, and a macro that there is not"
    said = iter_words(
        "\n{{ cite('text', 'page 1', 'x') }} {{ entries('nothing', audiences='x') }}{{ chart(['x'], 'y') }}"
    )
    assert [(one.parameter, one.key, one.line, one.column) for one in said] == [
        ("source", "source/text", 2, 10),
        ("pinpoint", "", 2, 18),
        ("", "", 2, 28),
        ("kind", "", 2, 47),
        ("audiences", "", 2, 68),
        ("series", "series/x", 2, 85),
        ("says", "", 2, 91),
    ]


def test_a_mention_with_its_kind_or_in_quotes_is_found_where_its_id_begins(alter: Alter) -> None:
    site = alter({"data/question/doubt.yml": ("about: [provision/one]", "about: ['provision/one']")})
    key = "question/doubt"
    record, document = site.catalog.records[key], site.catalog.documents[key]
    (found,) = find_in_record(record, document, document.text, Named("provision", "one"))
    assert lines_of(document.text)[found.line - 1][found.column - 1 :].startswith("one']")


def test_the_record_of_a_page_is_found_in_its_header_however_it_is_written(alter: Alter, copies: Copies) -> None:
    site = alter({"docs/one.md": ("record: provision/one", 'record:   "provision/one"')})
    page = site.pages.at("one.md")
    assert page is not None
    text = (copies.taken[0] / "docs" / "one.md").read_text(encoding="utf-8")
    (found,) = find_in_page(page, text, Named("provision", "one"))
    assert lines_of(text)[found.line - 1][found.column - 1 :] == 'one"'


def test_an_answer_of_the_search_is_a_mention(small: Site, top: Path) -> None:
    queries = top / "tests" / "site" / "queries.yml"
    queries.parent.mkdir(parents=True)
    queries.write_text("- {ask: words, find: lists/#term-wording}\n- {ask: more, find: lists/#term-wording-more}\n")
    found = [one for one in iter_mentions(Tree(top), small, Named("term", "wording")) if one.by == "answer"]
    assert [(one.line, one.column) for one in found] == [(1, 34)]


CONFIG = """site_name: x  # one.md
nav:
  - index.md
  - "one.md"
  - More:
      - First: one.md
      - two.md
extra:
  answers: 'one/'
  footer:
    - {words: First, page: one/}
    - {words: Part, page: "one/#part"}
    - {words: Two, page: two/}
    - {words: 2, page: one/more}
theme: {name: one/, file: one.md}
"""


def test_the_navigation_and_the_frame_lead_to_a_page_that_moves(small: Site, top: Path) -> None:
    tree = Tree(top)
    tree.config.write_text(CONFIG, encoding="utf-8")
    change = rename_page(tree, small, "docs/one.md", "docs/deep/first.md")
    wanted = CONFIG.replace('"one.md"', '"deep/first.md"').replace("First: one.md", "First: deep/first.md")
    wanted = wanted.replace("'one/'", "'deep/first/'").replace("page: one/}", "page: deep/first/}")
    assert change.texts[tree.config] == wanted.replace('"one/#part"', '"deep/first/#part"')


def test_only_the_files_that_name_a_page_are_written_when_it_moves(small: Site, top: Path) -> None:
    tree = Tree(top)
    (top / "guides").mkdir()
    guide = top / "guides" / "a.md"
    guide.write_text(
        "See [it](../docs/one.md#x), docs/one.md and docs/one.mdx.\n\nNot docs/two.md.\n", encoding="utf-8"
    )
    (top / "README.md").write_text("[It](docs/one.md), docs/one.md and [that](./docs/one.md)\n", encoding="utf-8")
    (top / "CHANGELOG.md").write_text("It was docs/one.md.\n", encoding="utf-8")
    change = rename_page(tree, small, "docs/one.md", "docs/deep/first.md")
    written = sorted(path.relative_to(top).as_posix() for path in change.texts)
    assert written == ["README.md", "docs/index.md", "docs/one.md", "guides/a.md", "mkdocs.yml"]
    new = "docs/deep/first.md"
    assert change.texts[guide] == f"See [it](../{new}#x), {new} and docs/one.mdx.\n\nNot docs/two.md.\n"
    assert change.texts[top / "README.md"] == f"[It]({new}), {new} and [that]({new})\n"
    assert "also_at: [one/]\n---\n" in change.texts[top / "docs" / "one.md"]


def test_a_page_that_goes_back_has_its_other_address_as_an_old_one(alter: Alter, copies: Copies) -> None:
    site = alter({"docs/one.md": ("record: provision/one", "record: provision/one\nalso_at: [first/, once/]")})
    tree = Tree(copies.taken[0])
    folder = put_edition(tree.root)
    (folder / "pages" / "first.html").write_text("", encoding="utf-8")
    change = rename_page(tree, site, "docs/one.md", "docs/first.md")
    assert "also_at: [one/, once/]\n" in change.texts[tree.docs / "one.md"], "an edition has this page at first/"
    with pytest.raises(ContentError, match=r"the address once/ is that of docs/one\.md"):
        rename_page(tree, site, "docs/two.md", "docs/once.md")


def test_every_path_that_is_taken_is_told(alter: Alter, copies: Copies) -> None:
    version = "---\ntitle: 二\ndescription: 二。\nlanguage: ja\n---\n\n{{ sources() }}\n"
    site = alter({"docs/ja/two.md": ("", version), "docs/ja/gone.md": ("", version)})
    tree = Tree(copies.taken[0])
    (tree.docs / "gone.md").write_text("x", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        rename_page(tree, site, "docs/two.md", "docs/gone.md")
    assert [one.path for one in caught.value.problems] == ["docs/gone.md", "docs/ja/gone.md"]


def test_a_version_in_another_language_moves_alone(alter: Alter, copies: Copies) -> None:
    version = "---\ntitle: 二\ndescription: 二。\nlanguage: ja\n---\n\n{{ sources() }}\n"
    site = alter({"docs/ja/two.md": ("", version)})
    tree = Tree(copies.taken[0])
    change = rename_page(tree, site, "ja/two.md", "ja/other.md")
    assert list(change.moves) == [tree.docs / "ja" / "two.md"]


def test_a_page_that_is_not_there_is_told_with_the_one_that_was_meant(small: Site, top: Path) -> None:
    with pytest.raises(UsageError, match=r"^no page docs/on\.md; did you mean 'docs/one\.md'\?$"):
        rename_page(Tree(top), small, "docs/on.md", "docs/x.md")
    with pytest.raises(UsageError, match=r"^no page nothing-like-it\.md; pages: docs/buyers\.md, "):
        rename_page(Tree(top), small, "nothing-like-it.md", "docs/x.md")


def test_the_first_line_is_line_one_for_a_link() -> None:
    assert list(rebase_links("[x](one.md)\n[y](/one.md) [z](one.md)", "a.md", {"one.md": "two.md"})) == [
        Edit(1, 5, "one.md", "two.md"),
        Edit(2, 18, "one.md", "two.md"),
    ]


def test_an_id_that_an_edition_has_for_another_record_is_taken(top: Path) -> None:
    folder, tree = put_edition(top), Tree(top)
    assert list(check_id(tree, "term", "gone", ("wording",))) == [], "the edition has no such kind"
    (folder / "files" / "data" / "term.json").write_text(json.dumps([{"id": "wording"}, {"id": "gone"}]))
    (problem,) = check_id(tree, "term", "gone", ("wording",))
    assert (problem.path, problem.line, problem.column) == (f"editions/{DAY}/files/data/term.json", 1, 1)
    assert problem.message == f"'term/gone' is another record in the edition {DAY}"
    assert list(check_id(tree, "term", "gone", ("wording", "gone"))) == [], "it was this record's own"
    assert list(check_id(tree, "term", "new", ("wording",))) == []


def test_an_address_that_an_edition_has_for_another_page_is_taken(top: Path) -> None:
    folder, tree = put_edition(top), Tree(top)
    (folder / "pages" / "gone.html").write_text("", encoding="utf-8")
    (problem,) = check_address(tree, "gone/", ("one/",))
    assert (problem.path, problem.line, problem.column) == (f"editions/{DAY}/pages/gone.html", 1, 1)
    assert problem.message == f"another page is at gone/ in the edition {DAY}"
    assert list(check_address(tree, "gone/", ("one/", "gone/"))) == []
    assert list(check_address(tree, "new/", ("one/",))) == []


def test_a_record_has_its_new_name_wherever_it_is_named(small: Site, top: Path) -> None:
    tree = Tree(top)
    change = rename_record(tree, small, "term/wording", "words")
    written = {path.relative_to(tree.data).as_posix(): text for path, text in change.texts.items()}
    assert sorted(written) == ["provision/one.yml", "provision/two.yml", "term/wording.yml"]
    assert "[[term/words|a word]]" in written["provision/one.yml"]
    assert change.moves == {tree.data / "term" / "wording.yml": tree.data / "term" / "words.yml"}


def test_a_record_may_take_an_earlier_id_of_its_own_and_no_other_may(alter: Alter, copies: Copies) -> None:
    site = alter({"data/provision/two.yml": ("position: 2", "position: 2\naliases: [zwei, deux]")})
    tree = Tree(copies.taken[0])
    folder = put_edition(tree.root)
    (folder / "files" / "data" / "provision.json").write_text(json.dumps([{"id": "deux"}]))
    text = rename_record(tree, site, "provision/two", "provision/deux").texts[tree.data / "provision" / "two.yml"]
    assert read_document("x", text.encode())[0].value["aliases"] == ["two", "zwei"]
    with pytest.raises(ContentError, match=r"two\.yml:4:17: 'provision/deux' is an earlier id of provision/two"):
        rename_record(tree, site, "provision/one", "deux")
    with pytest.raises(UsageError, match="NEW=provision/deux"):
        rename_record(tree, site, "provision/one", "term/deux")

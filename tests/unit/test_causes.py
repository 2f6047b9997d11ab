"""Which problems follow from another one, and a record that is gone: one problem, which names every place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from macros.catalog.maps import FILE as MAPS
from macros.catalog.maps import NONE
from macros.problems import Problem
from macros.site.causes import Causes, drop_followers, find_causes
from macros.site.loading import Site
from macros.tree import Tree
from tests.conftest import Alter
from tests.unit.test_moving import DAY, put_edition


def missing(*places: str, key: str = "term/gone") -> list[Problem]:
    """Returns a problem at each place, `file:line`, where a record is named that there is not."""
    found = []
    for place in places:
        path, _, line = place.partition(":")
        found.append(Problem(path, int(line), 3, f"no record '{key}'", "terms: a, b", key))
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Returns a tree whose newest edition has a term that was renamed once, and whose older one has another."""
    for name, rows in (("2026-08-31", [{"id": "older"}]), (DAY, [{"id": "kept"}, {"id": "gone", "aliases": ["once"]}])):
        folder = put_edition(tmp_path, name)
        (folder / "edition.yml").write_text(f"as_at: {name}\ntitle: First\n", encoding="utf-8")
        (folder / "files" / "data" / "term.json").write_text(json.dumps(rows), encoding="utf-8")
    return Tree(tmp_path)


def test_a_record_that_the_newest_edition_has_is_gone_once_at_its_first_place(tree: Tree) -> None:
    other = Problem("data/a.yml", 1, 1, "another problem")
    found = drop_followers([*missing("docs/b.md:4", "data/c.yml:9", "docs/b.md:2"), other], [], tree)
    assert found[0] == other
    (gone,) = found[1:]
    assert (gone.path, gone.line, gone.column) == ("data/c.yml", 9, 3)
    said = f"'term/gone' is gone: the edition {DAY} has it, and the working tree does not"
    assert gone.message == f"{said}; docs/b.md:2, docs/b.md:4 name it too"
    assert gone.hint == "bring its file back; or, if it has a new id, write the old one under its aliases:"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (0, "does not"),
        (1, "does not; p:2 names it too"),
        (2, "does not; p:2, p:3 name it too"),
        (8, "does not; p:2, p:3, p:4, p:5, p:6, p:7, p:8, p:9 name it too"),
        (9, "does not; p:2, p:3, p:4, p:5, p:6, p:7, p:8, p:9 name it too, and 1 more"),
        (11, "does not; p:2, p:3, p:4, p:5, p:6, p:7, p:8, p:9 name it too, and 3 more"),
    ],
)
def test_some_places_are_written_out_and_the_rest_is_counted(tree: Tree, others: int, said: str) -> None:
    (gone,) = drop_followers(missing(*(f"p:{line}" for line in range(1, others + 2))), [], tree)
    assert gone.message.endswith(said)


def test_an_earlier_id_is_known_too_and_what_only_an_older_edition_has_is_not(tree: Tree) -> None:
    problems = [*missing("a:1", key="term/once"), *missing("a:2", key="term/older"), *missing("a:3", key="none/x")]
    problems += [*missing("a:4", key="term/kept"), *missing("a:5", key="term/new"), *missing("a:6", key="plain")]
    problems += [*missing("a:7", key="one/x"), *missing("a:8", key="two/x"), *missing("a:9", key="three/x")]
    found = {one.missing: one.message for one in drop_followers(problems, [], tree)}
    assert [key for key, message in found.items() if "is gone" in message] == ["term/kept", "term/once"]
    assert len(found) == 9


def test_an_edition_that_cannot_be_read_has_nothing(tree: Tree) -> None:
    path = tree.root / "editions" / DAY / "files" / "data" / "term.json"
    for spoilt in ("{", "5", "[5]", '[{"name": "gone"}]', '[{"id": "x", "aliases": null}]'):
        path.write_text(spoilt, encoding="utf-8")
        problems = missing("a:1")
        assert drop_followers(problems, [], tree) == problems
    assert drop_followers(missing("a:1"), [], Tree(tree.root / "nowhere")) == missing("a:1")


def test_what_is_wrong_with_a_misplaced_file_is_said_once(tmp_path: Path) -> None:
    misplaced = Problem("data/x.txt", 1, 1, "not a record")
    other = Problem("data/y.yml", 2, 2, "another")
    found = drop_followers([Problem("data/x.txt", 3, 3, "unknown key"), other], [misplaced], Tree(tmp_path))
    assert found == [misplaced, other]


def test_maps_that_cannot_be_read_are_there_all_the_same(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    broken = Problem(tree.shown(tree.data / MAPS), 1, 1, "not valid YAML")
    follows = Problem("data/project/plant.yml", 3, 1, f"it {NONE}")
    assert drop_followers([broken, follows], [], tree) == [broken]
    assert drop_followers([follows], [], tree) == [follows]


def test_what_is_wrong_with_a_line_that_holds_a_deceiving_character_comes_from_that(tmp_path: Path) -> None:
    strange = Problem("data/x.yml", 3, 5, "a letter that only looks like a")
    same, below = Problem("data/x.yml", 3, 1, "unknown key"), Problem("data/x.yml", 4, 1, "unknown key")
    elsewhere = Problem("data/y.yml", 3, 1, "unknown key")
    assert drop_followers([same, strange, below, elsewhere], [], Tree(tmp_path)) == [strange, below, elsewhere]


def test_what_could_not_be_read_may_name_a_record() -> None:
    causes = Causes(("see term/one and [[two]]",), pages=True, unread=False, headless=False, unknown=("term/therd",))
    named = {key: causes.may_name(key) for key in ("term/one", "term/two", "term/on", "term/one-more", "term/third")}
    assert named == {"term/one": True, "term/two": True, "term/on": False, "term/one-more": False, "term/third": True}
    assert Causes((), pages=True, unread=True, headless=False, unknown=()).may_name("term/x")


def problem_at(path: str) -> Problem:
    return Problem(path, 1, 1, "it is wrong")


def test_a_page_at_fault_is_known_by_its_header(small: Site) -> None:
    none = find_causes(small.catalog, small.pages, [problem_at("data/term/wording.yml")])
    assert none == Causes((), pages=False, unread=False, headless=False, unknown=())
    page = find_causes(small.catalog, small.pages, [problem_at("docs/one.md")])
    assert (page.pages, page.unread, page.headless) == (True, False, False)
    assert ["record: provision/one" in text for text in page.texts] == [True]
    for path in ("docs/nowhere.md", "docs"):
        lost = find_causes(small.catalog, small.pages, [problem_at(path)])
        assert (lost.pages, lost.unread, lost.texts) == (True, True, ())


@pytest.mark.parametrize(("source", "headless"), [("one.md", False), ("lists.md", True)])
def test_a_page_without_a_header_says_whose_it_is_or_not(small: Site, source: str, headless: bool) -> None:
    pages = tuple(replace(one, header=None) if one.source == source else one for one in small.pages.pages)
    pages_now = replace(small.pages, pages=pages)
    assert find_causes(small.catalog, pages_now, [problem_at(f"docs/{source}")]).headless is headless
    assert not find_causes(small.catalog, pages_now, [problem_at("docs/two.md")]).headless


def test_a_record_that_could_not_be_read_is_known_by_its_text(small: Site) -> None:
    records = {key: one for key, one in small.catalog.records.items() if key != "term/wording"}
    causes = find_causes(replace(small.catalog, records=records, _sorted={}), small.pages, [])
    assert causes.texts == (small.catalog.documents["term/wording"].text,)
    assert causes.unknown == ()
    page = small.pages.pages[0]
    own = replace(small.pages, own={"provision/first": page, "term/none": page})
    assert find_causes(small.catalog, own, []).unknown == ("term/none",), "the other one is an earlier id"


TERM = "data/term/wording.yml"


@pytest.mark.parametrize(
    ("edits", "paths"),
    [
        ({TERM: ("certainty: verified", "certainty: sure")}, [TERM]),
        ({"docs/lists.md": ("{{ entries('term') }}", "{{ entries('term' }}")}, ["docs/lists.md"]),
        ({"docs/lists.md": ("title: Lists", "titel: Lists")}, ["docs/lists.md"]),
        ({"docs/two.md": ("record: provision/two", "record: provision/twoo")}, ["docs/two.md"]),
    ],
)
def test_one_fault_is_told_where_it_is_and_nowhere_else(
    alter: Alter, edits: dict[str, tuple[str, str]], paths: list[str]
) -> None:
    assert [one.path for one in alter(edits).problems] == paths

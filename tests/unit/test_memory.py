"""A memory gives back what was made of a file while it is the same, and never an answer of its own."""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from macros.site.checked import fingerprint
from macros.site.loading import Site, load_site
from macros.text.memory import Memory
from macros.tree import Tree
from tests.conftest import copy_small
from tests.copies import Copies


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(copy_small(tmp_path / "tree"))


def assert_same(found: Site, fresh: Site) -> None:
    assert found.problems == fresh.problems
    assert found.catalog == fresh.catalog
    assert found.pages == fresh.pages
    # Choices are equal whatever their words: those are compared as well.
    assert repr(found.catalog.records) == repr(fresh.catalog.records)
    assert repr(found.catalog.vocabularies) == repr(fresh.catalog.vocabularies)


def test_only_the_record_that_changed_is_made_anew(tree: Tree) -> None:
    memory = Memory()
    before = load_site(tree, memory=memory)
    path = tree.data / "implication" / "point.yml"
    path.write_text(path.read_text().replace("title: A point", "title: Another point"))
    after = load_site(tree, memory=memory)
    again = {key for key, record in after.catalog.records.items() if record is not before.catalog.records[key]}
    assert again == {"implication/point"}
    assert_same(after, load_site(tree))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/implication/point.yml", "type: risk", "type: danger"),
        ("data/implication/point.yml", "title: A point", "titel: A point"),
        ("data/audience/buyers.yml", None, None),
        ("data/provision/one.yml", None, None),
        ("docs/one.md", "{{ opening() }}", "{{ openin() }}"),
        ("docs/two.md", None, None),
        ("data/style.yml", "", "longest_sentence: 2\n"),
        ("data/catalog.yml", "as_at: 2", "as_at: 1"),
        ("data/vocabulary/source-standing.yml", "    label: official\n", "    label: official\n    weak: true\n"),
        ("data/vocabulary/measure-state.yml", None, None),
        ("data/maps.yml", "closer_of: united-states", "closer_of: untied-states"),
    ],
)
def test_a_fault_comes_and_goes_as_without_a_memory(copies: Copies, file: str, old: str | None, new: str) -> None:
    top = copies.take()
    assert copies.load(top).problems == ()
    path = top / file
    whole = path.read_bytes() if path.is_file() else None
    if old is None:
        path.unlink()
    else:
        text = path.read_text() if whole else ""
        assert old in text
        path.write_text(text.replace(old, new) if old else new)
    broken = copies.load(top)
    assert broken.problems
    assert_same(broken, load_site(Tree(top)))
    if whole is None:
        path.unlink()
    else:
        path.write_bytes(whole)
    assert copies.load(top).problems == ()


@pytest.mark.skipif(os.name == "nt", reason="links are of other systems")
@pytest.mark.parametrize("file", ["data/style.yml", "data/maps.yml"])
def test_a_link_to_nowhere_in_the_place_of_a_file_is_seen(copies: Copies, file: str) -> None:
    top = copies.take()
    (top / file).unlink(missing_ok=True)
    copies.load(top)
    (top / file).symlink_to("nowhere")
    assert f"{file}: a link that leads nowhere" in {f"{one.path}: {one.message}" for one in copies.load(top).problems}


@pytest.mark.parametrize("edits", [11, pytest.param(250, marks=pytest.mark.audit)])
def test_what_is_remembered_is_what_a_full_check_finds(tree: Tree, edits: int) -> None:
    """After each of many edits, drawn from a seed and never taken back, by a memory that goes from run to run."""
    draw = random.Random(edits)  # noqa: S311 - the same draws each time are wanted
    memory, found = Memory(), set()
    for _ in range(edits):
        edit(draw, tree)
        remembered = load_site(tree, memory=memory)
        assert_same(remembered, load_site(tree))
        found |= {problem.kind for problem in remembered.problems}
        memory = pickle.loads(pickle.dumps(memory))  # noqa: S301 - made in this line
    assert len(found) > 5, "the edits make faults of many kinds"


def edit(draw: random.Random, tree: Tree) -> None:
    """Takes a word, a line or a whole file away, or writes one twice, in a file that is drawn."""
    files = sorted(path for folder in (tree.data, tree.docs) for path in folder.rglob("*") if path.is_file())
    path = draw.choice(files)
    lines = path.read_text(encoding="utf-8").split("\n")
    number = draw.randrange(len(lines))
    what = draw.choice(("word", "line", "twice", "other", "other", "file"))
    if what == "file" and path.parent != tree.data:
        path.unlink()
        return
    if what == "line":
        del lines[number]
    elif what == "twice":
        lines.insert(number, lines[number])
    elif what == "other":
        lines[number] = draw.choice(draw.choice(files).read_text(encoding="utf-8").split("\n"))
    else:
        words = lines[number].split(" ")
        del words[draw.randrange(len(words))]
        lines[number] = " ".join(words)
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("data/vocabulary/implication-type.yml", "label: risk", "label: danger", set()),
        (
            "data/vocabulary/implication-type.yml",
            "  - id: hint\n    label: hint\n",
            "",
            {"meaning: no type of point 'hint'"},
        ),
        ("data/maps.yml", None, "", {"project_map: there are no maps"}),
        ("data/maps.yml", "title: Japan", "titel: Japan", {"unknown key 'titel'"}),  # and they are there all the same
    ],
)
def test_a_change_of_lists_and_maps_is_seen_where_nothing_else_changed(
    tree: Tree, file: str, old: str | None, new: str, expected: set[str]
) -> None:
    lists, page = tree.data / "vocabulary" / "implication-type.yml", tree.docs / "buyers.md"
    lists.write_text(f"{lists.read_text(encoding='utf-8')}  - id: hint\n    label: hint\n", encoding="utf-8")
    calls = "{{ meaning(audience='buyers', type='hint') }}\n\n{{ project_map(says='Plants', topics=['lng']) }}\n\n"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("{{ ending() }}", f"{calls}{{{{ ending() }}}}"), encoding="utf-8")
    memory = Memory()
    assert load_site(tree, memory=memory).problems == ()
    path = tree.root / file
    if old is None:
        path.unlink()
    else:
        whole = path.read_text(encoding="utf-8")
        assert old in whole
        path.write_text(whole.replace(old, new), encoding="utf-8")
    memory = pickle.loads(pickle.dumps(memory))  # noqa: S301 - made in this line
    found = load_site(tree, memory=memory)
    assert {one.message for one in found.problems} == expected
    assert_same(found, load_site(tree))


def test_a_change_elsewhere_is_seen_by_what_has_read_it() -> None:
    reads: list[str] = []

    def read(given: Mapping[str, Mapping[str, str]]) -> str:
        reads.append("again")
        return f"{given['words'].get('a')} {'b' in given['words']} {len(given['kinds'])}"

    memory = Memory()
    for words, kinds, times in (
        ({"a": "1"}, {}, 1),
        ({"a": "1", "c": "3"}, {}, 1),
        ({"a": "2"}, {}, 2),
        ({"a": "2", "b": "3"}, {}, 3),
        ({"a": "2", "b": "3"}, {"k": "v"}, 4),
        ({"a": "2", "b": "3"}, {"k": "w"}, 4),
    ):
        given = {"words": words, "kinds": kinds}
        assert memory.recall_read("name", None, given, read) == read(given)
        reads.pop()
        assert len(reads) == times, given


def test_a_thing_is_made_once_while_it_is_made_of_the_same() -> None:
    made: list[str] = []

    def make(said: str) -> str:
        made.append(said)
        return said

    memory = Memory()
    assert Memory().is_empty
    for made_of, wanted in ((["a"], "one"), (["a"], "one"), (["b"], "three"), (["b"], "three"), (["a"], "five")):
        assert memory.recall("name", made_of, partial(make, wanted)) == wanted
    assert made == ["one", "three", "five"]
    assert not memory.is_empty
    assert memory.recall_read("read", 1, {}, lambda _: make("six")) == "six"
    assert memory.recall_read("read", 1, {}, lambda _: make("seven")) == "six"
    assert memory.recall_read("read", 2, {}, lambda _: make("eight")) == "eight"


def test_what_is_made_within_another_thing_is_kept_too_and_its_time_counted_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = iter((1.0, 3.0, 10.0, 14.0))
    monkeypatch.setattr("time.process_time", lambda: next(now))
    memory = Memory()
    assert memory.recall("outer", 1, lambda: [memory.recall("inner", 1, lambda: "made")]) == ["made"]
    assert memory.spent == 2
    assert memory.recall("inner", 1, lambda: "made again") == "made"
    with pytest.raises(ZeroDivisionError):
        memory.recall("fault", 1, lambda: 1 / 0)
    assert memory.spent == 6, "what could not be made took its time"


def test_what_nobody_asks_for_twice_is_forgotten() -> None:
    memory = Memory()
    for name in ("a", "b"):
        memory.recall(name, 1, lambda: "made")
    memory.sweep()
    memory.recall("a", 1, lambda: "again")
    memory.sweep()
    assert memory.recall("a", 1, lambda: "again") == "made"
    assert memory.recall("b", 1, lambda: "again") == "again"


def test_an_answer_does_not_hang_on_where_the_tree_lies(tree: Tree, tmp_path: Path) -> None:
    other = Tree(copy_small(tmp_path / "other"))
    assert fingerprint(other) == fingerprint(tree)
    (other.docs / "deep").mkdir()
    (other.docs / "one.md").rename(other.docs / "deep" / "one.md")
    assert fingerprint(other) != fingerprint(tree), "a page is at another address"


def test_an_answer_hangs_on_content_templates_and_every_configuration(tree: Tree) -> None:
    parent = tree.root / "parent.yml"
    parent.write_text("site_name: One\n", encoding="utf-8")
    tree.config.write_text(f"INHERIT: {parent.name}\n{tree.config.read_text(encoding='utf-8')}", encoding="utf-8")
    found = [fingerprint(tree)]
    for path in (tree.data / "implication" / "point.yml", tree.docs / "one.md", tree.config, parent):
        path.write_text(f"{path.read_text(encoding='utf-8')}# more\n", encoding="utf-8")
        found.append(fingerprint(tree))
    (tree.docs / "one.md").rename(tree.docs / "other.md")
    found.append(fingerprint(tree))
    assert len(set(found)) == len(found)
    assert fingerprint(tree) == found[-1]


def test_a_memory_serves_the_next_run(tree: Tree) -> None:
    memory = Memory()
    load_site(tree, memory=memory)
    kept: Memory = pickle.loads(pickle.dumps(memory))  # noqa: S301 - made a line above
    assert not kept.is_empty
    assert_same(load_site(tree, memory=kept), load_site(tree))

"""A memory gives back what was made of a file while it is the same, and never an answer of its own."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from macros.site.loading import Site, load_site
from macros.text.memory import Memory
from macros.tree import Tree
from tests.conftest import copy_small


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(copy_small(tmp_path / "tree"))


def assert_same(found: Site, fresh: Site) -> None:
    assert found.problems == fresh.problems
    assert found.catalog == fresh.catalog
    assert found.pages == fresh.pages


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
    ],
)
def test_a_fault_comes_and_goes_as_without_a_memory(tree: Tree, file: str, old: str | None, new: str) -> None:
    memory = Memory()
    load_site(tree, memory=memory)
    path = tree.root / file
    whole = path.read_bytes() if path.is_file() else None
    if old is None:
        path.unlink()
    else:
        text = path.read_text() if whole else ""
        assert old in text
        path.write_text(text.replace(old, new) if old else new)
    broken = load_site(tree, memory=memory)
    assert broken.problems
    assert_same(broken, load_site(tree))
    if whole is None:
        path.unlink()
    else:
        path.write_bytes(whole)
    assert load_site(tree, memory=memory).problems == ()


def test_a_memory_serves_the_next_run(tree: Tree) -> None:
    memory = Memory()
    load_site(tree, memory=memory)
    kept: Memory = pickle.loads(pickle.dumps(memory))  # noqa: S301 - made a line above
    assert not kept.is_empty
    assert_same(load_site(tree, memory=kept), load_site(tree))

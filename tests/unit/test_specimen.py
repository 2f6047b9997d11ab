"""A tree in which everything is wrong on purpose, and exactly what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.problems import format_problems
from macros.site.loading import Site, load_site
from macros.tree import Tree
from tests.conftest import SPECIMENS, Alter

BROKEN = SPECIMENS / "broken"


def test_every_fault_is_named_in_one_run() -> None:
    site = load_site(Tree(BROKEN))
    expected = (BROKEN / "expected.txt").read_text(encoding="utf-8")
    assert format_problems(list(site.problems)) == expected.rstrip("\n")


def test_every_message_names_a_place_that_exists() -> None:
    for problem in load_site(Tree(BROKEN)).problems:
        path = BROKEN / problem.path
        assert path.exists(), problem
        if path.is_file():
            lines = path.read_bytes().split(b"\n")
            assert 1 <= problem.line <= len(lines), problem
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem


def test_no_path_of_this_machine_is_printed() -> None:
    text = (BROKEN / "expected.txt").read_text(encoding="utf-8")
    assert not re.search(r"(^|\s)/[a-z]+/", text)


def test_the_small_tree_is_well(small: Site) -> None:
    assert small.problems == ()


def test_a_missing_settings_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A name\n")
    problems = load_site(Tree(tmp_path)).problems
    assert [(one.path, one.message) for one in problems] == [
        ("data/catalog.yml", "the file is missing"),
        ("data/vocabulary", "the folder of the closed lists is missing"),
    ]


# Where a kind has one record only, a page that lists the kind is rightly at fault when that one cannot be read.
RECORDS = [
    path.relative_to(SPECIMENS / "small").as_posix()
    for path in sorted(SPECIMENS.glob("small/data/*/*.yml"))
    if len(list(path.parent.iterdir())) > 1
]


@pytest.mark.parametrize("name", RECORDS)
def test_one_broken_record_is_one_problem(alter: Alter, name: str) -> None:
    """What names it, what prints it, and what it alone cites, is not at fault."""
    problems = alter({name: ("", "\nnonsense: 1\n")}).problems
    assert [one.path for one in problems] == [name]

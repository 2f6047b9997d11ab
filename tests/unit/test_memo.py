"""What a check remembers of the files that have not changed never hides what a change has broken."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from macros.memo import Memo
from macros.site import load_site
from macros.tree import Tree
from tests.conftest import SPECIMENS

# A file, what stands in it, and what is written instead; None: the file goes.
EDITS = (
    ("data/term/wording.yml", None, ""),
    ("data/source/report.yml", "type: secondary", "type: wrong"),
    ("data/deadline/meeting.yml", "sources:", "unknown: 1\nsources:"),
    ("docs/one.md", "It says something.", "It says something. {{ link('term/none') }}"),
    ("docs/two.md", None, ""),
    ("data/project/plant.yml", "value: 20", "value: 21"),
    (
        "docs/project.md",
        "It is planned.",
        "It is planned for 20 million tonnes, with 2 sources, on September 10, 2025.",
    ),
    ("docs/one.md", "It says something.", "one two three four five six seven eight nine ten eleven twelve thirteen"),
    ("docs/two.md", "\n# ", "\none two three four five six seven eight nine ten eleven twelve thirteen\n\n# "),
)


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    copy = tmp_path / "tree"
    shutil.copytree(SPECIMENS / "small", copy, ignore=shutil.ignore_patterns("site", ".cache"))
    (copy / "data" / "style.yml").write_text("longest_sentence: 30\nwords:\n  - {avoid: planned, write: intended}\n")
    return Tree(copy)


def test_each_edit_is_answered_as_without_a_memo(tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "memo.pickle"
    answers = set()
    for name, old, new in (("mkdocs.yml", "watch", "watch"), *EDITS):
        file = tree.root / name
        text = file.read_text()
        assert old is None or old in text, (name, old)
        file.unlink() if old is None else file.write_text(text.replace(old, new, 1))
        memo = Memo(path)
        found = load_site(tree, memo=memo).problems
        memo.save()
        assert found == load_site(tree).problems, name
        answers.add(found)
        if old is None:
            file.write_text(text)
    assert len(answers) >= len(EDITS), "the edits were seen"


def test_only_what_changed_is_asked_anew(tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "memo.pickle"
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return name.upper()

    for _ in range(2):
        memo = Memo(path)
        for name in ("data/term/wording.yml", "docs/one.md"):
            assert memo.recall(partial(ask, name), name, tree.root / name) == name.upper()
        memo.save()
    assert asked == ["data/term/wording.yml", "docs/one.md"]
    (tree.root / "docs/one.md").write_text("another")
    Memo(path).recall(lambda: ask("docs/one.md"), "docs/one.md", tree.root / "docs/one.md")
    assert asked[2:] == ["docs/one.md"]

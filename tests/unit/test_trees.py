"""Where the parts of a tree lie, which of its files are content, and which a machine could not keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.problems import UsageError
from macros.site.output import as_json, write_files
from macros.text.files import LARGEST, check_names, find_obstacle, list_folder, read_file, walk_folder
from macros.tree import COMPONENTS, Tree, find_tree, tree_of
from tests.conftest import Alter, write_texts


def make(top: Path, *names: str) -> None:
    write_texts(top, dict.fromkeys(names, "x"))


def test_a_tree_is_known_by_its_configuration_and_its_records(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no mkdocs\.yml and data/ here"):
        find_tree(tmp_path)
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError):
        find_tree(tmp_path)
    make(tmp_path, "mkdocs.yml")
    assert find_tree(tmp_path) == Tree(tmp_path)
    (tmp_path / "data").rmdir()
    with pytest.raises(UsageError):
        find_tree(tmp_path)


def test_pages_belong_to_the_working_tree_or_to_an_edition_in_it(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.md", "editions/2026-09-30/docs/a.md", "editions/2026-09-30/edition.yml")
    assert tree_of(tmp_path / "docs") == Tree(tmp_path)
    frozen = tree_of(tmp_path / "editions" / "2026-09-30" / "docs")
    assert frozen == Tree(tmp_path / "editions" / "2026-09-30", top=tmp_path)
    assert (frozen.config, frozen.cache, frozen.site) == (
        tmp_path / "mkdocs.yml",
        tmp_path / ".cache",
        tmp_path / "site",
    )
    assert frozen.shown(frozen.docs / "a.md") == "editions/2026-09-30/docs/a.md"


def test_what_a_tree_says_hangs_on_its_own_files_and_the_configurations_above(tmp_path: Path) -> None:
    folder = "editions/2026-09-30"
    names = ["base.yml", "data/b.yml", "data/vocabulary/a.yml", "docs/a.md", "README.md", f"{folder}/docs/a.md"]
    make(tmp_path, *names, f"{folder}/edition.yml", f"{folder}/data/x.yml")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: 'base.yml'  # above\nnav: []\n", encoding="utf-8")
    (tmp_path / "base.yml").write_text("INHERIT: mkdocs.yml\n", encoding="utf-8")

    def inputs(tree: Tree) -> list[str]:
        paths = [path for path in tree.inputs() if not path.is_relative_to(COMPONENTS.parent)]
        return [path.relative_to(tmp_path).as_posix() for path in paths]

    own = ["data/b.yml", "data/vocabulary/a.yml", "docs/a.md"]
    assert inputs(Tree(tmp_path)) == ["mkdocs.yml", "base.yml", *own], "each once, though the two name each other"
    frozen = Tree(tmp_path / folder, top=tmp_path)
    assert inputs(frozen) == [
        "mkdocs.yml",
        "base.yml",
        *(f"{folder}/{name}" for name in ("edition.yml", "data/x.yml", "docs/a.md")),
    ]
    assert COMPONENTS.parent in {path.parent.parent for path in Tree(tmp_path).inputs()}
    assert Tree(tmp_path).lists == [tmp_path / "data" / "vocabulary" / "a.yml"]


def test_files_are_found_in_order_without_what_editors_leave(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a/z.md", "a/b/c.md", ".hidden", "a/x~", "c.md.swp", ".git/x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    shown = [path.relative_to(tmp_path).as_posix() for path in walk_folder(tmp_path)]
    assert shown == ["a/b/c.md", "a/z.md", "b.md", "link"]
    shown = [path.relative_to(tmp_path).as_posix() for path in walk_folder(tmp_path, folders=True)]
    assert shown == ["a", "a/b", "a/b/c.md", "a/z.md", "b.md", "link"]
    assert [path.name for path in list_folder(tmp_path)] == ["a", "b.md", "link"]
    assert list_folder(tmp_path / "none") == list(walk_folder(tmp_path / "b.md")) == []


def test_what_is_in_the_way_of_a_file_is_said_with_its_cure(tmp_path: Path) -> None:
    top = tmp_path / "top"
    make(tmp_path, "out", "top/in", "top/folder/x")
    for name, aim in (("nowhere", "none"), ("loop", "loop"), ("away", "../out"), ("near", "in")):
        (top / name).symlink_to(aim)
    (top / "most").write_bytes(b"x" * LARGEST)
    (top / "more").write_bytes(b"x" * (LARGEST + 1))
    found = {name: find_obstacle(top / name, top) for name in ("in", "near", "most")}
    assert set(found.values()) == {("", "")}
    assert {
        name: find_obstacle(top / name, top)[0] for name in ("none", "nowhere", "loop", "away", "folder", "more")
    } == {
        "none": "the file is missing",
        "nowhere": "a link that leads nowhere",
        "loop": "a link that leads nowhere",
        "away": "a link that leads out of the project",
        "folder": "a folder where a file should be",
        "more": "a file of 1,000,001 bytes",
    }
    assert find_obstacle(top / "away", top)[1] == "put the file itself here"
    assert find_obstacle(top / "folder", top)[1] == "give it another name, or delete it"
    assert find_obstacle(top / "more", top)[1].startswith("at most 1,000,000 can be read")
    assert read_file(top / "in", "in", top) == (b"x", [])
    data, (problem,) = read_file(top / "none", "shown", top)
    assert (data, problem.path, problem.line, problem.column) == (None, "shown", 1, 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.md", ""),
        ("con.md", "Windows keeps the name 'con.md' for a device"),
        ("NUL", "Windows keeps the name 'NUL' for a device"),
        ("console.md", ""),
        ("a:b", "Windows cannot keep a file named 'a:b'"),
        ("a.", "Windows cannot keep a file named 'a.'"),
        ("a ", "Windows cannot keep a file named 'a '"),
        (" a", "Windows cannot keep a file named ' a'"),
        ("x" * 100, ""),
        ("x" * 101, "a name of 101 letters"),
        ("caf\udce9", "the name is not UTF-8"),
    ],
)
def test_a_name_that_some_machine_cannot_keep_is_told(name: str, said: str) -> None:
    found = [(one.path, one.line, one.column, one.message) for one in check_names([Path(name)], lambda _: "shown")]
    assert found == ([("shown", 1, 1, said)] if said else [])


def test_files_are_written_below_their_folders(tmp_path: Path) -> None:
    write_files([("a/b/c.json", as_json({"b": "資源", "a": [1]})), ("a/b/d", b"d"), ("e", b"")], tmp_path)
    assert (tmp_path / "a" / "b" / "c.json").read_text("utf-8") == '{\n "b": "資源",\n "a": [\n  1\n ]\n}\n'
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "c.json", "d", "e"]


def test_records_of_a_kind_that_no_page_prints_are_told_together(alter: Alter) -> None:
    site = alter({"docs/lists.md": ("{{ entries('instrument') }}\n\n{{ entries('deadline') }}", "")})
    homeless = {
        one.path: (one.line, one.column, one.message) for one in site.problems if "are on no page" in one.message
    }
    assert homeless["data/deadline"] == (
        1,
        1,
        "records of the kind deadline are on no page: deadline/meeting and 1 more",
    )
    assert homeless["data/instrument"] == (1, 1, "records of the kind instrument are on no page: instrument/older")

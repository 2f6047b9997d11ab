"""The files under `.vscode/` and the ids that records may name: renewed when they change."""

from __future__ import annotations

import json
import shutil
from fnmatch import fnmatch
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from macros.catalog.ids import ids_schema, list_ids, write_ids
from macros.editor import workspace
from macros.editor.schemas import author_schemas
from macros.editor.workspace import check_files, find_stale, tie_folders, write_files
from macros.schema import KINDS
from macros.tree import IDS, Tree
from tests.conftest import LISTS, ROOT, SPECIMENS

SCHEMAS = author_schemas(LISTS)


def test_ids_of_records_are_refused_when_no_file_has_them_and_earlier_ids_are_not(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    term = tree.data / "term" / "wording.yml"
    term.write_text(term.read_text(encoding="utf-8") + "aliases: [old-wording]\n", encoding="utf-8")
    ids = list_ids(tree)
    assert {"wording", "old-wording"} <= set(ids["term"])
    schema = Draft202012Validator(ids_schema(SCHEMAS["term"], ids))
    assert schema.is_valid({"used_in": ["term/old-wording"], "sources": [{"id": "text"}]})
    assert not schema.is_valid({"used_in": ["term/no-wording"]})
    assert not schema.is_valid({"relations": [{"sources": [{"id": "texts"}]}]})


def copy_of_small(folder: Path) -> Tree:
    shutil.copytree(SPECIMENS / "small", folder / "tree", ignore=shutil.ignore_patterns(".cache", "site", "draft"))
    return Tree(folder / "tree")


def test_the_committed_files_are_fresh() -> None:
    assert list(check_files(Tree(ROOT))) == []


def test_a_new_record_makes_nothing_stale_and_its_id_is_known(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    write_files(tree)
    write_ids(tree)
    path = tree.data / "source" / "letter.yml"
    shutil.copy(tree.data / "source" / "text.yml", path)
    write_ids(tree)
    assert list(find_stale(tree)) == []
    known = json.loads((tree.root / IDS / "term.json").read_text(encoding="utf-8"))
    assert "letter" in known["$defs"]["ids-source"]["enum"]


def test_nothing_is_stale_because_a_closed_list_cannot_be_read(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    write_files(tree)
    path = next(iter(sorted(tree.lists)))
    whole = path.read_text(encoding="utf-8")
    path.write_text(f"{whole}\n- {{value: x}}\n", encoding="utf-8")
    assert list(find_stale(tree)) == []
    path.write_text(whole, encoding="utf-8")
    (tree.root / ".vscode" / "schemas" / "term.json").write_text("{}")
    assert [one.path for one in find_stale(tree)] == [".vscode/schemas/term.json"]


def test_what_is_stale_missing_or_left_over_is_named_and_mended(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    write_files(tree)
    folder = tree.root / ".vscode"
    (folder / "schemas" / "term.json").write_text("{}")
    (folder / "schemas" / "source.json").unlink()
    (folder / "schemas" / "gone.json").write_text("{}")
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    del settings["yaml.schemas"][".vscode/schemas/term.json"]
    (folder / "settings.json").write_text(json.dumps(settings | {"my.own": True}))
    problems = list(find_stale(tree))
    assert sorted(one.path for one in problems) == [
        ".vscode/schemas/gone.json",
        ".vscode/schemas/source.json",
        ".vscode/schemas/term.json",
        ".vscode/settings.json",
    ]
    assert all("make schemas" in one.hint for one in problems)
    assert {(one.line, one.column) for one in problems} == {(1, 1)}
    assert sorted(write_files(tree)) == sorted(one.path for one in problems if "gone" not in one.path)
    snippets = folder / "explainer.code-snippets"
    snippets.write_bytes(snippets.read_bytes().replace(b"\n", b"\r\n"))
    assert list(find_stale(tree)) == [], "line breaks may be those of Windows"
    assert json.loads((folder / "settings.json").read_text(encoding="utf-8"))["my.own"] is True
    (folder / "settings.json").write_text("{ // mine\n}")
    (problem,) = find_stale(tree)
    assert (problem.path, problem.line, problem.column) == (".vscode/settings.json", 1, 1)
    assert "not plain JSON" in problem.message


def test_every_record_has_a_schema_by_its_folder() -> None:
    for kind in KINDS:
        path = next((ROOT / "data" / kind).glob("*.yml")).relative_to(ROOT).as_posix()
        tied = [schema for schema, glob in tie_folders().items() if fnmatch(path, glob)]
        assert tied == [f".vscode/schemas/{kind}.json", f".cache/ids/{kind}.json"]


def test_only_the_tree_that_holds_the_code_is_asked_and_again_when_a_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = copy_of_small(tmp_path)
    schema = tree.root / ".vscode" / "schemas" / "term.json"
    schema.parent.mkdir(parents=True)
    schema.write_text("{}")
    assert list(check_files(tree)) == [], "its schemas are no concern of this code"
    monkeypatch.setattr(workspace, "CODE", tree.root / "macros")
    assert ".vscode/schemas/term.json" in [one.path for one in check_files(tree)]
    assert ".vscode/schemas/term.json" in write_files(tree)
    assert list(check_files(tree)) == []
    monkeypatch.setattr(workspace, "generate_files", lambda _tree: pytest.fail("they were found fresh"))
    assert list(check_files(tree)) == []
    monkeypatch.undo()
    monkeypatch.setattr(workspace, "CODE", tree.root / "macros")
    settings = tree.root / ".vscode" / "settings.json"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert list(check_files(tree)) == []
    assert len(list((tree.cache / "editing").iterdir())) == 1, "what was found before is of no use"
    schema.write_text("{}")
    assert [one.path for one in check_files(tree)] == [".vscode/schemas/term.json"]
    shutil.rmtree(schema.parent)
    assert list(check_files(tree)) == [], "a tree may do without"


def test_an_id_is_shown_with_the_name_of_its_record(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    folder = tree.data / "term"
    (folder / "note.txt").write_text("title: no record", encoding="utf-8")
    (folder / "broken.yml").write_text("title: [\naliases: [x]\n", encoding="utf-8")
    (folder / "quoted.yml").write_text('title: "A: B"\naliases: [b, c]\n', encoding="utf-8")
    (folder / "unnamed.yml").write_text("topic: law\n", encoding="utf-8")
    ids = list_ids(tree)
    assert ids["term"] == {
        "broken": "[",
        "b": "now quoted",
        "c": "now quoted",
        "quoted": "A: B",
        "unnamed": "",
        "wording": "wording",
    }
    schema = ids_schema(author_schemas(LISTS)["term"], ids)
    sources, anything = schema["$defs"]["ids-source"], schema["$defs"]["ids-any"]
    assert sources["enum"] == ["report", "text"]
    assert sources["enumDescriptions"] == list(ids["source"].values())
    assert sources["errorMessage"] == "data/source/ has no such file, or `make check` has not seen it yet"
    assert {"term/wording", "term/b", "provision/one"} <= set(anything["enum"])
    assert anything["errorMessage"] == "no record has this kind and id, or `make check` has not seen it yet"
    assert "title" not in schema["properties"], "it leads to no id"


def test_ids_are_written_when_they_change_or_a_file_is_gone(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    folder = tree.root / IDS
    write_ids(tree)
    assert not folder.exists(), "no schema asks for them"
    write_files(tree)
    write_ids(tree)
    files = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert set(files) == {".made-of", *(path.name for path in (tree.root / ".vscode" / "schemas").iterdir())}
    write_ids(tree)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == files
    (folder / "term.json").unlink()
    write_ids(tree)
    assert (folder / "term.json").is_file()
    (folder / "term.json").write_text("{}", encoding="utf-8")
    (folder / ".made-of").unlink()
    write_ids(tree)
    assert "enum" in (folder / "term.json").read_text(encoding="utf-8")
    assert (folder / "source.json").stat().st_mtime_ns == files["source.json"], "it says the same"

"""What is kept is found under the name of what it is made of, and let go of when it is old or too much."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from macros.cache import (
    digest,
    keep_alone,
    keep_bytecode,
    keep_file,
    keep_folder,
    keep_object,
    list_files,
    mark_used,
    read_object,
    tidy,
    write_object,
)
from tests.conftest import ROOT, write_texts


def test_each_byte_and_each_part_makes_another_name(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"a")
    first = digest(file, "b")
    assert first == digest(b"a", "b")
    assert len({first, digest(b"ab"), digest("b", file), digest({"a": "b"}), digest(tmp_path / "none", "b")}) == 5


def test_values_are_said_in_one_way() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest("\u00e9") == digest('"\u00e9"'.encode()), "a sign is its own bytes, with no escape"


def test_a_file_is_made_once(tmp_path: Path) -> None:
    assert keep_file(tmp_path / "briefs", "one", lambda: b"1") == b"1"
    assert keep_file(tmp_path / "briefs", "one", lambda: b"2") == b"1"
    (tmp_path / "file").touch()
    assert keep_file(tmp_path / "file", "one", lambda: b"3") == b"3", "where nothing can be kept it is made each time"


def test_an_object_is_made_once_and_half_of_one_is_none(tmp_path: Path) -> None:
    assert keep_object(tmp_path, "one", lambda: {"a": 1}) == {"a": 1}
    assert keep_object(tmp_path, "one", dict) == {"a": 1}
    assert read_object(tmp_path / "one") == {"a": 1}
    assert read_object(tmp_path / "none") is None
    (tmp_path / "one").write_bytes((tmp_path / "one").read_bytes()[:-3])
    assert read_object(tmp_path / "one") is None


def test_only_what_has_the_name_is_left(tmp_path: Path) -> None:
    for name in ("a1.json", "a1.pickle", "a2.json", "b"):
        write_object(tmp_path / "kept" / name, name)
    keep_alone(tmp_path / "kept", "a1")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["a1.json", "a1.pickle"]


def test_templates_of_other_parts_are_kept_apart(tmp_path: Path) -> None:
    first, second = keep_bytecode(tmp_path, "a"), keep_bytecode(tmp_path, "b")
    assert first is not None
    assert second is not None
    assert first.directory != second.directory
    (tmp_path / "file").touch()
    assert keep_bytecode(tmp_path / "file", "a") is None, "where nothing can be kept, nothing is"


def test_nothing_else_keeps_anything_under_a_digest_of_its_own() -> None:
    marks = ("pickle.", "FileSystemBytecodeCache(")
    found = [
        path.name
        for path in sorted((ROOT / "macros").rglob("*.py"))
        if any(mark in path.read_text(encoding="utf-8") for mark in marks)
    ]
    assert found == ["cache.py", "positions.py"], "the second packs places in memory, and keeps no file"


def test_a_folder_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        (folder / "part").touch()
        raise KeyError("broken")

    with pytest.raises(KeyError, match="broken"):
        keep_folder(tmp_path, "one", fill)
    assert list(tmp_path.iterdir()) == []
    path = keep_folder(tmp_path, "one", lambda folder: (folder / "part").touch())
    assert keep_folder(tmp_path, "one", fill) == path
    assert [one.name for one in path.iterdir()] == ["part"]


def test_what_is_old_goes_and_the_longest_unused_of_what_is_too_much(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        (folder / "part").write_text("x" * 10)

    now = time.time()
    for name, days in (("new", 0), ("used", 2), ("idle", 3), ("old", 40)):
        path = keep_folder(tmp_path / "assembled", name, fill)
        os.utime(path, (now - days * 86_400,) * 2)
    beside = tmp_path / "build" / "running"
    beside.mkdir(parents=True)
    os.utime(beside, (0, 0))
    tidy(tmp_path)
    assert {path.name for path in (tmp_path / "assembled").iterdir()} == {"new", "used", "idle"}
    tidy(tmp_path, largest=20)
    assert {path.name for path in (tmp_path / "assembled").iterdir()} == {"new", "used"}
    tidy(tmp_path, largest=0)
    assert {path.name for path in (tmp_path / "assembled").iterdir()} == {"new"}, "it may be in use"
    assert beside.is_dir(), "what is being built is nobody's to clear"


def test_files_are_listed_in_order_without_folders_that_are_left_out(tmp_path: Path) -> None:
    names = ("b/two", "b/one", "b/__pycache__/x", "a/inner/deep", "a/kept", "a/skipped/x", "a/__pycache__/x")
    write_texts(tmp_path, dict.fromkeys(names, ""))

    def listed(*skip: str) -> list[str]:
        found = list_files(tmp_path / "b", tmp_path / "a", **({"skip": skip} if skip else {}))
        return [path.relative_to(tmp_path).as_posix() for path in found]

    assert listed() == ["b/one", "b/two", "a/kept", "a/inner/deep", "a/skipped/x"]
    assert listed("__pycache__", "skipped", "inner") == ["b/one", "b/two", "a/kept"]
    assert list(list_files(tmp_path / "none")) == []


def test_what_is_taken_again_counts_as_used(tmp_path: Path) -> None:
    def age(path: Path) -> float:
        return time.time() - path.stat().st_mtime

    for path, take in (
        (tmp_path / "file", lambda: keep_file(tmp_path, "file", lambda: b"1")),
        (tmp_path / "folder", lambda: keep_folder(tmp_path, "folder", lambda _: None)),
        (tmp_path / "file", lambda: mark_used(tmp_path / "file")),
    ):
        take()
        os.utime(path, (0, 0))
        take()
        assert age(path) < 1000, path
    mark_used(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_file_is_let_go_of_like_a_folder_and_its_size_counts(tmp_path: Path) -> None:
    kept = tmp_path / "briefs"
    for name, days in (("new", 1), ("idle", 2), ("old", 31)):
        keep_file(kept, name, lambda: b"x" * 10)
        os.utime(kept / name, (time.time() - days * 86_400,) * 2)
    tidy(tmp_path, largest=20)
    assert {path.name for path in kept.iterdir()} == {"new", "idle"}
    tidy(tmp_path, largest=19)
    assert {path.name for path in kept.iterdir()} == {"new"}


def test_a_folder_that_another_process_made_meanwhile_is_taken(tmp_path: Path) -> None:
    def fill(_part: Path) -> None:
        (tmp_path / "one").mkdir()
        (tmp_path / "one" / "theirs").touch()

    path = keep_folder(tmp_path, "one", fill)
    assert [one.name for one in path.iterdir()] == ["theirs"]
    assert list(tmp_path.iterdir()) == [path], "ours is gone"

    def fail(_part: Path) -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        keep_folder(tmp_path, "two", fail)
    assert list(tmp_path.iterdir()) == [path]

"""A site is switched as a whole: kills at each step, two at once, a disk that is full or may not be written."""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from macros.builder import switching
from macros.builder.switching import aside, switch
from macros.problems import UsageError


def build_and_be_killed(top: Path, step: int, way: str) -> int:
    """Builds in a process of its own, killed just before the call of that number of those that change folders."""
    number = os.fork()
    if number == 0:
        _build(top, step, way)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def _build(top: Path, left: int, way: str) -> NoReturn:
    steps = itertools.count()

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            if next(steps) >= left:
                os._exit(9)
            return function(*args, **named)

        return call

    try:
        exchange = switching._exchange if way == "exchange" else lambda *_: False
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in ((Path, "rename"), (Path, "mkdir"), (shutil, "rmtree")):
                patch.setattr(owner, name, counted(getattr(owner, name)))
            patch.setattr(switching, "_exchange", counted(exchange))
            with aside(top / "cache", top / "site") as folder:
                for name in ("a", "b"):
                    (folder / name).write_text("new")
        os._exit(0)
    finally:
        os._exit(1)


def write_site(folder: Path, words: str) -> None:
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_text(words)


def read_site(folder: Path) -> set[str]:
    return {(folder / name).read_text() for name in ("a", "b")}


@pytest.mark.parametrize("way", ["exchange", "rename"])
def test_a_kill_before_any_step_leaves_the_old_site_or_the_new_one(tmp_path: Path, way: str) -> None:
    codes, found = [], []
    for step in range(18):
        top = tmp_path / str(step)
        top.mkdir()
        write_site(top / "site", "old")
        codes.append(build_and_be_killed(top, step, way))
        if way == "rename" and not (top / "site").exists():
            with pytest.raises(RuntimeError), aside(top / "cache", top / "site"):
                raise RuntimeError("the next command puts the old one back before it does anything")
        found.append(read_site(top / "site"))
        assert found[-1] in ({"old"}, {"new"}), f"before step {step}"
    assert codes[0] == 9
    assert codes[-1] == 0
    assert {"old"} in found
    assert {"new"} in found


def test_two_at_once_are_told(tmp_path: Path) -> None:
    write_site(tmp_path / "site", "old")
    with aside(tmp_path / "cache", tmp_path / "site") as folder:
        with (
            pytest.raises(UsageError, match="another build of site/ is running"),
            aside(tmp_path / "cache", tmp_path / "site"),
        ):
            pass
        with aside(tmp_path / "cache", tmp_path / "draft") as other:
            (other / "a").write_text("draft")
        for name in ("a", "b"):
            (folder / name).write_text("new")
    assert read_site(tmp_path / "site") == {"new"}
    assert (tmp_path / "draft" / "a").read_text() == "draft"


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    """The device that is always full stands in for the disk."""
    write_site(tmp_path / "site", "old")

    def build() -> None:
        with aside(tmp_path / "cache", tmp_path / "site") as folder:
            (folder / "a").write_text("new")
            Path("/dev/full").write_text("new")

    with pytest.raises(UsageError, match=r"^site/ was not written and is as it was: No space left on device$"):
        build()
    assert read_site(tmp_path / "site") == {"old"}


def test_a_fault_leaves_the_old_site_and_nothing_else(tmp_path: Path) -> None:
    write_site(tmp_path / "site", "old")
    folders = []

    def build() -> None:
        with aside(tmp_path / "cache", tmp_path / "site") as folder:
            folders.append(folder)
            (folder / "a").write_text("half")
            raise LookupError

    with pytest.raises(LookupError):
        build()
    assert read_site(tmp_path / "site") == {"old"}
    assert not folders[0].exists()


def can_exchange(first: Path, second: Path) -> bool:
    """Returns whether this system exchanges two folders in one step, and does so."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return rename is not None and rename(-100, bytes(first), -100, bytes(second), 2) == 0


def test_where_folders_can_be_exchanged_there_is_a_site_at_every_instant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("built", "site"):
        write_site(tmp_path / name, name)
    if not can_exchange(tmp_path / "built", tmp_path / "site"):
        pytest.skip("this system cannot")
    assert read_site(tmp_path / "site") == {"built"}
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("for an instant there would be none"))
    switch(tmp_path / "built", tmp_path / "site")
    assert read_site(tmp_path / "site") == {"site"}
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("left", [[".site-old"], ["site"], [".site-old", "site"]])
def test_what_an_earlier_switch_left_does_not_matter(tmp_path: Path, left: list[str]) -> None:
    for name in left:
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text("left")
    with aside(tmp_path / "cache", tmp_path / "site") as folder:
        assert list(folder.iterdir()) == []
        (folder / "a").write_text("new")
    assert (tmp_path / "site" / "a").read_text() == "new"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cache", "site"]

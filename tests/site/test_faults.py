"""A fault of each kind, planted in a tree that is well: the command that should refuse it does, and says where."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import Command
from tests.site.warm import own_code

PAGE = "docs/two.md"


def plant(tree: Path, line: str) -> int:
    """Puts a line into a page, before its last line, and returns the line's number."""
    page = tree / PAGE
    lines = page.read_text().rstrip("\n").split("\n")
    lines[-1:-1] = [line, ""]
    page.write_text("\n".join(lines) + "\n")
    return lines.index(line) + 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("See [a page](nowhere.md).", "nowhere.md"),
        ("![A picture](nowhere.png)", "nowhere.png"),
        ("See [a heading](one.md#nowhere).", "docs/one.md has no heading '#nowhere'"),
        ("See [a heading](sources.md#nowhere).", "'sources.md' does not contain an anchor '#nowhere'"),
        ('See <a href="../nowhere/">a raw link</a>.', "HTML on a page: <a>"),
        ('See <span id="twice">an anchor</span>.', "HTML on a page: <span>"),
        ("See {{ link('provision/nowhere') }}.", "no record 'provision/nowhere'"),
        ("{{ facts('provision/one', only=['x']) }}", "only= picks facts of an instrument"),
        ("{{ undefined_name }}", "no macro 'undefined_name'"),
        ("{{ ''.__class__.__mro__ }}", "this is not a macro call"),
        ("{% set x = 1 %}", "this is not a macro call"),
        ("{{ link('provision/one') | upper }}", "this is not a macro call"),
    ],
)
def test_the_build_refuses(tree: Path, run: Command, line: str, message: str) -> None:
    number = plant(tree, line)
    done = run("draft")
    assert done.returncode == 1
    assert message in done.stderr
    assert f"{PAGE}:{number}:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tree / "draft").exists()


def test_a_tree_that_is_well_passes_both(tree: Path, run: Command) -> None:
    assert run("draft").returncode == 0
    assert run("links", "--site", str(tree / "draft")).returncode == 0


def test_a_refused_build_leaves_the_old_site_whole(tree: Path, run: Command) -> None:
    assert run("draft").returncode == 0
    before = {path: path.read_bytes() for path in (tree / "draft").rglob("*") if path.is_file()}
    (tree / "data/term/wording.yml").write_text("title: wording\n")
    assert run("draft").returncode == 1
    plant(tree, "See [a page](nowhere.md).")
    assert run("draft").returncode == 1
    assert {path: path.read_bytes() for path in (tree / "draft").rglob("*") if path.is_file()} == before
    assert [path.name for path in tree.iterdir() if path.name.startswith(".site")] == []


def test_two_builds_of_one_tree_from_cold_are_the_same_bytes(tree: Path, run: Command) -> None:
    def files() -> dict[str, bytes]:
        skipped = ("sitemap.xml.gz",)
        paths = (path for path in (tree / "draft").rglob("*") if path.is_file() and path.name not in skipped)
        return {path.relative_to(tree).as_posix(): path.read_bytes() for path in paths}

    assert run("draft").returncode == 0
    first = files()
    shutil.rmtree(tree / ".cache")
    assert run("draft").returncode == 0
    assert files() == first


def test_the_builder_alone_refuses_what_the_check_refuses(tree: Path, run: Command) -> None:
    (tree / "data/term/wording.yml").write_text("title: wording\ndefinition: [x]\n")
    done = run("check")
    assert done.returncode == 1
    said = "data/term/wording.yml:2:13: 'definition' should be text"
    assert said in done.stderr
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tree / "built")]
    alone = subprocess.run(command, cwd=tree, env=own_code(os.environ), capture_output=True, text=True, check=False)
    assert alone.returncode == 1
    assert said in alone.stdout + alone.stderr
    assert not (tree / "built" / "index.html").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [(["nothing"], 2), (["new", "term", "Bad_Id"], 2), (["new", "trem", "x"], 2), (["links", "--site", "none"], 2)],
)
def test_a_misused_command_says_so(run: Command, words: list[str], code: int) -> None:
    done = run(*words)
    assert done.returncode == code
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_record_is_refused_until_it_is_filled_in(tree: Path, run: Command) -> None:
    assert run("new", "term", "offtake").returncode == 0
    assert run("new", "term", "offtake").returncode == 2, "it exists now"
    done = run("check")
    assert done.returncode == 1
    assert "data/term/offtake.yml:5:1: 'title' is empty" in done.stderr
    (tree / "data/term/offtake.yml").write_text(
        "title: offtake\ntopic: money\ndefinition: A promise to buy output.\ndefined_in_text: false\n"
        "certainty: verified\nsources:\n  - {id: text, pinpoint: passim}\n"
    )
    assert run("check").returncode == 0


def test_an_unchanged_tree_is_not_checked_again_and_a_changed_one_is(tree: Path, run: Command) -> None:
    assert run("check").returncode == 0
    answers = list((tree / ".cache/check").iterdir())
    assert run("check").returncode == 0
    assert list((tree / ".cache/check").iterdir()) == answers
    term = tree / "data/term/wording.yml"
    term.write_text(term.read_text().replace("certainty: verified", "certainty: verifyed"))
    assert run("check").returncode == 1
    assert run("check").returncode == 1, "the stored answer of a refused tree is a refusal"

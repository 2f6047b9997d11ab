"""A clone on any machine, with what its editors leave there: it checks, builds and freezes the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT
from tests.site.conftest import Command
from tests.site.project import FIRST, SECOND, Project

KEPT = (".gitattributes", "data", "docs", "editions", "macros", "mkdocs.yml", "overrides", "requirements.txt")


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@a.example", "-c", "core.autocrlf=true"]
    subprocess.run([str(shutil.which("git")), *who, *words], cwd=folder, check=True, capture_output=True)


def test_a_clone_that_turns_line_ends_checks_builds_and_freezes(project: Project, tmp_path: Path) -> None:
    project.take_code()
    (project.top / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    git(project.top, "init", "--quiet")
    git(project.top, "add", "--force", *KEPT, "requirements-dev.txt")
    git(project.top, "commit", "--quiet", "--message", "All of it")
    git(tmp_path, "clone", "--quiet", "--config", "core.autocrlf=true", str(project.top), "clone")
    clone = Project.at(tmp_path / "clone")
    (clone.top / ".venv").symlink_to(ROOT / ".venv")
    assert b"\r" not in (clone.top / "data/term/wording.yml").read_bytes()
    for words in (["check"], ["site"], ["edition", SECOND, "--again", "--title", "Second"]):
        done = clone.run(*words)
        assert done.returncode == 0, done.stderr
    stored = f"editions/{FIRST}/manifest-sha256.txt"
    assert (clone.top / stored).read_bytes() == (project.top / stored).read_bytes()


def test_what_editors_leave_is_not_published(tree: Path, run: Command) -> None:
    left = [".DS_Store", "two.md~", "~$two.docx", "#two.md#", "Thumbs.db", "desktop.ini", "two.md.orig", ".two.md.swp"]
    for name in left:
        (tree / "docs" / name).write_bytes(b"left here")
        (tree / "data" / "term" / name).write_bytes(b"left here")
    (tree / "docs" / ".#two.md").symlink_to("somebody@a.example.1")
    done = run("draft")
    assert done.returncode == 0, done.stderr
    published = [path for path in (tree / "draft").rglob("*") if path.is_file()]
    assert published
    assert [path for path in published if path.read_bytes() == b"left here"] == []


def test_an_author_with_many_commas_and_letters_that_no_typeface_has(tree: Path, run: Command) -> None:
    source = tree / "data/source/text.yml"
    source.write_text(
        source.read_text(encoding="utf-8") + "author: Smith, John, Jr., Esq., of Counsel\n", encoding="utf-8"
    )
    for name, old in (("data/instrument/framework.yml", "short_title: "), ("docs/two.md", "title: ")):
        path = tree / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, f"{old}\u0915\U00013000 ", 1), encoding="utf-8")
    done = run("draft")
    assert done.returncode == 0, done.stderr
    bibliography = (tree / "draft/latest/sources.bib").read_text(encoding="utf-8")
    assert 'author = "{Smith, John, Jr., Esq., of Counsel}"' in bibliography
    assert (tree / "draft/latest/brief.pdf").read_bytes().startswith(b"%PDF")

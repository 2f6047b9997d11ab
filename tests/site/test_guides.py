"""The worked examples for staff, each followed to the letter in a clean copy of the project."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from macros.catalog.vocabularies import load_vocabularies
from macros.editor.schemas import author_schemas
from macros.text.document import read_document
from macros.tree import Tree
from tests.conftest import ROOT

GUIDE = ROOT / "guides" / "worked-examples.md"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLES = re.split(r"^## (?=\d)", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
_RECORDS = re.findall(
    r"^```yaml\n# (data/\S+)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


class Copy:
    """A clean copy in which an example is followed; `said` is what the last commands printed."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.said = ""

    def follow(self, kind: str, text: str) -> None:
        if kind == "sh":
            self.said = "".join(self.run(line) for line in text.splitlines())
        elif kind == "text":
            for line in text.splitlines():
                assert line in self.said, self.said
        elif kind == "diff":
            path, old, new = text.splitlines()
            assert (old[0], new[0]) == ("-", "+")
            whole = (self.top / path).read_text(encoding="utf-8")
            assert whole.count(old[1:]) == 1, old
            (self.top / path).write_text(whole.replace(old[1:], new[1:]), encoding="utf-8")
        elif kind in ("yaml", "markdown"):
            first, whole = text.split("\n", 1)
            path = first.strip("#<>!- ")
            assert (self.top / path).is_file(), f"{path} is begun by a command"
            (self.top / path).write_text(whole, encoding="utf-8")

    def run(self, line: str) -> str:
        done = subprocess.run(shlex.split(line), cwd=self.top, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a repository with the project's files as they are now."""
    top = tmp_path_factory.mktemp("clone") / "explainer"
    names = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(["git", *names], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith("editions/"):
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, top / name)
    (top / ".venv").symlink_to(ROOT / ".venv")
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@firm.example"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "Begin"]):
        subprocess.run(["git", *words], cwd=top, check=True)  # noqa: S607
    return top


@pytest.mark.parametrize(("path", "text"), _RECORDS, ids=[path for path, _ in _RECORDS])
def test_a_record_of_a_worked_example_has_every_key_that_it_needs(path: str, text: str) -> None:
    written, problems = read_document(path, text.encode())
    assert problems == []
    schema = author_schemas(load_vocabularies(Tree(ROOT))[0])[Path(path).parent.name]
    assert [one.message for one in Draft202012Validator(schema).iter_errors(written.value)] == []


@pytest.mark.audit
@pytest.mark.parametrize("example", _EXAMPLES, ids=[one.split("\n")[0] for one in _EXAMPLES])
def test_a_worked_example_works(clone: Path, example: str) -> None:
    for words in (["restore", "."], ["clean", "-qfd", "--exclude", ".venv"]):
        subprocess.run(["git", *words], cwd=clone, check=True)  # noqa: S607
    copy = Copy(clone)
    for kind, text in _BLOCK.findall(example):
        copy.follow(kind, text)


def test_there_are_ten_and_the_guides_name_files_that_exist() -> None:
    assert len(_EXAMPLES) == 10
    for guide in (ROOT / "guides").glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", guide.read_text(encoding="utf-8")):
            assert (guide.parent / target).exists(), f"{guide.name}: {target}"

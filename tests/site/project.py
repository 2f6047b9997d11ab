"""A project with editions of its own, on which tests run commands as a person would; ways to read what it built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag

from tests.conftest import ROOT, SPECIMENS
from tests.site.warm import own_code, run_verb

FIRST, SECOND = "2026-08-31", "2026-09-30"
PUBLISHED = ("2026-09-02", "2026-10-02")
COMMAND = (sys.executable, "-m", "macros")


class Project:
    """A project with the small tree as its content, on which a test runs commands as a person would.

    It uses the code of this project, until it takes a copy of it that a test may change.
    """

    def __init__(self, top: Path, *, own_code: bool = False) -> None:
        self.top = top
        for name in ("data", "docs"):
            shutil.copytree(SPECIMENS / "small" / name, top / name)
        config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        nav = yaml.safe_load((SPECIMENS / "small" / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
        config = config[: config.index("\nnav:")] + "\nnav:\n" + "".join(f"  - {one}\n" for one in nav)
        (top / "mkdocs.yml").write_text(config.replace("  footer:\n", "  footer: []\n  unused:\n"), encoding="utf-8")
        for own, shared in self._places():
            self.change("mkdocs.yml", own, shared)
        if own_code:
            self.take_code()

    @staticmethod
    def _places() -> list[tuple[str, str]]:
        """Returns where mkdocs.yml names the code: that of the project itself, and ours."""
        lines = (("  custom_dir: ", "overrides"), ("    module_name: ", "macros"))
        return [(f"{key}{name}\n", f"{key}{(ROOT / name).as_posix()}\n") for key, name in lines]

    def take_code(self) -> None:
        """Copies the code into the project, from which its commands then run."""
        for name in ("macros", "overrides"):
            shutil.copytree(ROOT / name, self.top / name)
        for name in ("requirements.txt", "requirements-dev.txt"):
            shutil.copy(ROOT / name, self.top / name)
        (self.top / ".venv").symlink_to(ROOT / ".venv")
        for own, shared in self._places():
            self.change("mkdocs.yml", shared, own)

    @property
    def has_own_code(self) -> bool:
        return (self.top / "macros").is_dir()

    @classmethod
    def at(cls, top: Path) -> Project:
        """Returns the project that is in a folder already."""
        project = cls.__new__(cls)
        project.top = top
        return project

    def copy(self, top: Path) -> Project:
        """Returns a copy that a test may damage."""
        shutil.copytree(self.top, top, symlinks=True)
        return Project.at(top)

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Starts a verb in a process of its own, from nothing; `options` are those of Popen."""
        command = [*COMMAND, *words]
        env = dict(os.environ) if self.has_own_code else own_code(os.environ)
        return subprocess.Popen(command, cwd=self.top, env=env, text=True, **options)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        if not self.has_own_code:
            return run_verb(words, self.top)
        with self.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            out, err = process.communicate()
            return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def freeze(self, as_at: str, *words: str) -> None:
        done = self.run("edition", as_at, *words)
        assert done.returncode == 0, done.stderr

    def keep_sources(self, name: str) -> None:
        """Copies what is frozen into a folder of its own, from which it can be frozen again later."""
        for part in ("data", "docs"):
            shutil.copytree(self.top / part, self.top / "sources" / name / part)
        shutil.copy(self.top / "mkdocs.yml", self.top / "sources" / name / "mkdocs.yml")

    def publish(self, first: str, second: str) -> None:
        """Publishes both editions, on these days."""
        self.freeze(FIRST, "--again", "--sources", f"sources/{FIRST}", "--published", first)
        self.freeze(SECOND, "--again", "--published", second)

    def change(self, path: str, old: str, new: str) -> None:
        file = self.top / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def page(project: Project, address: str) -> BeautifulSoup:
    return BeautifulSoup((project.top / "site" / address / "index.html").read_text(encoding="utf-8"), "lxml")


def text(soup: Tag, css: str) -> str:
    found = soup.select_one(css)
    assert found is not None, css
    return " ".join(found.get_text(" ").split())


def hrefs(soup: BeautifulSoup, css: str) -> list[str]:
    return [str(a["href"]) for a in soup.select(css)]


def read_search(folder: Path) -> dict[str, set[str]]:
    """Returns the words under which each address of an edition is found, read as the browser reads the index."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    rows = [row for path in index["finds"] for row in json.loads((folder.parent / path).read_text(encoding="utf-8"))]
    addresses = [row[0] for row in rows]
    assert index["count"] == len(addresses)
    found: dict[str, set[str]] = {one: set() for one in addresses}
    [words] = index["words"]
    packed = (folder.parent / words).read_bytes()
    start = next(at for at, byte in enumerate(packed, 1) if byte < 128)
    end = start + next(_seven_bits(packed))
    numbers = _seven_bits(packed[end:])
    for word in packed[start:end].decode().split(" "):
        number = -1
        for _ in range(next(numbers)):
            step = next(numbers)
            number += step >> 1
            found[addresses[number]].add(word)
            if step & 1:
                next(numbers)
    assert next(numbers, None) is None
    return found


def _seven_bits(packed: bytes) -> Iterator[int]:
    number, shift = 0, 0
    for byte in packed:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number, shift = 0, 0

"""A project with editions of its own, on which tests run commands as a person would; ways to read what it built."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag

from tests.conftest import ROOT, SPECIMENS

FIRST, SECOND = "2026-08-31", "2026-09-30"


class Project:
    """A copy of the code with the small tree as its content, on which a test runs commands as a person would."""

    def __init__(self, top: Path) -> None:
        self.top = top
        for name in ("macros", "overrides"):
            shutil.copytree(ROOT / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("requirements.txt", "requirements-dev.txt"):
            shutil.copy(ROOT / name, top / name)
        for name in ("data", "docs"):
            shutil.copytree(SPECIMENS / "small" / name, top / name)
        (top / ".venv").symlink_to(ROOT / ".venv")
        config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        nav = yaml.safe_load((SPECIMENS / "small" / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
        config = config[: config.index("\nnav:")] + "\nnav:\n" + "".join(f"  - {one}\n" for one in nav)
        (top / "mkdocs.yml").write_text(config.replace("  footer:\n", "  footer: []\n  unused:\n"), encoding="utf-8")

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

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "macros", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), cwd=self.top, capture_output=True, text=True, check=False)

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
    numbers = _seven_bits((folder / "words.bin").read_bytes())
    addresses = [row[0] for row in index["finds"]]
    for _ in range(4 * len(addresses)):
        next(numbers)
    found: dict[str, set[str]] = {one: set() for one in addresses}
    for word in index["words"].split(" "):
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

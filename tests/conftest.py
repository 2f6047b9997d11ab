"""What every test may use: the project's own tree, and the specimen trees."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from macros.catalog.vocabularies import load_vocabularies
from macros.history.history import History, Stage
from macros.schema.dates import PartialDate
from macros.site.loading import Site, load_site
from macros.store.edition import Edition, EditionRecord, edition_id
from macros.tree import Tree
from tests.copies import Copies

Edits = Mapping[str, tuple[str, str] | None]
Alter = Callable[[Edits], Site]
Found = Callable[[Path], list[str]]

ROOT = Path(__file__).resolve().parent.parent
SPECIMENS = ROOT / "tests" / "specimens"
LISTS = load_vocabularies(Tree(SPECIMENS / "small"))[0]


@pytest.fixture(scope="session")
def small() -> Site:
    """Returns a small tree in which everything is well, with one record of every kind."""
    return load_site(Tree(SPECIMENS / "small"))


def pytest_collection_finish() -> None:
    """Leaves what is loaded out of the search for garbage, which runs less often: it is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def write_texts(top: Path, texts: Mapping[str, str]) -> None:
    """Writes each text into a file of this name below a folder."""
    for name, text in texts.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")


def copy_small(target: Path) -> Path:
    """Copies the small tree, so that it can be damaged."""
    shutil.copytree(SPECIMENS / "small", target, ignore=shutil.ignore_patterns("site", ".cache", "draft"))
    config = target / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../../..", ROOT.as_posix()), encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def all_copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return Copies(copy_small, tmp_path_factory.mktemp("copies"))  # the first is read here, for all tests


@pytest.fixture
def copies(all_copies: Copies) -> Iterator[Copies]:
    """Returns what hands out copies of the small tree, which a test may damage until it ends."""
    with all_copies.mended():
        yield all_copies


@pytest.fixture
def alter(copies: Copies) -> Alter:
    """Returns a function that loads a copy of the small tree in which some files say something else, or are gone.

    An edit whose old text is empty adds the new one at the end of the file, which it makes when there is none.
    """

    def load(edits: Edits) -> Site:
        copy = copies.take()
        for name, edit in edits.items():
            path = copy / name
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            if edit is None:
                path.unlink()
            else:
                assert edit[0] in text, (name, edit[0])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text.replace(*edit) if edit[0] else text + edit[1], encoding="utf-8")
        return copies.load(copy)

    return load


@pytest.fixture
def top(copies: Copies) -> Path:
    """Returns a copy of the small tree."""
    return copies.take()


@pytest.fixture
def found(copies: Copies) -> Found:
    """Returns what lists every problem of a copy, each on one line, without its hint."""

    def load(top: Path) -> list[str]:
        return [f"{one.path}:{one.line}:{one.column}: {one.message}" for one in copies.load(top).problems]

    return load


@pytest.fixture
def strict() -> Iterator[None]:
    """Lets nobody else read what is written, unless it is said: servers read as somebody else."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def history_of(*sites: Site, draft: bool = False) -> History:
    """Returns a history of these sites, oldest first: an edition each, or the last one a draft."""
    stages = []
    for number, site in enumerate(sites, 1):
        record = EditionRecord(as_at=PartialDate(site.catalog.as_at.text), number=number, title=f"Number {number}")
        edition = Edition(Path("nowhere"), edition_id(record.as_at.text, number), record)
        stages.append(Stage(None if draft and number == len(sites) else edition, site))
    return History(stages)

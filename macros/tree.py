"""Where the parts of a site's content lie on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.problems import UsageError
from macros.text.files import walk_folder

LATEST = "latest"  # the address of the newest edition, beside its own
BETWEEN = "between.html"  # at the root of the site it is between/, one folder down
NAMED = "named"  # the folder of a published edition whose files have a digest in their names
CODE = Path(__file__).resolve().parent
COMPONENTS = CODE.parent / "overrides" / "components"
LAYOUTS = COMPONENTS.parent / "layouts"  # what a record's own page holds beside its own words, by kind
LISTS = "vocabulary"  # in data/, the closed lists that records choose from
SCHEMAS = ".vscode/schemas"  # of the records, for an editor's program
IDS = ".cache/ids"  # beside them, the ids that records may name
ROOT_FILES = COMPONENTS.parent / "root"  # what stands at the root of the site as it is
LOCK = CODE.parent / "requirements.txt"  # what the site is built with


@dataclass(frozen=True)
class Tree:
    """A tree of content: its root, its records and its pages. Paths in messages are relative to the project's top.

    The working tree is its own top. A frozen edition lies inside it and has its own records, pages and navigation.
    """

    root: Path
    top: Path | None = None

    @property
    def project(self) -> Path:
        return self.top or self.root

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def lists(self) -> list[Path]:
        """Returns the files of the closed lists, in order."""
        return sorted((self.data / LISTS).glob("*.yml"))

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def config(self) -> Path:
        return self.project / "mkdocs.yml"

    @property
    def cache(self) -> Path:
        return self.project / ".cache"

    @property
    def site(self) -> Path:
        return self.project / "site"

    def shown(self, path: Path) -> str:
        """Returns the path as authors see it: relative to the project's top, with forward slashes."""
        return path.relative_to(self.project).as_posix()

    def inputs(self) -> Iterator[Path]:
        """Yields, in order, every file that decides what a check or a build of this tree says, besides the code."""
        yield from _with_parents(self.config)
        yield from sorted(path for path in self.root.iterdir() if self.top and path.is_file())
        for folder in (self.data, self.docs, COMPONENTS.parent):
            yield from walk_folder(folder)


_PARENT = re.compile(r"^INHERIT:\s*[\"']?([^\"'#\n]+?)[\"']?\s*(?:#.*)?$", re.MULTILINE)


def _with_parents(config: Path) -> Iterator[Path]:
    """Yields a configuration of the builder, and each that it inherits from."""
    seen: list[Path] = []
    while config not in seen:
        seen.append(config)
        yield config
        text = config.read_text(encoding="utf-8", errors="replace") if config.is_file() else ""
        if parent := _PARENT.search(text):
            config = config.parent / parent[1]


def find_tree(start: Path) -> Tree:
    """Returns the tree that `start` is the root of. Raises UsageError when there is none."""
    if not (start / "mkdocs.yml").is_file() or not (start / "data").is_dir():
        raise UsageError("no mkdocs.yml and data/ here: run the command in the project's top folder")
    return Tree(start.resolve())


def tree_of(docs: Path) -> Tree:
    """Returns the tree whose pages are in this folder: the working tree, or a frozen edition inside its project."""
    root = docs.resolve().parent
    return Tree(root, top=root.parent.parent) if (root / "edition.yml").is_file() else Tree(root)

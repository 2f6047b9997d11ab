"""Where the parts of a site's content lie on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.problems import UsageError

CODE = Path(__file__).resolve().parent
COMPONENTS = CODE.parent / "overrides" / "components"


@dataclass(frozen=True)
class Tree:
    """A tree of content: its root, its records and its pages. Paths in messages are relative to `root`."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def config(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def shown(self, path: Path) -> str:
        """Returns the path as authors see it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def inputs(self) -> Iterator[Path]:
        """Yields, in order, every file that decides what a check or a build of this tree says."""
        yield self.config
        for folder in (self.data, self.docs, CODE, COMPONENTS.parent):
            for top, folders, files in os.walk(folder):
                folders[:] = sorted(name for name in folders if name != "__pycache__")
                yield from (Path(top) / name for name in sorted(files))


def find_tree(start: Path) -> Tree:
    """Returns the tree that `start` is the root of. Raises UsageError when there is none."""
    if not (start / "mkdocs.yml").is_file() or not (start / "data").is_dir():
        raise UsageError("no mkdocs.yml and data/ here: run the command in the project's top folder")
    return Tree(start.resolve())

"""What a renaming would do, before anything is written: the new text of each file, and what moves where."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from macros.cache import write_whole
from macros.problems import ContentError, Problem
from macros.renames.edits import Edit, MisplacedError, apply_edits
from macros.tree import Tree


@dataclass
class Change:
    """A change of several files as one: `texts` by the path that a file has now, `moves` to those that it will have."""

    tree: Tree
    texts: dict[Path, str] = field(default_factory=dict)
    moves: dict[Path, Path] = field(default_factory=dict)

    def text(self, path: Path) -> str:
        """Returns what the file will say, as far as the change is made up."""
        if path not in self.texts:
            return path.read_bytes().decode("utf-8")
        return self.texts[path]

    def edit(self, edits: dict[str, list[Edit]]) -> None:
        """Makes edits, given by the path that authors see. Raises ContentError when one does not fit its place."""
        for shown, found in edits.items():
            path = self.tree.project / shown
            try:
                self.texts[path] = apply_edits(self.text(path), found)
            except MisplacedError as error:
                hint = "change this mention by hand, and run the command again"
                raise ContentError([Problem(shown, error.line, 1, str(error), hint)]) from error

    def write(self) -> list[str]:
        """Writes every file, then moves what moves. Returns what was done, a line for each file."""
        done: list[str] = []
        for path, text in sorted(self.texts.items()):
            write_whole(path, text.encode())
            if path not in self.moves:
                done.append(f"changed {self.tree.shown(path)}")
        for old, new in sorted(self.moves.items()):
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
            done.append(f"moved {self.tree.shown(old)} to {self.tree.shown(new)}")
        return done

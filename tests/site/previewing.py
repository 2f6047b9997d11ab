"""Edits a project at random and compares what its preview shows after each with a draft built from nothing.

Run as a program in a project's own folder, so that the code and the templates are the project's: the number of edits,
the seed. It prints each edit, and ends with 1 at the first difference.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from macros.builder.draft import build_draft
from macros.preview.preview import Preview
from macros.site.loading import load_site
from macros.tree import Tree

WORDS = (
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "heath",
    "inlet",
    "juniper",
    "knoll",
    "larch",
    "meadow",
    "north",
    "orchard",
    "pine",
    "quarry",
)
PAGE = """---
title: {title}
description: A page that was not there before.
---

# {title}

{words}.

{{{{ sources() }}}}
"""


class Editor:
    """Writes into a project; knows what it wrote last, so that it can take it back."""

    def __init__(self, tree: Tree, seed: int) -> None:
        self.tree = tree
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.number = 0
        self.before: dict[Path, bytes | None] = {}

    def words(self, count: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(count))

    def pick(self, folder: Path, ending: str) -> Path:
        return self.chance.choice(sorted(folder.rglob(f"*{ending}")))

    def write(self, path: Path, text: str | None) -> None:
        self.before.setdefault(path, path.read_bytes() if path.is_file() else None)
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def undo(self) -> None:
        for path, content in self.before.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)

    def edit(self) -> str:
        """Makes one edit of a kind taken at random, and returns what it was."""
        self.before = {}
        self.number += 1
        kinds: list[Callable[[], str]] = [self.text, self.record, self.rename, self.page, self.delete, self.template]
        return self.chance.choice(kinds)()

    def text(self) -> str:
        path = self.pick(self.tree.docs, ".md")
        written = path.read_text(encoding="utf-8")
        words = f"{self.words(6)}.\n\n"
        self.write(path, re.sub(r"(?=\{\{ (?:ending|sources)\()", words, written, count=1))
        return f"text of {path.name}"

    def record(self) -> str:
        path = self.pick(self.tree.data, ".yml")
        said = re.sub(
            r"^(title|name|term|text): (\w.*)$", rf"\1: \2 {self.words(1)}", path.read_text("utf-8"), flags=re.MULTILINE
        )
        self.write(path, said)
        return f"record {path.parent.name}/{path.stem}"

    def rename(self) -> str:
        path = self.pick(self.tree.data, ".yml")
        said = path.read_text(encoding="utf-8")
        self.write(path, None)
        self.write(path.with_name(f"renamed-{self.number}.yml"), f"{said}aliases: [{path.stem}]\n")
        return f"rename of {path.parent.name}/{path.stem}"

    def page(self) -> str:
        name = f"new-{self.number}.md"
        title = self.words(2)
        self.write(self.tree.docs / name, PAGE.format(title=title, words=self.words(5)))
        config = self.tree.config.read_text(encoding="utf-8")
        self.write(self.tree.config, config.replace("  - index.md\n", f"  - index.md\n  - {name}\n", 1))
        return f"new page {name}"

    def delete(self) -> str:
        path = self.pick(self.tree.data, ".yml")
        self.write(path, None)
        return f"deletion of {path.parent.name}/{path.stem}"

    def template(self) -> str:
        path = self.pick(self.tree.root / "overrides", ".html")
        self.write(path, f"{path.read_text(encoding='utf-8').rstrip()}<!-- {self.words(2)} -->\n")
        return f"template {path.name}"


def find_differences(preview: Preview, draft: Path) -> Iterator[str]:
    """Yields every file of a built draft that the preview gives otherwise."""
    for path in sorted(draft.rglob("*")):
        if path.is_file():
            address = path.relative_to(draft).as_posix()
            _, found = preview.find(address)
            shown = found.read_bytes() if isinstance(found, Path) else found
            built = path.read_bytes()
            if path.suffix == ".gz":  # the time of the build stands in its head
                shown, built = gzip.decompress(shown), gzip.decompress(built)
            if shown != built:
                yield address


def compare(tree: Tree, edits: int, seed: int) -> int:
    """Makes so many edits that the check accepts; those that it refuses are shown to the preview, and taken back."""
    editor = Editor(tree, seed)
    preview = Preview(tree)
    preview.open()
    done = 0
    try:
        while done < edits:
            what = editor.edit()
            if load_site(tree).problems:
                preview.refresh(editor.before)
                editor.undo()
                preview.refresh(editor.before)
                continue
            done += 1
            print(f"{done}: {what}", flush=True)
            preview.refresh(editor.before)
            with tempfile.TemporaryDirectory() as folder:
                build_draft(tree, Path(folder) / "draft")
                different = list(find_differences(preview, Path(folder) / "draft"))
                if different:
                    print("unlike a draft:", *different, sep="\n  ")
                    keep = tree.root / "unlike"
                    shutil.copytree(Path(folder) / "draft", keep, dirs_exist_ok=True)
                    return 1
    finally:
        preview.close()
    return 0


if __name__ == "__main__":
    sys.exit(compare(Tree(Path.cwd()), int(sys.argv[1]), int(sys.argv[2])))

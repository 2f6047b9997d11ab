"""`correct`: brings the sources of an edition back, with the code of their commit, into a folder of its own."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import subprocess

from macros.problems import UsageError
from macros.store.edition import edition_id, load_editions
from macros.tree import Tree

FOLDER = "corrections"


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prepares the folder, and says what comes next. Raises UsageError when the sources cannot be brought back."""
    known = {one.id: one for one in load_editions(tree.project, dt.date.max)[0]}
    edition = known.get(options.edition)
    if edition is None:
        raise UsageError(f"no edition '{options.edition}'; editions: {', '.join(known) or 'none'}")
    commit = edition.record.sources
    if commit is None:
        raise UsageError(
            f"the record of {edition.id} names no commit: it was frozen from files that were not committed"
        )
    git = shutil.which("git")
    if git is None or not (tree.project / ".git").exists():
        raise UsageError("sources are brought back by Git, and there is no Git here: work in a clone of the repository")
    folder = tree.project / FOLDER / edition.id
    if folder.exists():
        raise UsageError(f"{FOLDER}/{edition.id}/ is there already: go on in it, or remove it first")
    command = [git, "worktree", "add", "--detach", "--quiet", str(folder), commit]
    done = subprocess.run(command, cwd=tree.project, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise UsageError(f"Git cannot bring back {commit[:12]}: {done.stderr.strip()}")
    shutil.rmtree(folder / "editions", ignore_errors=True)
    shutil.copytree(tree.project / "editions", folder / "editions")
    number = 1 + max(one.record.number for one in known.values() if one.record.as_at == edition.record.as_at)
    name = edition_id(edition.record.as_at.text, number)
    print(f"The sources of {edition.id} are in {FOLDER}/{edition.id}/, with the code that made it. In that folder:")
    print("  make serve                                    shows them while you edit")
    print(f'  make edition AS_AT={name} SUPERSEDES={edition.id} NOTE="What it mends."')
    print(f"Then copy {FOLDER}/{edition.id}/editions/{name}/ to editions/ here, and look at it: make site")
    print("To publish it, name its sources, or it is frozen from the working tree instead:")
    print(f"  make edition AS_AT={name} AGAIN=1 SOURCES={FOLDER}/{edition.id} PUBLISHED=<day>")
    return 0

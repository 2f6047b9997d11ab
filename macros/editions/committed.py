"""Which commit holds the sources that are frozen."""

from __future__ import annotations

import shutil
import subprocess

from macros.tree import Tree

# What an edition is made of; the editions themselves are not.
_MADE_OF = ("data", "docs", "macros", "overrides", "mkdocs.yml", "requirements.txt")


def find_commit(draft: Tree) -> str | None:
    """Returns the commit that holds the draft as it lies; None without Git, or when something is not committed yet."""
    git = shutil.which("git")
    if git is None:
        return None

    def ask(*words: str) -> str | None:
        done = subprocess.run([git, *words], cwd=draft.root, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else None

    top = ask("rev-parse", "--show-toplevel")
    if top is None or not draft.root.samefile(top) or ask("status", "--porcelain", "--", *_MADE_OF):
        return None
    return ask("rev-parse", "HEAD")

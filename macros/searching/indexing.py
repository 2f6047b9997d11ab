"""The index in which readers search: made by Pagefind, fetched in small parts and only when a reader searches."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from macros.exporting.release import Release
from macros.problems import UsageError
from macros.searching.gathering import gather_finds
from macros.writing.components import render

FOLDER = "pagefind"
# Pagefind's own interfaces and the parts for other languages, which nothing here uses.
_NOT_USED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")


def write_search(release: Release, built: Path) -> None:
    """Writes the index of a release beside its built pages. Raises UsageError when Pagefind fails.

    Pagefind reads HTML files: each thing that can be found is written as one, apart, with its address as metadata.
    """
    as_at = str(release.catalog.as_at)
    target = built / FOLDER
    with tempfile.TemporaryDirectory() as folder:
        for number, find in enumerate(gather_finds(release, built)):
            page = render("find", find=find, as_at=as_at)
            (Path(folder) / f"{number:05}.html").write_text(page, encoding="utf-8")
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", folder, "--output-path", str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise UsageError(f"the search index could not be made: {done.stderr or done.stdout}")
    for pattern in _NOT_USED:
        for path in target.glob(pattern):
            path.unlink()

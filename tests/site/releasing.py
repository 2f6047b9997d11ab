"""A small site in several versions, published by processes of their own; and readers who never see two at once."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from tests.conftest import ROOT

PAGES = 12
_STYLE = re.compile(r'named/[^"]+')
NEVER, BEFORE, AFTER = 0, -1, -2
# Kills itself without warning when Python has asked the system for so many things, or on either side of the switch.
PUBLISH = """
import os, signal, sys
from pathlib import Path
from macros.problems import UsageError
from macros.publication.releases import publish_release, roll_back
left, site, place = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
asked, switched = 0, False
def count(event, words):
    global asked, switched
    if event.startswith(("os.", "open", "shutil.")) and event != "os.kill":
        asked += 1
        switching = event == "os.rename" and str(words[1]).endswith("current")
        if asked == left or (left == -1 and switching) or (left == -2 and switched):
            os.kill(os.getpid(), signal.SIGKILL)
        switched |= switching
sys.addaudithook(count)
try:
    publish_release(site, place, {"nginx.conf": ""}) if site.name else roll_back(place)
except UsageError as error:
    sys.exit(str(error))
print(asked)
"""


def make_site(folder: Path, version: str, size: int = 400) -> Path:
    """Makes a site every page of which says its version, also in the style sheet that it names by digest."""
    style = f"/* version {version} */\n" * size
    name = f"app.{hashlib.sha256(style.encode()).hexdigest()[:12]}.css"
    for number in range(PAGES):
        page = folder / "latest" / f"page{number}"
        page.mkdir(parents=True)
        link = f'<link rel="stylesheet" href="../named/{name}">'
        (page / "index.html").write_text(f"<!doctype html>{link}\n<title>version {version}</title>\n" + "text " * size)
    (folder / "latest" / "named").mkdir()
    (folder / "latest" / "named" / name).write_text(style)
    (folder / "index.html").write_text(f"version {version}")
    (folder / "same.txt").write_text("the same in each\n" * size)
    return folder


def command(site: Path | str, place: Path, kill_at: int = NEVER) -> list[str]:
    """Returns the command line that publishes the site; rolls back when `site` is empty."""
    return [sys.executable, "-c", PUBLISH, str(kill_at), str(site), str(place)]


def publish(site: Path | str, place: Path, kill_at: int = NEVER) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(site, place, kill_at), cwd=ROOT, capture_output=True, text=True, check=False)


def version_of(site: Path) -> str:
    """Returns the version that a folder holds; fails when it holds two, or not the whole of one."""
    pages = sorted(site.glob("latest/*/index.html"))
    assert len(pages) == PAGES
    found = set()
    for page in pages:
        text = page.read_text()
        assert text.endswith("text ")
        found |= set(re.findall(r"version (\w+)", text))
        style = page.parent / "../" / Path(_STYLE.findall(text)[0])
        found |= set(re.findall(r"version (\w+)", style.read_text()))
    found |= set(re.findall(r"version (\w+)", (site / "index.html").read_text()))
    assert len(found) == 1, found
    return str(found.pop())


@contextmanager
def readers(address: str, count: int = 3) -> Iterator[list[str]]:
    """Yields a list of what readers saw go wrong while the block ran; they read pages with their style sheets."""
    faults: list[str] = []
    read: list[str] = []
    done = threading.Event()

    def go(number: int) -> None:
        while not done.is_set():
            number = (number + 1) % PAGES
            try:
                page = _get(f"{address}latest/page{number}/")
                style = _get(f"{address}latest/{_STYLE.findall(page)[0]}")
            except (OSError, HTTPException, IndexError, UnicodeDecodeError) as error:
                faults.append(f"page{number}: {error!r}")
                continue
            versions = set(re.findall(r"version (\w+)", page + style))
            read.extend(versions)
            if len(versions) != 1 or not page.endswith("text "):
                faults.append(f"page{number}: {versions}")

    threads = [threading.Thread(target=go, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield faults
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert read


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())

"""The second opinion: LinkChecker follows every link of the folder over real HTTP.

It crawls each edition in a process of its own, beside our own check. `latest/`, whose bytes are those of the newest
edition, is asked for and not crawled again.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from macros.links.addresses import Folder
from macros.links.findings import Finding, Shown
from macros.machine.environment import tool
from macros.tree import LATEST

CONFIG = Path(__file__).with_name("linkcheckerrc")


def begin_crawl(folder: Folder, address: str) -> list[subprocess.Popen[str]]:
    """Starts a LinkChecker for each edition, or one for a folder without editions, and returns the processes."""
    named = [one for one in folder.editions if one != LATEST]
    return [_start(address, one, folder.editions) for one in named] or [_start(address, "", [])]


def _start(address: str, edition: str, editions: list[str]) -> subprocess.Popen[str]:
    begin = f"{address}{edition}/" if edition else address
    command = [tool("linkchecker"), "--config", str(CONFIG), "--no-status", "--no-warnings", "--output", "csv"]
    for other in editions:
        if other != edition:
            command += ["--no-follow-url", f"^{re.escape(address)}{re.escape(other)}/"]
    return subprocess.Popen([*command, begin], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end_crawl(processes: list[subprocess.Popen[str]], address: str) -> Iterator[Finding]:
    """Waits for the processes and yields what they found. What LinkChecker itself fails at is a finding too."""
    for process in processes:
        output, said = process.communicate()
        rows = list(_rows(output))
        for row in rows:
            place, value = _place(row["parentname"], address), row["urlname"].replace(address, "/")
            target = unquote(row["url"].replace(address, ""))
            shown = Shown(place, int(row["line"] or 1), "", value)
            yield Finding("crawl", f"{value} does not answer: {row['result']}", target, shown)
        if process.returncode and not rows:
            shown = Shown("index.html", 1, "", "", framed=True)
            yield Finding("crawl", f"LinkChecker failed: {said.strip().splitlines()[-1:]}", "", shown)


def _rows(output: str) -> Iterator[dict[str, str]]:
    lines = [line for line in output.splitlines() if line and not line.startswith("#")]
    for row in csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"):
        if row.get("valid") == "False":
            yield row


def _place(url: str, address: str) -> str:
    place = unquote(url.removeprefix(address).partition("#")[0])
    return f"{place}index.html" if place.endswith("/") or not place else place


def only_new(crawled: list[Finding], found: list[Finding]) -> list[Finding]:
    """Returns what LinkChecker alone found: what is in the first report already is not said twice."""
    known = {(shown.place, shown.value) for one in found for shown in (one.shown, *one.others)}
    return [one for one in crawled if (one.shown.place, one.shown.value) not in known]

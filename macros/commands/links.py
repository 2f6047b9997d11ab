"""`links`: every link of the built site over real HTTP, every anchor in the built files, no id given twice.

LinkChecker follows the links of a server on loopback; lychee checks fragments on disk; neither sees duplicate ids, so
those are looked for here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from macros.commands.environment import tool
from macros.commands.server import serve
from macros.problems import UsageError
from macros.tree import Tree

CONFIG = Path(__file__).with_name("linkcheckerrc")


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints what each check found; returns 1 when anything is broken. Raises UsageError when there is no site."""
    site = (options.site or tree.site).resolve()
    if not (site / "index.html").is_file():
        raise UsageError("no site is built: run make site first")
    results = [check_http(site), check_fragments(site), check_ids(site)]
    for name, found, report in results:
        print(f"{name}: {'ok' if found == 0 else 'BROKEN'}")
        if report:
            print(report, file=sys.stdout if found == 0 else sys.stderr)
    return 0 if all(found == 0 for _, found, _ in results) else 1


def check_http(site: Path) -> tuple[str, int, str]:
    """Follows every link and image from the site's root. Returns name, number of failures and report."""
    with serve(site) as address:
        command = [tool("linkchecker"), "--config", str(CONFIG), "--no-status", "--no-warnings", address]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = done.stdout.replace(address, "site/")
    last = [line for line in report.splitlines() if line.startswith("That's it")]
    return (
        "links over HTTP (LinkChecker)",
        done.returncode,
        (last[0] if last and done.returncode == 0 else report + done.stderr),
    )


def check_fragments(site: Path) -> tuple[str, int, str]:
    """Checks every link with an anchor in the built files. Returns name, number of failures and report."""
    pages = [str(path) for path in sorted(site.rglob("*.html"))]
    command = [
        tool("lychee"),
        "--offline",
        "--include-fragments",
        "--index-files",
        "index.html",
        "--no-progress",
        "--root-dir",
        str(site),
        *pages,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = (done.stdout + done.stderr).replace(f"{site}/", "site/").replace(f"file://{site}", "site").strip()
    return "anchors (lychee)", done.returncode, report


def check_ids(site: Path) -> tuple[str, int, str]:
    """Looks for ids that stand twice in one file. Returns name, number of failures and report."""
    found = [
        f"site/{path.relative_to(site).as_posix()}:{line}: id '{name}' is given twice"
        for path in sorted(site.rglob("*.html"))
        for name, line in _repeated_ids(path.read_text(encoding="utf-8"))
    ]
    return "ids (each once in a file)", len(found), "\n".join(found)


def _repeated_ids(html: str) -> list[tuple[str, int]]:
    seen: set[str] = set()
    repeated: list[tuple[str, int]] = []

    class Ids(HTMLParser):
        def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
            for name, value in attributes:
                if name == "id" and value:
                    if value in seen:
                        repeated.append((value, self.getpos()[0]))
                    seen.add(value)

    Ids().feed(html)
    return repeated

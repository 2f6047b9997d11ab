"""`links`: every link of a built folder, in one report; LinkChecker follows them over HTTP as a second opinion."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import ExitStack

from macros.links.addresses import Folder, open_folder
from macros.links.checking import Check, Report
from macros.links.crawling import begin_crawl, end_crawl, only_new
from macros.links.exceptions import load_link_settings
from macros.links.findings import Finding, Severity, merge
from macros.links.lines import Origins
from macros.links.reports import FORMATS
from macros.machine.server import serve
from macros.problems import UsageError
from macros.publication.feed import read_masthead
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints one report; returns 1 when a link is broken. Raises UsageError when there is no built folder."""
    begun = time.monotonic()
    site = (options.site or tree.site).resolve()
    if not site.is_dir() or not next(site.rglob("*.html"), None):
        raise UsageError("no site is built: run make site first, or name a built folder: make links SITE=draft")
    folder = open_folder(site, [read_masthead(tree).root])
    with ExitStack() as stack:
        address = stack.enter_context(serve(site)) if options.http else ""
        crawl = begin_crawl(folder, address) if options.http else []
        report, found = check_folder(tree, folder)
        own = time.monotonic() - begun
        found = merge([*found, *only_new(list(end_crawl(crawl, address)), found)])
    print(FORMATS[options.format](found), end="\n" if found or options.format != "text" else "")
    print(_summary(report, found, own, time.monotonic() - begun if options.http else None), file=sys.stderr)
    return 1 if any(one.severity is Severity.error for one in found) else 0


def check_folder(tree: Tree, folder: Folder) -> tuple[Report, list[Finding]]:
    """Returns what was looked at, and each finding once at the line that made it."""
    report = Check(folder, load_link_settings(tree)).run()
    origins = Origins(tree, folder)
    known: dict[tuple[str, str, str, str], Finding] = {}
    placed = []
    for one in report.findings:
        if one.shown.framed:  # the same on hundreds of pages
            key = (one.rule, one.target, one.shown.attribute, one.shown.place.partition("/")[0])
            first = known.setdefault(key, origins.place(one) if key not in known else one)
            placed.append(_like(one, first))
        else:
            placed.append(origins.place(one))
    return report, merge(placed)


def _like(one: Finding, first: Finding) -> Finding:
    return Finding(one.rule, one.message, one.target, one.shown, one.hint, one.severity, first.origin)


def _summary(report: Report, found: list[Finding], own: float, whole: float | None) -> str:
    errors = sum(one.severity is Severity.error for one in found)
    said = f"{errors} {'error' if errors == 1 else 'errors'}"
    if len(found) > errors:
        said += f", {len(found) - errors} {'warning' if len(found) - errors == 1 else 'warnings'}"
    second = f"; with LinkChecker {whole:.0f} s" if whole is not None else "; LinkChecker was not asked"
    return f"{said} in {report.links} links of {report.files} files, {own:.1f} s{second}"

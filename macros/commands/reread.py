"""`reread`: what to read again before as_at is moved to a later day: records and pages, each place with the reason."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from macros.calls.scanning import scan_page
from macros.catalog.references import iter_dates
from macros.catalog.rereading import Passage, Span, reread_records, speaks_ahead, typed_days
from macros.pages.page import Page
from macros.problems import ContentError, UsageError
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline
from macros.site.loading import Site, load_site
from macros.style.readable import read_page
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints every place, records first. Raises ContentError, and UsageError when the day cannot be meant."""
    site = load_site(tree)
    if site.problems:
        raise ContentError(site.problems)
    try:
        wanted = PartialDate(options.as_at)
    except ValueError as error:
        raise UsageError(f"'{options.as_at}' is not a day: AS_AT=2026-11-29") from error
    old = site.catalog.as_at
    if wanted.precision != "day" or wanted <= old:
        raise UsageError(f"write a day after {old.text}, the as-at date in data/catalog.yml")
    span = Span(old.last_day, wanted.first_day)
    records = sorted(set(reread_records(site.catalog, span)))
    pages = sorted(set(_reread_pages(site, span)))
    for passage in (*records, *pages):
        print(passage)
    print(f"{len(records)} places in records and {len(pages)} on pages to read again before {wanted}")
    return 0


def _reread_pages(site: Site, span: Span) -> Iterator[Passage]:
    passing = {
        record.key
        for record in site.catalog.records.values()
        if any(span.has(date) for _, date in iter_dates(record, later=True))
        or (isinstance(record, Deadline) and record.due and span.has(record.due))
    }
    for page in site.pages.pages:
        lines = read_page(page.file.body).split("\n")
        for number, line in enumerate(lines):
            for words in typed_days(line, span):
                yield _passage(page, number, f"'{words}' will have passed")
        for call in scan_page(page, site.catalog).calls:
            named = [value for value in (*call.arguments, *call.named.values()) if isinstance(value, str)]
            about = [site.catalog.aliases.get(value, value) for value in named]
            number = call.line - page.file.body_line
            if passing.intersection(about) and speaks_ahead(_paragraph(lines, number)):
                reason = f"speaks of what is to come, beside {next(key for key in about if key in passing)}"
                yield _passage(page, number, reason)


def _paragraph(lines: list[str], number: int) -> str:
    first = last = number
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return " ".join(lines[first : last + 1])


def _passage(page: Page, number: int, reason: str) -> Passage:
    return Passage(page.file.path, number + page.file.body_line, 1, reason)

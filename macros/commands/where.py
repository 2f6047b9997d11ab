"""`where`: every place that a fact reaches: what names it, and which pages show it by a call that picks it."""

from __future__ import annotations

import argparse

from macros.calls.reaching import iter_shown
from macros.calls.scan import Call
from macros.catalog.catalog import UnknownRecordError
from macros.catalog.references import split_key
from macros.problems import ContentError, UsageError
from macros.renames.mentions import Mention, Named, iter_page_mentions, iter_record_mentions
from macros.site.loading import load_site
from macros.tree import Tree

_SHORT = 60


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints the places, those that name the record first. Raises ContentError; UsageError for an unknown record."""
    site = load_site(tree, run=False)
    if site.problems:
        raise ContentError(site.problems)
    try:
        key = site.catalog.resolve(options.id)
    except UnknownRecordError as error:
        raise UsageError(f"{error}: {error.hint}") from error
    named = [Named(*split_key(one)) for one in (key, *(old for old, new in site.catalog.aliases.items() if new == key))]
    records = sorted({one for name in named for one in iter_record_mentions(tree, site, name)})
    pages = sorted({one for name in named for one in iter_page_mentions(tree, site, name)})
    home = site.pages.home(key)
    print(f"{key}: {site.catalog.documents[key].path}; its place on the site: {home or 'home'}")
    _print("Named in records", records)
    _print("Named on pages", pages)
    calls = {(one.path, one.line) for one in pages}
    shown = [
        Mention(page.file.path, call.line, call.column, _written(call))
        for page, call in iter_shown(site.catalog, site.pages, key)
        if (page.file.path, call.line) not in calls
    ]
    _print("Shown on pages that do not name it there", shown)
    files = {one.path for one in (*pages, *shown)}
    print(f"{len({one.path for one in records})} records name it; it is on {len(files)} pages")
    return 0


def _written(call: Call) -> str:
    """Returns a call in short, as an author would know it again."""
    given = [repr(one) for one in call.arguments] + [f"{name}={one!r}" for name, one in call.named.items()]
    words = ", ".join(given)
    return f"{call.macro.name}({words if len(words) <= _SHORT else '...'})"


def _print(heading: str, places: list[Mention]) -> None:
    print(f"\n{heading}:" if places else f"\n{heading}: none")
    for one in places:
        print(f"  {one}")

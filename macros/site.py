"""The whole of a tree, loaded and checked: its records, its pages, and everything that is wrong with either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from macros.building.publisher import check_publisher
from macros.cache import digest, list_files
from macros.catalog.building import load_catalog
from macros.catalog.catalog import Catalog, SelectionError, nearest_key
from macros.memo import Memo
from macros.pages.checking import check_page
from macros.pages.page import Page, Pages, load_pages
from macros.pages.prose import check_prose
from macros.pages.scanning import Call, Scan, scan_page
from macros.problems import Problem
from macros.schema import KINDS
from macros.schema.base import Record
from macros.style.checking import check_style
from macros.tree import Tree


@dataclass(frozen=True)
class Site:
    """What can be published when `problems` is empty."""

    catalog: Catalog
    pages: Pages
    problems: tuple[Problem, ...]


def load_site(tree: Tree, *, run: bool = True, memo: Memo | None = None) -> Site:
    """Returns the tree's site with every problem of its records and pages, sorted by place.

    With `run` false the rules between records and the pages' macros are not run, for a tree that is known to be well.
    `memo` holds the answers of an earlier run for what has not changed since.
    """
    memo = memo or Memo()
    catalog, problems = load_catalog(tree, rules=run, memo=memo)
    pages, found = load_pages(tree)
    problems += found
    scans = _scan(tree, pages, catalog, memo)
    entries, found = _place_entries(pages, scans, catalog)
    problems += found
    parts = {source: scan.parts for source, scan in scans.items()}
    pages = replace(pages, entries=entries, mentions=_mentions(pages, scans, catalog), parts=parts)
    for page in pages.pages:
        problems += scans[page.source].problems
    if run:
        problems += _run_dry(tree, pages, scans, catalog, memo)
    problems += _check_homes(catalog, pages, tree)
    problems += _check_use(catalog, pages)
    problems += check_publisher(tree)
    if run:
        problems += check_prose(tree, catalog, pages, memo)
        problems += check_style(tree, catalog, pages, memo)
    return Site(catalog, pages, tuple(sorted(set(problems))))


def _scan(tree: Tree, pages: Pages, catalog: Catalog, memo: Memo) -> dict[str, Scan]:
    known = digest([*catalog.documents], dict(catalog.aliases), [*catalog.records])

    def scan(page: Page) -> Scan:
        return memo.recall(lambda: scan_page(page, catalog), "scan", page.source, tree.docs / page.source, known)

    return {page.source: scan(page) for page in pages.pages}


def _run_dry(tree: Tree, pages: Pages, scans: dict[str, Scan], catalog: Catalog, memo: Memo) -> Iterator[Problem]:
    """Yields what goes wrong when macros run; that hangs on the page, on all records, and on where they are at home."""
    homes = {key: pages.home(key) for key in catalog.records}
    named = {key: [one.source for one in found] for key, found in pages.mentions.items()}
    told = [(one.source, one.title, one.record) for one in pages.pages]
    around = digest(homes, named, told, *list_files(tree.data))
    for page in pages.pages:

        def check(page: Page = page) -> list[Problem]:
            return list(check_page(page, scans[page.source], catalog, pages))

        yield from memo.recall(check, "run", page.source, tree.docs / page.source, around)


def _mentions(pages: Pages, scans: dict[str, Scan], catalog: Catalog) -> dict[str, tuple[Page, ...]]:
    found: dict[str, dict[str, Page]] = {}
    for page in pages.pages:
        for mention in scans[page.source].mentions:
            key = catalog.aliases.get(mention, mention)
            found.setdefault(key, {})[page.source] = page
    return {key: tuple(by_source.values()) for key, by_source in found.items()}


def _check_homes(catalog: Catalog, pages: Pages, tree: Tree) -> Iterator[Problem]:
    """Every record has the page that it deserves; every page about a record is about one that exists."""
    homeless: dict[str, list[str]] = {}
    for key, document in catalog.documents.items():
        kind = key.partition("/")[0]
        record = catalog.records.get(key)
        deserves = record.deserves_page if record else KINDS[kind].own_page
        if deserves and key not in pages.own:
            hint = f"write a page under docs/ with record: {key} in its header"
            yield document.problem((), f"'{key}' deserves a page and has none", hint)
        elif key in catalog.records and pages.home(key) is None:
            homeless.setdefault(kind, []).append(key)
    for kind, keys in homeless.items():
        some = keys[0] if len(keys) == 1 else f"{keys[0]} and {len(keys) - 1} more"
        hint = f"print them on a page: {{{{ entries('{kind}') }}}}, or write a page with record: {keys[0]}"
        yield Problem(tree.shown(tree.data / kind), 1, 1, f"records of the kind {kind} are on no page: {some}", hint)
    for key, page in pages.own.items():
        if catalog.aliases.get(key, key) not in catalog.documents:
            hint = nearest_key(key, catalog.records)
            yield page.file.header.problem(("record",), f"no record '{key}'", hint)


def _place_entries(pages: Pages, scans: dict[str, Scan], catalog: Catalog) -> tuple[dict[str, Page], list[Problem]]:
    """Returns the page on which each record is printed in full, and the calls that print one a second time."""
    placed: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages.pages:
        for call in (one for one in scans[page.source].calls if one.macro.prints):
            try:
                found = _printed(call, catalog)
            except SelectionError:
                continue  # said when the page's macros run
            again = [record.key for record in found if record.key in placed]
            placed.update({record.key: page for record in found if record.key not in placed})
            if again:
                message = f"'{again[0]}' is printed in full already"
                hint = (
                    f"it stands on docs/{placed[again[0]].source}: narrow one of the two, entries('kind', key='value')"
                )
                problems.append(Problem(page.file.path, call.line, call.column, message, hint))
    return placed, problems


def _printed(call: Call, catalog: Catalog) -> list[Record]:
    """Returns the records that a call prints in full. Raises SelectionError."""
    selections = call.macro.prints(call.bound) if call.macro.prints else ()
    return [record for kind, where in selections for record in catalog.select(kind, where)]


def _check_use(catalog: Catalog, pages: Pages) -> Iterator[Problem]:
    """Every source is cited by something; a record that is not valid may be what cites it."""
    broken = repr([document.value for key, document in catalog.documents.items() if key not in catalog.records])
    for source in catalog.of_kind("source"):
        if source.key not in catalog.incoming and source.key not in pages.mentions and f"'{source.id}'" not in broken:
            document = catalog.documents[source.key]
            yield document.problem((), f"nothing cites '{source.id}'", "cite it, or delete the file")

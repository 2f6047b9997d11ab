"""The whole of a tree, loaded and checked: its records, its pages, and everything that is wrong with either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from macros.calls.checking import check_again
from macros.calls.layouts import load_layouts
from macros.calls.scan import Call, Scan, scan_again
from macros.catalog.building import NO_DATE, load_catalog
from macros.catalog.catalog import Catalog, SelectionError, nearest_key
from macros.configuration.publisher import check_publisher
from macros.pages.files import check_addresses, check_files, list_pictures
from macros.pages.navigation import check_navigation
from macros.pages.page import Page, Pages, load_pages
from macros.pages.prose import check_prose
from macros.pages.source import check_sources
from macros.problems import Problem
from macros.schema.base import Record
from macros.schema.sources import Source
from macros.site.causes import Causes, drop_followers, find_causes
from macros.style.checking import check_style
from macros.style.marks import check_marks
from macros.text.characters import check_characters
from macros.text.memory import Memory
from macros.tree import Tree


@dataclass(frozen=True)
class Site:
    """What can be published when `problems` is empty."""

    catalog: Catalog
    pages: Pages
    problems: tuple[Problem, ...]


def load_site(tree: Tree, *, run: bool = True, memory: Memory | None = None) -> Site:
    """Returns the tree's site with every problem of its records and pages, sorted by place.

    With `run` false the rules between records and the pages' macros are not run, for a tree that is known to be well.
    `memory` is that of an earlier call for the same tree: what it knows of files that are the same is taken from it.
    """
    memory = memory or Memory()
    catalog, problems = load_catalog(tree, rules=run, memory=memory)
    pages, found = load_pages(tree, catalog.vocabularies, memory)
    problems += found
    scans = {page.source: scan_again(page, catalog, memory) for page in pages.pages}
    entries, found = _place_entries(pages, scans, catalog, memory)
    problems += found
    parts = {source: scan.parts for source, scan in scans.items()}
    layouts, found = load_layouts(catalog, memory=memory)
    problems += found
    mentions = _mentions(pages, scans, catalog)
    pages = replace(pages, entries=entries, mentions=mentions, parts=parts, layouts=layouts)
    problems += [problem for scan in scans.values() for problem in scan.problems]
    headings: dict[str, list[str]] = {}
    if run and catalog.as_at is not NO_DATE:  # nothing can be said of states and dates without one
        missing = {one.missing for one in problems if one.missing}
        for source, found, written in check_again(list(scans.values()), catalog, pages, missing, memory):
            problems += found
            headings[source] = written
    causes = find_causes(catalog, pages, problems)
    problems += _check_homes(catalog, pages, tree, causes)
    problems += _check_use(catalog, pages, causes)
    problems += check_publisher(tree, memory)
    if run:
        problems += _check_content(tree, catalog, pages, scans, memory, headings=headings)
        problems = drop_followers(problems, list(check_files(tree)), tree)
    memory.sweep()
    return Site(catalog, pages, tuple(sorted(set(problems))))


def _check_content(
    tree: Tree,
    catalog: Catalog,
    pages: Pages,
    scans: Mapping[str, Scan],
    memory: Memory,
    *,
    headings: Mapping[str, Sequence[str]],
) -> Iterator[Problem]:
    """Yields what is wrong with the files, with the navigation, and with what readers see.

    `headings` are those that the layouts of record pages write, by the pages' sources.
    """
    yield from check_addresses(pages)
    yield from check_navigation(tree, pages, memory)
    faulty = {source for source, scan in scans.items() if scan.problems}
    yield from check_sources(pages, faulty, list_pictures(tree), catalog.aliases, headings, memory=memory)
    yield from check_marks(catalog, memory)
    for page in pages.pages:
        yield from memory.recall(("page", page.source), page, partial(_check_alone, page))
    yield from check_prose(catalog, pages, memory)
    yield from check_style(tree, catalog, pages, memory)


def _check_alone(page: Page) -> list[Problem]:
    """Returns what is wrong with a page whatever the others are."""
    from macros.pages.markup import check_markup  # noqa: PLC0415 - loads Markdown, for pages that have changed alone

    return [*check_characters(page.file.header), *check_markup(page)]


def _mentions(pages: Pages, scans: dict[str, Scan], catalog: Catalog) -> dict[str, tuple[Page, ...]]:
    found: dict[str, dict[str, Page]] = {}
    for page in pages.pages:
        for mention in scans[page.source].mentions:
            key = catalog.aliases.get(mention, mention)
            found.setdefault(key, {})[page.source] = page
    return {key: tuple(by_source.values()) for key, by_source in found.items()}


def _check_homes(catalog: Catalog, pages: Pages, tree: Tree, causes: Causes) -> Iterator[Problem]:
    """Every record has the page that it deserves; every page about a record is about one that exists."""
    homeless: dict[str, list[str]] = {}
    for key, record in catalog.records.items():
        if record.deserves_page and key not in pages.own:
            if not causes.headless and not causes.may_name(key):
                hint = f"write a page under docs/ with record: {key} in its header"
                yield catalog.documents[key].problem((), f"'{key}' deserves a page and has none", hint)
        elif pages.home(key) is None and not causes.pages:
            homeless.setdefault(record.kind, []).append(key)
    for kind, keys in homeless.items():
        some = keys[0] if len(keys) == 1 else f"{keys[0]} and {len(keys) - 1} more"
        hint = f"print them on a page: {{{{ entries('{kind}') }}}}, or write a page with record: {keys[0]}"
        yield Problem(tree.shown(tree.data / kind), 1, 1, f"records of the kind {kind} are on no page: {some}", hint)
    for key, page in pages.own.items():
        if catalog.aliases.get(key, key) not in catalog.documents:
            hint = nearest_key(key, catalog.records)
            yield page.file.header.problem(("record",), f"no record '{key}'", hint, missing=key)


def _place_entries(
    pages: Pages, scans: dict[str, Scan], catalog: Catalog, memory: Memory
) -> tuple[dict[str, Page], list[Problem]]:
    """Returns the page on which each record is printed in full, and the calls that print one a second time."""
    placed: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages.pages:
        for call in (one for one in scans[page.source].calls if one.macro.prints):
            try:
                found = _printed(call, catalog, memory)
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


def _printed(call: Call, catalog: Catalog, memory: Memory) -> list[Record]:
    """Returns the records that a call prints in full. Raises SelectionError."""
    selections = call.macro.prints(call.bound) if call.macro.prints else ()
    return [
        record
        for kind, where in selections
        for record in memory.recall(
            ("selected", kind, repr(where)), catalog.of_kind(kind), partial(catalog.select, kind, where)
        )
    ]


def _check_use(catalog: Catalog, pages: Pages, causes: Causes) -> Iterator[Problem]:
    """Every source is cited by something."""
    for source in catalog.all(Source):
        if source.key not in catalog.incoming and source.key not in pages.mentions and not causes.may_name(source.key):
            document = catalog.documents[source.key]
            yield document.problem((), f"nothing cites '{source.id}'", "cite it, or delete the file")

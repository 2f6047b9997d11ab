"""A page's new path: its file, its old address, the navigation, and every link to it and from it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from macros.pages.page import Page, page_url
from macros.problems import ContentError, Problem, UsageError, suggest
from macros.renames.change import Change
from macros.renames.editions import check_address
from macros.renames.edits import Edit, add_item, lines_of, remove_item
from macros.renames.mentions import list_guides
from macros.schema.vocabularies import Language
from macros.site.loading import Site
from macros.text.document import read_document
from macros.text.header import read_markdown
from macros.tree import Tree

PATH = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md")
PATH_FORM = "small letters, digits and single hyphens: docs/energy/smr-loans.md"
# Links to files by a relative path: in Markdown, as a reference, in HTML.
_FILE = r"[^)\s>#?\"':]+\.\w+"
_TARGETS = re.compile(rf"\]\(\s*<?({_FILE})(?=[)\s>#?])|^\s*\[[^\]]+\]:\s*<?({_FILE})|(?:href|src)=\"({_FILE})")


def rename_page(tree: Tree, site: Site, old: str, new: str) -> Change:
    """Returns the change that moves the page `docs/old.md` to `docs/new.md`, with its versions in other languages.

    Raises UsageError when the names make no sense, ContentError when the new place is taken.
    """
    source, target = source_of(old), source_of(new)
    page = site.pages.at(source)
    if page is None:
        known = [f"docs/{one.source}" for one in site.pages.pages]
        raise UsageError(f"no page {old}; {suggest(f'docs/{source}', known, what='pages') or 'see docs/'}")
    if not page.url:
        raise UsageError("docs/index.md is home: its address is that of the whole site and cannot change")
    moves = {source: target}
    versions = site.pages.versions(source)
    if page.language is Language.en:
        moves |= {one.source: f"{language.value}/{target}" for language, one in versions.items() if one is not page}
    _check_free(tree, site, moves)
    change = Change(tree)
    edits: dict[str, list[Edit]] = {}
    for one in site.pages.pages:
        edits[one.file.path] = list(rebase_links(change.text(tree.docs / one.source), one.source, moves))
    outside = {f"docs/{before}": f"docs/{after}" for before, after in moves.items()}
    for path in list_guides(tree):
        text, shown = change.text(path), tree.shown(path)
        edits[shown] = [*rebase_links(text, shown, outside), *_written_paths(text, outside)]
    edits["mkdocs.yml"] = list(_navigation(tree, change, moves))
    change.edit({path: found for path, found in edits.items() if found})
    for before, after in moves.items():
        _keep_address(change, before, after)
        change.moves[tree.docs / before] = tree.docs / after
    return change


def source_of(written: str) -> str:
    """Returns the path under docs/ that a person wrote, with docs/ before it or without. Raises UsageError."""
    source = written.replace("\\", "/").removeprefix("./").removeprefix("docs/")
    if not PATH.fullmatch(source):
        raise UsageError(f"'{written}' cannot be the path of a page; {PATH_FORM}")
    return source


def rebase_links(text: str, source: str, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Yields the edits that keep each link to a page right when pages move; `source` is the text's own path now."""
    folder, later = posixpath.dirname(source), posixpath.dirname(moves.get(source, source))
    for number, line in enumerate(lines_of(text), 1):
        for match in _TARGETS.finditer(line):
            group = match.lastindex or 1
            written = match[group]
            if written.startswith("/"):
                continue
            aim = posixpath.normpath(posixpath.join(folder, written))
            right = posixpath.relpath(moves.get(aim, aim), later or ".")
            if right != posixpath.normpath(written):
                yield Edit(number, match.start(group) + 1, written, right)


def _written_paths(text: str, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Yields the edits of a page's path where a guide writes it out and does not link to it."""
    for old, new in moves.items():
        for number, line in enumerate(lines_of(text), 1):
            linked = {match.start(match.lastindex or 1) for match in _TARGETS.finditer(line)}
            for match in re.finditer(rf"(?<![\w/-]){re.escape(old)}\b", line):
                if match.start() not in linked:
                    yield Edit(number, match.start() + 1, old, new)


def _navigation(tree: Tree, change: Change, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Yields the edits of the navigation, and of the pages that the frame names by their address."""
    text = change.text(tree.config)
    document, _ = read_document("mkdocs.yml", text.encode())
    addresses = {page_url(old): page_url(new) for old, new in moves.items()}
    for path, place in document.places.items():
        value: object = document.value
        for part in path:
            value = value[part] if isinstance(value, (dict, list)) else None  # type: ignore[index]
        if not isinstance(value, str) or not path:
            continue
        line, column = place[0], place[1] + (lines_of(text)[place[0] - 1][place[1] - 1] in "'\"")
        if path[0] == "nav" and value in moves:
            yield Edit(line, column, value, moves[value])
        address = value.partition("#")[0]
        if path[0] == "extra" and address in addresses:
            yield Edit(line, column, address, addresses[address])


def _keep_address(change: Change, before: str, after: str) -> None:
    """Writes the old address into the page's header; when the new one is among the old ones, it is so no longer."""
    path = change.tree.docs / before
    for item, edit in ((page_url(after), remove_item), (page_url(before), add_item)):
        file, _ = read_markdown(change.tree.shown(path), change.text(path).encode())
        kept = file.header.value.get("also_at") or []
        if edit is add_item:
            change.texts[path] = add_item(change.text(path), file.header, "also_at", item, before=file.body_line - 1)
        elif item in kept:
            change.texts[path] = remove_item(change.text(path), file.header, "also_at", item)


def _check_free(tree: Tree, site: Site, moves: Mapping[str, str]) -> None:
    """Raises ContentError when a page is at a new path, another page was at its address, or is there in an edition."""
    problems: list[Problem] = []
    for old, new in moves.items():
        if (tree.docs / new).exists():
            hint = "choose another path, or put the two pages together by hand"
            problems.append(Problem(f"docs/{new}", 1, 1, "the page exists already", hint))
            continue
        address, page = page_url(new), site.pages.at(old)
        known = (page.url, *page.moved_from) if page else ()
        problems += [_taken(one, address) for one in site.pages.pages if one is not page and _has(one, address)]
        problems += check_address(tree, address, known)
    if problems:
        raise ContentError(problems)


def _has(page: Page, address: str) -> bool:
    return address == page.url or address in page.moved_from


def _taken(page: Page, address: str) -> Problem:
    message = f"the address {address} is that of docs/{page.source}"
    return page.file.header.problem(("also_at",), message, "choose another path")

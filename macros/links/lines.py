"""The line that made a link: of a page's Markdown, a record, a template, the navigation, or a stored page.

Nothing is kept while building. What a page shows is looked up in the texts from which it was made, the likeliest first:
the page itself, the records, the templates.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from macros.links.addresses import Folder
from macros.links.findings import Finding, Origin
from macros.schema import KINDS
from macros.store.edition import FILES, NAV, PAGES
from macros.store.stored import ROOT
from macros.tree import CODE, COMPONENTS, LATEST, Tree

_SHORT = 3  # a value of fewer letters stands everywhere
_OVERRIDES = COMPONENTS.parent
_SPECIAL = {"404.html": "404.html", "index.html": "root/index.html"}

Parts = tuple[str, ...]  # what must all stand in one line


class Origins:
    """Looks up where the findings of one built folder were made."""

    def __init__(self, tree: Tree, folder: Folder) -> None:
        self.tree, self.folder = tree, folder
        self._lines: dict[Path, list[str]] = {}

    def place(self, finding: Finding) -> Finding:
        """Returns the finding with its origin, where one is found."""
        found = next(self._search(finding), None)
        return replace(finding, origin=found) if found else finding

    def _search(self, finding: Finding) -> Iterator[Origin]:
        edition, _, below = finding.shown.place.partition("/")
        if edition not in self.folder.editions:
            edition, below = "", finding.shown.place
        stored = self._stored(edition)
        if finding.rule in ("outside", "text") and finding.shown.value:  # one record, however many editions print it
            yield from self._in(self._records, _whole(_patterns(finding)))
        if below.endswith((".css", ".js")):
            file = _OVERRIDES / below
            parts = [file] if file.is_file() else sorted(file.parent.glob(f"*{file.suffix}"))  # made of some of these
            yield from self._in(parts, _patterns(finding))
        elif not below.endswith(".html"):
            yield from self._machine(finding, stored, below)
        elif not edition:
            if below not in _SPECIAL or not self.folder.editions:
                return  # no page that we made
            template = _OVERRIDES / _SPECIAL[below]
            yield from self._in([template, *self._templates], _patterns(finding))
            yield Origin(self._shown(template), 0, "the frame")
        else:
            page = self._page(stored, below.removesuffix("index.html"))
            yield from self._frame(finding, stored, page) if finding.shown.framed else self._article(finding, page)

    def _article(self, finding: Finding, page: Path | None) -> Iterator[Origin]:
        """The page; the records that it shows; the templates that show them; else the page without a line."""
        patterns = _patterns(finding)
        if page and page.suffix == ".html":  # a stored article is built in as it is, line by line
            built = self._read(self.folder.root / finding.shown.place)[finding.shown.line - 1 :][:1]
            yield from self._in([page], [(one,) for one in built if one.strip()])
        yield from self._in([page] if page else [], patterns)
        keys = _keys(finding.shown.value) or _keys(finding.target)
        yield from self._in([page] if page else [], [(f"'{key}'",) for key in keys])
        if len(finding.shown.value) > _SHORT:
            yield from self._in(self._records, [*_whole(patterns), *((f"[[{key}",) for key in keys)])
        yield from self._in(self._templates, patterns[:2])
        if page:
            yield Origin(self._shown(page))

    def _frame(self, finding: Finding, stored: Path | None, page: Path | None) -> Iterator[Origin]:
        """What the page's head says; the navigation; the templates; else the frame without a line."""
        value, patterns = finding.shown.value, _patterns(finding)
        if value.startswith(("http", "#")) and len(value) > 1:
            yield from self._in([page] if page else [], patterns)
            yield from self._in(self._records, _whole(patterns))
        files = [self.tree.config]
        named = unquote(finding.target).partition("#")[0].strip("/")
        if stored:
            files.insert(0, stored / NAV)
        if named and finding.shown.attribute == "href":
            yield from self._in(files, [(finding.target,), (f"{named}.md",), (f"{named}/index.md",), (f"{named}/",)])
        bare = value.replace("../", "")
        yield from self._in(self._frames, patterns[:2])
        yield from self._in(self._frames, [(bare,)] if len(bare) > _SHORT else [])
        yield Origin(self._shown(_OVERRIDES / "main.html"), 0, "the frame")

    def _machine(self, finding: Finding, stored: Path | None, below: str) -> Iterator[Origin]:
        """The stored file, which is copied as it is; else the record or the page of which the file speaks."""
        value = finding.shown.value
        if stored and (stored / FILES / below).is_file():
            yield from self._in([stored / FILES / below], [(value,)] if len(value) > _SHORT else [])
        for key in [*_keys(value), below.removeprefix("data/").removesuffix(".ics")]:
            path = self.tree.data / f"{key}.yml"
            if path.is_file():
                yield Origin(self._shown(path), 1)
        if len(value) > _SHORT:
            yield from self._in(self._records, _whole(_patterns(finding)))
        source = self._source(finding.target.partition("#")[0])
        if source and value:
            yield Origin(self._shown(source), 1)

    def _stored(self, edition: str) -> Path | None:
        """Returns the folder of the stored edition from which a part of the site was put together."""
        names = [one for one in self.folder.editions if one != LATEST]
        name = names[-1] if edition == LATEST and names else edition
        path = self.tree.project / "editions" / name
        return path if name and path.is_dir() else None

    def _page(self, stored: Path | None, url: str) -> Path | None:
        if stored:
            path = stored / PAGES / f"{url.rstrip('/') or 'index'}.html"
            if path.is_file():
                return path
        return self._source(url)

    def _source(self, url: str) -> Path | None:
        stem = url.strip("/")
        tries = [self.tree.docs / f"{stem}.md"] if stem else []
        return next((one for one in (*tries, self.tree.docs / stem / "index.md") if one.is_file()), None)

    @cached_property
    def _records(self) -> list[Path]:
        return sorted(self.tree.data.rglob("*.yml"))

    @cached_property
    def _templates(self) -> list[Path]:
        return sorted(COMPONENTS.rglob("*.html"))

    @cached_property
    def _frames(self) -> list[Path]:
        return [_OVERRIDES / "main.html", *sorted((_OVERRIDES / "partials").rglob("*.html"))]

    def _in(self, paths: Iterable[Path], patterns: Iterable[Parts]) -> Iterator[Origin]:
        """Yields the first line that holds all parts of the first pattern that any file has."""
        files = list(paths)
        for parts in patterns:
            for path in files:
                for number, line in enumerate(self._read(path), 1):
                    if all(part in line for part in parts):
                        yield Origin(self._shown(path), number)
                        break

    def _read(self, path: Path) -> list[str]:
        if path not in self._lines:
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            self._lines[path] = text.split("\n")
        return self._lines[path]

    def _shown(self, path: Path) -> str:
        for top in (self.tree.project, CODE.parent):
            if path.is_relative_to(top):
                return path.relative_to(top).as_posix()
        return path.as_posix()


def _patterns(finding: Finding) -> list[Parts]:
    """Returns what to look for, the surest first."""
    attribute, value = finding.shown.attribute, finding.shown.value
    if not value:
        return [(f'{attribute}=""',), ("]()",)] if attribute else []
    forms = list(dict.fromkeys((value, html.escape(value, quote=False), html.escape(value))))
    found: list[Parts] = []
    if attribute:
        found += [(f"{attribute}={quote}{form}{quote}",) for form in forms for quote in "\"'"]
        found += [(f"{attribute}=", form) for form in forms if len(form) >= _SHORT]
    if attribute == "id":
        found += [(f"{{#{value}",), ("#" + value,)]
    if value == "#":
        return [*found, ("](#)",)]
    found += [(form,) for form in forms if len(form) >= _SHORT]
    address, mark, words = value.partition(":~:text=")
    if mark:
        found += [(one,) for one in (unquote(words.split(",")[0]), address.rstrip("#")) if len(one) > _SHORT]
    if "://" in value:
        below = value.split("/", 3)[-1]
        found += [(f"{ROOT}{below}",)] if below else []
        found += [(unquote(value),)] if unquote(value) != value else []
    elif value.rstrip("/").lstrip("./"):
        found += [(f"{value.partition('#')[0].rstrip('/').removeprefix('../')}.md",)]
    return found


def _whole(patterns: Iterable[Parts]) -> list[Parts]:
    """Returns the patterns without an attribute, which a record does not write."""
    return [one for one in patterns if len(one) == 1 and '="' not in one[0] and "='" not in one[0]]


def _keys(value: str) -> list[str]:
    """Returns the records that an anchor may name: `#measure-cn-2025-18` is measure/cn-2025-18."""
    anchor = value.partition("#")[2].partition(":~:")[0].removeprefix("note-source-")
    if anchor.startswith("note-"):
        return [f"source/{anchor.removeprefix('note-')}"]
    return [f"{kind}/{anchor.removeprefix(f'{kind}-')}" for kind in KINDS if anchor.startswith(f"{kind}-")]

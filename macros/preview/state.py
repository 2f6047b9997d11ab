"""One state of the tree, as it can be shown: its pages, each rendered when it is first asked for, and the rest."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Sequence
from pathlib import Path

from macros.builder.builder import locate_warning
from macros.builder.rendering import Frame, Renderer, is_comparison
from macros.calls.checking import check_page
from macros.calls.scanning import scan_page
from macros.components.page_context import PageContext
from macros.history.history import Stage
from macros.pages.page import Page
from macros.preview.files import Beside
from macros.problems import Problem
from macros.site.loading import Site
from macros.site.release import create_release
from macros.tree import LATEST, ROOT_FILES, Tree

_ZIPPED = "sitemap.xml.gz"


class State:
    """What a draft of the tree holds, by the addresses that it has in `draft/`.

    `lock` is held while MkDocs' pages are in use; `good` has the last good HTML of pages in earlier states, by source.
    """

    def __init__(
        self,
        tree: Tree,
        site: Site,
        frame: Frame,
        earlier: Sequence[Stage],
        *,
        lock: threading.RLock,
        good: dict[str, bytes],
        folder: Path,
    ) -> None:
        self.tree = tree
        self.site = site
        self.renderer = Renderer(frame, site, earlier)
        self._lock = lock
        self._good = good
        self._sources = {page.url: page.source for page in site.pages.pages}
        self._pages: dict[str, bytes] = {}
        # What is wrong with each page that was rendered, beyond what the check says of records and pages.
        self._wrong: dict[str, list[Problem]] = {"": [locate_warning(tree, one) for one in frame.warnings]}
        release = create_release(site, frame.config)
        self.beside = Beside(release, lambda page: self.page(page.source), folder, tree.cache)

    @property
    def problems(self) -> list[Problem]:
        """Returns what went wrong when pages of this state were rendered."""
        return [problem for found in list(self._wrong.values()) for problem in found]

    def find(self, path: str) -> bytes | Path | None:
        """Returns what a draft has at a path, as bytes or as a file; None when it has nothing there."""
        if path in ("", "index.html"):
            return ROOT_FILES / "index.html"
        inner = path.removeprefix(f"{LATEST}/")
        if inner == path:
            return None
        source = self._sources.get(inner.removesuffix("index.html"))
        if source is not None:
            return self.page(source)
        if inner in self.renderer.templates or inner == _ZIPPED:
            return self._template(inner)
        return self.renderer.frame.assets.get(inner) or self.beside.find(inner)

    def page(self, source: str) -> bytes:
        """Returns a page by its path under docs/; one that cannot be rendered is as it was when it last could be."""
        if source not in self._pages:
            self.renderer.prepare(source)
            with self._lock:
                if source not in self._pages:
                    self._pages[source] = self._render(source)
        return self._pages[source]

    def next_page(self) -> str | None:
        """Returns a page that nobody has asked for yet; None when all are rendered that do not take long."""
        unasked = (source for source in self._sources.values() if source not in self._pages)
        return next((source for source in unasked if not is_comparison(source)), None)

    def lost(self) -> bytes:
        """Returns the page for what is not found."""
        return self._template("404.html")

    def _template(self, name: str) -> bytes:
        with self._lock:
            text = self.renderer.render_template(name.removesuffix(".gz")).encode()
        return gzip.compress(text, mtime=0) if name == _ZIPPED else text

    def _render(self, source: str) -> bytes:
        try:
            html, warnings = self.renderer.render(source)
        except Exception as error:  # whatever a macro or a template raises is shown, not thrown
            self._wrong[source] = self._explain(source, error)
            return self._good.get(source) or _NO_PAGE
        self._wrong[source] = [locate_warning(self.tree, one) for one in warnings]
        self._good[source] = html.encode("utf-8", errors="xmlcharrefreplace")
        return self._good[source]

    def _explain(self, source: str, error: Exception) -> list[Problem]:
        """Returns what is wrong with a page that cannot be rendered, as `check` says it where it does."""
        page = self.site.pages.at(source)
        found = list(self._check(page)) if page else []
        path = getattr(error, "filename", None)  # a template of the frame or of a component
        if not found and isinstance(path, str) and Path(path).is_relative_to(self.tree.project):
            line = int(getattr(error, "lineno", 1) or 1)
            return [Problem(self.tree.shown(Path(path)), line, 1, str(error))]
        shown = page.file.path if page else source
        return found or [Problem(shown, 1, 1, f"the page cannot be written: {type(error).__name__}: {error}")]

    def _check(self, page: Page) -> list[Problem]:
        scan = scan_page(page, self.site.catalog)
        view = PageContext(self.site.catalog, self.site.pages, page, dry=True)
        return [*scan.problems, *check_page(view, scan)]


_NO_PAGE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not yet</title></head>
<body><h1>This page cannot be shown yet</h1><p>Mend the problems; it then comes by itself.</p></body></html>
"""


def frame_problem(tree: Tree, error: BaseException) -> Problem:
    """Returns why there is nothing to show: mostly MkDocs' configuration, at the place that it names."""
    mark = getattr(getattr(error, "__cause__", None) or error, "problem_mark", None)
    line, column = (int(mark.line) + 1, int(mark.column) + 1) if mark else (1, 1)
    return Problem(
        tree.shown(tree.config), line, column, f"the site cannot be read: {str(error) or type(error).__name__}"
    )

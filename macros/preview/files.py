"""What a draft has beside its pages, made when it is first asked for; what makes it is loaded no sooner."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from lxml import html

from macros.pages.page import Page
from macros.site.output import Output, OutputContext, Reads, write_files
from macros.site.release import Release


class Beside:
    """The files beside the pages of one state of the tree, those of an output written together.

    `read_page` gives the HTML of a page; `folder` is where they are written, one folder for each output.
    """

    def __init__(self, release: Release, read_page: Callable[[Page], bytes], folder: Path, cache: Path) -> None:
        def read_article(page: Page) -> html.HtmlElement:
            return _find_article(read_page(page))

        self._context = OutputContext(release, str(release.catalog.as_at), cache, read_article)
        self._folder = folder
        self._made: set[str] = set()
        self._outputs: dict[str, Output] = {}  # by path; empty until a file is asked for
        self._locks: dict[str, threading.Lock] = {}
        self._opening = threading.Lock()

    def find(self, path: str) -> Path | None:
        """Returns the file at an address of the draft, its output written first; None when there is none."""
        outputs = self._open()
        for name in (path, f"{path.removesuffix('/')}/index.html"):
            if output := outputs.get(name):
                self._write(output)
                return self._folder / output.name / name
        return None

    def _open(self) -> dict[str, Output]:
        """Returns the output that makes each file, by the file's path."""
        from macros.outputs import find_outputs  # noqa: PLC0415 - loads Typst, calendars, the search: no page needs them

        with self._opening:
            if not self._outputs:
                self._outputs = find_outputs(self._context)
                self._locks = {output.name: threading.Lock() for output in self._outputs.values()}
        return self._outputs

    def _write(self, output: Output) -> None:
        folder = self._folder / output.name
        with self._locks[output.name]:
            if output.name not in self._made:
                shutil.rmtree(folder, ignore_errors=True)
                write_files(output.make(self._context), folder)
                self._made.add(output.name)

    def forget(self, reads: Reads) -> None:
        """Lets the outputs that hang on this be written anew when they are next asked for."""
        with self._opening:
            outputs = list(self._outputs.values())
        for output in outputs:
            if reads in output.reads:
                self._made.discard(output.name)


def _find_article(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).find(".//article")

"""What a draft has beside its pages, made when it is first asked for."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from lxml import html

from macros.outputs import find_outputs, list_outputs, write_outputs
from macros.pages.page import Page
from macros.site.output import Output, OutputContext, Reads
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
        self._outputs = find_outputs(self._context)
        self._locks = {output.name: threading.Lock() for output in self._outputs.values()}

    def find(self, path: str) -> Path | None:
        """Returns the file at an address of the draft, its output written first; None when there is none."""
        for name in (path, f"{path.removesuffix('/')}/index.html"):
            if output := self._outputs.get(name):
                self._write(output)
                return self._folder / output.name / name
        return None

    def _write(self, output: Output) -> None:
        folder = self._folder / output.name
        with self._locks[output.name]:
            if output.name not in self._made:
                shutil.rmtree(folder, ignore_errors=True)
                write_outputs([output], self._context, folder)
                self._made.add(output.name)

    def forget(self, reads: Reads) -> None:
        """Lets the outputs that hang on this be written anew when they are next asked for."""
        for output in list_outputs(reads):
            self._made.discard(output.name)


def _find_article(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).find(".//article")

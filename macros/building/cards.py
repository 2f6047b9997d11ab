"""Tables of plain Markdown made as those that macros print: an extension of Python-Markdown, set in mkdocs.yml.

On a narrow screen each row becomes a card, for which a cell must know the heading of its column.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE


class TableCards(Extension):
    """Gives each cell the heading of its column, and makes the first cell of a row its heading."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Python-Markdown's
        md.treeprocessors.register(_Labelling(md), "table-cards", 15)


class _Labelling(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for table in root.iter("table"):
            table.set("class", "cm-table cm-table--plain")
            headings = [_words(cell) for cell in table.iterfind("thead/tr/th")]
            for cell in table.iterfind("thead/tr/th"):
                cell.set("scope", "col")
            for row in table.iterfind("tbody/tr"):
                for place, (cell, heading) in enumerate(zip(row, headings, strict=False)):
                    if place == 0:
                        cell.tag = "th"
                        cell.set("scope", "row")
                    else:
                        cell.set("data-label", heading)


def _words(cell: ElementTree.Element) -> str:
    return HTML_PLACEHOLDER_RE.sub("", "".join(cell.itertext())).strip()

"""Tables of plain Markdown made as those that macros print: an extension of Python-Markdown, set in mkdocs.yml.

The first cell of a row is its heading. The style sheet sets rows otherwise on a narrow screen, where a browser may take
them for no table any more, so each part says what it is.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class TableCards(Extension):
    """Makes the first cell of a row its heading, and says of each part of a table what it is."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Python-Markdown's
        md.treeprocessors.register(_Marking(md), "table-cards", 15)


class _Marking(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for table in root.iter("table"):
            table.set("class", "cm-table cm-table--plain")
            table.set("role", "table")
            for part in ("thead", "tbody"):
                for group in table.iterfind(part):
                    group.set("role", "rowgroup")
            for row in table.iter("tr"):
                row.set("role", "row")
            for cell in table.iterfind("thead/tr/th"):
                _mark(cell, "columnheader", "col")
            for row in table.iterfind("tbody/tr"):
                for place, cell in enumerate(row):
                    if place == 0:
                        cell.tag = "th"
                        _mark(cell, "rowheader", "row")
                    else:
                        cell.set("role", "cell")


def _mark(cell: ElementTree.Element, role: str, scope: str) -> None:
    cell.set("role", role)
    cell.set("scope", scope)

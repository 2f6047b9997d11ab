"""An address for each paragraph of prose, so that it can be cited, and a mark with its address for each heading and
such paragraph: two extensions of Python-Markdown, set in mkdocs.yml.

Only paragraphs that are written on the page count, in their order: what macros print may change without moving them.
The marks are for the pointer: no key stops at them and nobody hears them. The list of contents leads to headings too.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ONLY_HTML = re.compile(rf"\s*(?:{HTML_PLACEHOLDER_RE.pattern}\s*)+")


class ParagraphAnchors(Extension):
    """Gives `p-1`, `p-2` and so on to the paragraphs of pages under the folder `under` of the docs."""

    def __init__(self, **options: object) -> None:
        self.config = {"under": ["", "folder of the pages, from docs/"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Python-Markdown's
        md.treeprocessors.register(_Anchoring(md, str(self.getConfig("under"))), "paragraph-anchors", 15)


class _Anchoring(Treeprocessor):
    def __init__(self, md: Markdown, under: str) -> None:
        super().__init__(md)
        self.under = under

    def run(self, root: ElementTree.Element) -> None:
        if not _page_of(self.md).startswith(self.under):
            return
        prose = (part for part in root if part.tag == "p" and not _is_html(part))
        for number, paragraph in enumerate(prose, 1):
            paragraph.set("id", f"p-{number}")
            _mark(paragraph)


class HeadingMarks(Extension):
    """Puts a mark with its address behind each heading."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Python-Markdown's
        md.treeprocessors.register(_Marking(md), "heading-marks", 4)  # after toc, which gives headings their addresses


class _Marking(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for part in root.iter():
            if part.tag in _HEADINGS and part.get("id"):
                _mark(part)


def _mark(part: ElementTree.Element) -> None:
    """Puts the mark at the end of a part that has an address."""
    link = ElementTree.SubElement(part, "a")
    link.attrib |= {"class": "headerlink", "href": f"#{part.get('id')}", "title": "Permanent link"}
    link.attrib |= {"aria-hidden": "true", "tabindex": "-1"}
    link.text = "¶"


def _page_of(md: Markdown) -> str:
    """Returns the page's path under docs/: MkDocs tells it to the part that resolves its links."""
    links: Any = md.treeprocessors["relpath"] if "relpath" in md.treeprocessors else None  # noqa: SIM401, a registry has no get
    return str(links.file.src_uri) if links else ""


def _is_html(paragraph: ElementTree.Element) -> bool:
    return len(paragraph) == 0 and _ONLY_HTML.fullmatch(paragraph.text or "") is not None

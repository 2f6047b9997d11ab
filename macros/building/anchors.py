"""An address for each paragraph of prose, so that it can be cited: an extension of Python-Markdown, set in mkdocs.yml.

Only paragraphs that are written on the page count, in their order: what macros print may change without moving them.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_ONLY_HTML = re.compile(rf"\s*(?:{HTML_PLACEHOLDER_RE.pattern}\s*)+")


class ParagraphAnchors(Extension):
    """Gives `p-1`, `p-2` and so on to the paragraphs of pages under the folder `under` of the docs."""

    def __init__(self, **options: Any) -> None:
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
            link = ElementTree.SubElement(paragraph, "a")
            link.set("class", "headerlink")
            link.set("href", f"#p-{number}")
            link.set("aria-label", f"Permanent link to paragraph {number}")
            link.text = "¶"


def _page_of(md: Markdown) -> str:
    """Returns the page's path under docs/: MkDocs tells it to the part that resolves its links."""
    links: Any = md.treeprocessors["relpath"] if "relpath" in md.treeprocessors else None  # noqa: SIM401, a registry has no get
    return str(links.file.src_uri) if links else ""


def _is_html(paragraph: ElementTree.Element) -> bool:
    return len(paragraph) == 0 and _ONLY_HTML.fullmatch(paragraph.text or "") is not None

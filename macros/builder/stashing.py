"""Keeps the HTML of block macros away from every parser: an extension of Python-Markdown, set in mkdocs.yml.

`as_block` marks each block. What is marked goes into Markdown's own stash before the parser of raw HTML and MkDocs'
parser of anchors read the page: reading it twice took half of a build. MkDocs is told the anchors in it.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from macros.components.templates import BLOCK

_MARKED = re.compile(rf"^{re.escape(BLOCK)}\n(.*?)\n(?=\n|\Z)", re.DOTALL | re.MULTILINE)
_ANCHOR = re.compile(r'\s(?:id|name)="([^"]+)"')
_AFTER_WHITESPACE = 25  # after whitespace is made even (30), before MkDocs (21) and Markdown (20) look for HTML
_ANCHORS = "mkdocs_extract_anchors"


class MacroBlocks(Extension):
    """Puts the blocks that macros have made into the stash of raw HTML."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Python-Markdown's
        md.preprocessors.register(_Stashing(md), "macro-blocks", _AFTER_WHITESPACE)


class _Stashing(Preprocessor):
    md: Markdown

    def run(self, lines: list[str]) -> list[str]:
        anchors: set[str] = set()

        def stash(match: re.Match[str]) -> str:
            anchors.update(_ANCHOR.findall(match[1]))
            return f"{self.md.htmlStash.store(match[1])}\n"

        text = _MARKED.sub(stash, "\n".join(lines))
        _tell_anchors(self.md, anchors)
        return text.split("\n")


def _tell_anchors(md: Markdown, anchors: set[str]) -> None:
    """Gives MkDocs the anchors that it cannot see; another builder checks anchors on the built pages, or not at all."""
    if _ANCHORS in md.treeprocessors:
        extracting: Any = md.treeprocessors[_ANCHORS]
        extracting.present_anchor_ids |= anchors

"""Keeps the HTML of block macros away from every parser: an extension of Python-Markdown, set in mkdocs.yml.

`as_block` marks each block. What is marked goes into Markdown's own stash before the parser of raw HTML and MkDocs'
parser of anchors read the page: reading it twice took half of a build. MkDocs is told the anchors in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER

from macros.components.templates import BLOCK

_BEGIN, _END = f"\n{BLOCK}\n", "\n\n"
_ASIDE = "\x1e{}\x1e"  # no page may hold such a character
_NUMBER = re.compile(_ASIDE.format(r"(\d+)"))
_ANCHORS_BEGIN = tuple(f'{space}{name}="' for name in ("id", "name") for space in (" ", "\n"))
# Blocks go before whitespace is made even (30), for nobody need read them; that takes the signs of Markdown's stash out
# of the text, so they are put in after it, before MkDocs (21) and Markdown (20) look for HTML, and for fences (25).
_BEFORE_WHITESPACE, _AFTER_WHITESPACE = 35, 28
_ANCHORS = "mkdocs_extract_anchors"


class MacroBlocks(Extension):
    """Puts the blocks that macros have made into the stash of raw HTML."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Python-Markdown's
        md.preprocessors.register(_Stashing(md), "macro-blocks", _BEFORE_WHITESPACE)
        md.preprocessors.register(_Naming(), "macro-blocks-stashed", _AFTER_WHITESPACE)


class _Stashing(Preprocessor):
    md: Markdown

    def run(self, lines: list[str]) -> list[str]:
        anchors: set[str] = set()
        first, *rest = "\n".join(["", *lines]).split(_BEGIN)
        written = [first[1:]]
        for part in rest:
            block, end, after = part.partition(_END)
            block = block.rstrip("\n")
            anchors.update(_find_anchors(block))
            self.md.htmlStash.store(block)
            written.append(f"\n{_ASIDE.format(self.md.htmlStash.html_counter - 1)}{end}{after}")
        _tell_anchors(self.md, anchors)
        return "".join(written).split("\n")


class _Naming(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return _NUMBER.sub(HTML_PLACEHOLDER % r"\1", "\n".join(lines)).split("\n")


def _find_anchors(html: str) -> Iterator[str]:
    """Yields the anchors in a block; finding plain words is many times faster than a pattern."""
    for begin in _ANCHORS_BEGIN:
        yield from (part.partition('"')[0] for part in html.split(begin)[1:])


def _tell_anchors(md: Markdown, anchors: set[str]) -> None:
    """Gives MkDocs the anchors that it cannot see; another builder checks anchors on the built pages, or not at all."""
    if _ANCHORS in md.treeprocessors:
        extracting: Any = md.treeprocessors[_ANCHORS]
        extracting.present_anchor_ids |= anchors

"""Blocks of macros go around every parser, and MkDocs still knows the anchors in them."""

from __future__ import annotations

import markdown
from mkdocs.structure.pages import _ExtractAnchorsTreeprocessor

from macros.builder.stashing import MacroBlocks
from macros.components.templates import BLOCK, as_block

BROKEN = '<div class="cm-box" id="box">\n<p>*Not* emphasis & <i>never closed\n</div>'


def convert(text: str) -> tuple[str, set[str]]:
    """Returns the HTML and the anchors that MkDocs takes the page to have."""
    md = markdown.Markdown(extensions=["toc", MacroBlocks()])
    anchors = _ExtractAnchorsTreeprocessor(None, None, None)  # type: ignore[arg-type]
    anchors._register(md)
    return md.convert(text), anchors.present_anchor_ids


def test_a_block_is_kept_as_the_macro_made_it() -> None:
    html, _ = convert(f"Before.{as_block(BROKEN)}*After*.{as_block('<p>Two</p>')}")
    assert html == f"<p>Before.</p>\n{BROKEN}\n<p><em>After</em>.</p>\n<p>Two</p>"


def test_what_is_no_block_of_a_macro_stays_markdown() -> None:
    html, _ = convert(f"A sentence with {BLOCK} in it.\n\n<section>\n*Raw*\n</section>")
    assert html == f"<p>A sentence with {BLOCK} in it.</p>\n<section>\n*Raw*\n</section>"
    assert as_block(" \n ") == "\n\n", "a macro that says nothing leaves no mark"


def test_mkdocs_is_told_the_anchors_in_a_block() -> None:
    text = as_block('<div id="box"><a name="old"></a><img alt="x" data-id="no" title="a name"></div>')
    assert convert(f"## Heading\n{text}")[1] == {"heading", "box", "old"}

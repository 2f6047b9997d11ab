"""Paragraphs with addresses: those written on the page count, what macros print does not. Their marks."""

from __future__ import annotations

import markdown
from bs4 import BeautifulSoup

from macros.builder.anchors import HeadingMarks, ParagraphAnchors


def ids_of(text: str, under: str = "") -> list[str]:
    """Returns the addresses of the paragraphs that Markdown makes of a text."""
    html = markdown.markdown(text, extensions=["tables", ParagraphAnchors(under=under)])
    return [str(part["id"]) for part in BeautifulSoup(html, "lxml").select("p[id]") if part.get_text(strip=True) != "¶"]


def test_paragraphs_are_numbered_in_the_order_of_the_prose() -> None:
    assert ids_of("# Head\n\nOne.\n\n- a point\n\nTwo, *told*.") == ["p-1", "p-2"]


def test_what_macros_print_moves_no_number() -> None:
    plain, more = "One.\n\nTwo.", "One.\n\n<div>\n<p>Printed.</p>\n</div>\n\n<p>Too.</p>\n\nTwo."
    assert ids_of(more) == ids_of(plain) == ["p-1", "p-2"]


def test_other_pages_stay_as_they_are() -> None:
    assert ids_of("One.", under="framework/provisions/") == []


def test_a_mark_is_neither_read_out_nor_a_stop_of_the_keyboard() -> None:
    text = "# Head {: #top }\n\nOne.\n\n## Part"
    html = markdown.markdown(text, extensions=["attr_list", "toc", HeadingMarks(), ParagraphAnchors(under="")])
    marks = BeautifulSoup(html, "lxml").select("a.headerlink")
    assert [(str(one["href"]), one["aria-hidden"], one["tabindex"]) for one in marks] == [
        ("#top", "true", "-1"),
        ("#p-1", "true", "-1"),
        ("#part", "true", "-1"),
    ]

"""The words of a built page: the visible text of its content, without the frame around it.

What belongs to the frame, or speaks of other editions, bears `data-words="no"` in the templates. A drawing does not
count; its caption and its table of data do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lxml import html

_FRAME = {"script", "style", "svg", "template", "noscript"}
INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“(\[]?[A-Z0-9])")


@dataclass(frozen=True)
class Difference:
    """The first sentence in which a page's words differ: as frozen, and as built now; empty when there is none."""

    frozen: str
    built: str


def read_words(page: bytes) -> list[str]:
    """Returns the text of a built page's content, one block a line, spaces folded. Raises ValueError without any."""
    article = html.document_fromstring(page).find(".//article")
    if article is None:
        raise ValueError("the page has no content")
    lines = (" ".join(line.split()) for line in "".join(_texts(article)).split("\n"))
    return [line for line in lines if line]


def _texts(part: html.HtmlElement) -> Iterator[str]:
    yield part.text or ""
    for child in part:
        if isinstance(child.tag, str) and not _is_frame(child):
            edge = "" if child.tag in INLINE else "\n"
            yield edge
            yield from _texts(child)
            yield edge
        yield child.tail or ""


def _is_frame(part: html.HtmlElement) -> bool:
    return part.tag in _FRAME or part.get("data-words") == "no" or "headerlink" in (part.get("class") or "")


def find_difference(frozen: Sequence[str], built: Sequence[str]) -> Difference | None:
    """Returns the first sentence that differs, or None when the words are the same."""
    if list(frozen) == list(built):
        return None
    pairs = zip_longest(_sentences(frozen), _sentences(built), fillvalue="")
    return next((Difference(*pair) for pair in pairs if pair[0] != pair[1]), Difference("", ""))


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from _SENTENCE.split(line)

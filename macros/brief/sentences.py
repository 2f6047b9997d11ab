"""Where the first sentence of a text ends: a brief says in one what a page says in several."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"“(]?[A-Z0-9])")
# Words whose full stop ends no sentence; a single capital before a stop is an initial.
_SHORT = re.compile(r"(?:\b(?:No|Nos|para|paras|art|Art|Mr|Ms|Dr|St|e\.g|i\.e|cf|vs)|\b[A-Z])\.$")


def first_sentences(text: str, room: int = 0) -> str:
    """Returns the first sentence of running text, and those after it as long as all are within so many signs."""
    folded = " ".join(text.split())
    taken = 0
    for end in _ends(folded):
        if taken and end > room:
            break
        taken = end
    return folded[:taken].rstrip()


def first_questions(text: str, room: int = 0) -> str:
    """Returns the questions with which a text begins, as many as have room; else its first sentence."""
    folded = " ".join(text.split())
    taken = 0
    for end in _ends(folded):
        if taken and (end > room or folded[end - 1] != "?"):
            break
        taken = end
    return folded[:taken].rstrip()


def _ends(text: str) -> Iterator[int]:
    """Yields the place after each sentence, that of the last one being the end of the text."""
    for end in _END.finditer(text):
        if not _SHORT.search(text[: end.start()]):
            yield len(text[: end.end()].rstrip())
    yield len(text)

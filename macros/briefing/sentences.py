"""Where the first sentence of a text ends: a brief says in one what a page says in several."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"“(]?[A-Z0-9])")
# Words whose full stop ends no sentence; a single capital before a stop is an initial.
_SHORT = re.compile(r"(?:\b(?:No|Nos|para|paras|art|Art|Mr|Ms|Dr|St|e\.g|i\.e|cf|vs)|\b[A-Z])\.$")


def first_sentence(text: str) -> str:
    """Returns the first sentence of running text, spaces folded; all of it when it has only one."""
    folded = " ".join(text.split())
    for end in _END.finditer(folded):
        sentence = folded[: end.end()].rstrip()
        if not _SHORT.search(folded[: end.start()]):
            return sentence
    return folded

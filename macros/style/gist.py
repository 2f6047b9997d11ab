"""What a text says first: the sentence by which it is shown while it is folded, and what follows that sentence."""

from __future__ import annotations

from macros.catalog.catalog import Catalog
from macros.catalog.plain import plain_words
from macros.catalog.references import LINK
from macros.style.sentences import split_sentences


def split_first(catalog: Catalog, text: str) -> tuple[str, str]:
    """Returns the first sentence of running text and the text after it, both with their links.

    A sentence that ends within the words of a link takes the whole link along.
    """
    whole = " ".join(text.split())
    room = len(next(iter(split_sentences(plain_words(catalog, whole))), ""))
    at = 0
    for link in LINK.finditer(whole):
        before = link.start() - at
        if before >= room:
            break
        room -= before + len(plain_words(catalog, link[0]))
        at = link.end()
    end = at + max(room, 0)
    return whole[:end], whole[end:].lstrip()

"""Text to sentences and words, as a reader counts them; the first one, which stands for a text that is folded."""

from __future__ import annotations

import re

from macros.catalog.catalog import Catalog, plain_words
from macros.catalog.references import LINK

# A full stop after one of these ends no sentence, unless a sentence clearly begins after it.
_SHORT = frozenset(
    "U.S U.N U.K D.C No Nos para paras Sec Secs Art Arts Inc Ltd Co Corp Mr Ms Mrs Dr St vs e.g i.e cf approx Jan Feb "  # noqa: SIM905 - a list of words
    "Aug Sept Oct Nov Dec Fed Reg Stat Pub".split()
)
_CLOSING = '"\u201d\u2019)]'
_END = re.compile(rf"(?<=[.!?])[{re.escape(_CLOSING)}]*\s+(?=[\"\u201c(\[\u2018]?[A-Z0-9$\u00a5\u20ac])")
_WORD = re.compile(r"[^\W_]+(?:[\u2019'.,/&%-]+[^\W_]+)*%?")
_OPENS = re.compile(r"(?:The|It|This|That|These|A|An|In|We|No|Its|Both|Neither|They|He|She|But|If)\s")


def split_sentences(text: str) -> list[str]:
    """Returns the sentences of a passage, in order."""
    sentences: list[str] = []
    begun = 0
    for match in _END.finditer(text):
        before = text[begun : match.start()].rstrip(_CLOSING)
        last = before.rsplit(None, 1)[-1].strip('("\u201c[').removesuffix(".")
        short = before.endswith(".") and (last in _SHORT or (len(last) == 1 and last.isupper()))
        if not short or _OPENS.match(text, match.end()):
            sentences.append(text[begun : match.end()].strip())
            begun = match.end()
    rest = text[begun:].strip()
    return [*sentences, rest] if rest else sentences


def count_words(sentence: str) -> int:
    """Returns the number of words; a number with its sign is one."""
    return len(_WORD.findall(sentence))


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

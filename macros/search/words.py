"""Text to the words that are searched. `overrides/assets/search-words.js` does the same for what readers type.

Change both: a test compares them on every text of the site.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Words that say nothing of what is asked. They are not indexed, and left out of a query unless nothing else is typed.
EMPTY = frozenset(
    re.findall(
        r"[a-z]+",
        "a|about|an|and|any|anything|are|as|at|be|been|being|but|by|can|could|count|did|do|"
        "does|done|else|for|from|get|gets|give|gives|had|has|have|her|here|him|his|how|i|"
        "if|in|into|is|it|its|itself|just|list|may|me|mean|means|might|more|most|must|my|"
        "no|not|now|of|on|one|or|other|our|out|over|please|same|shall|should|since|so|some|"
        "still|such|tell|than|that|the|their|them|then|there|these|they|thing|this|those|to|"
        "too|under|until|up|us|was|we|were|what|when|where|whether|which|while|who|whom|"
        "whose|why|will|with|would|yes|you|your",
    )
)

_BRITISH = {
    "cheque": "check",
    "centre": "center",
    "colour": "color",
    "defence": "defense",
    "favour": "favor",
    "grey": "gray",
    "labour": "labor",
    "licence": "license",
    "licenced": "license",
    "licences": "license",
    "neighbour": "neighbor",
    "organisation": "organization",
    "programme": "program",
    "programmes": "program",
    "tonne": "ton",
    "tonnes": "ton",
}
_KEPT_ISE = re.compile(
    r"(?:raise|promise|exercise|otherwise|precise|advise|revise|rise|wise|enterprise|franchise|surprise)$"
)
_JAPANESE = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
_PARAGRAPH = re.compile(r"\b(i{1,2})\.(\d{1,2})(\([a-d]\))?")
_NUMBERED = re.compile(r"\bnos?\.?\s?(\d+)((?:,\s?\d+)*(?:,?\s?(?:and|to)\s?\d+)?)")
_ANNOUNCEMENT = re.compile(r"\bannouncement\s(\d+)\b")
_PLAIN = re.compile(r"[a-z]{4,}")
_EVEN = (
    (re.compile(r"[\u2018\u2019]"), "'"),
    (re.compile(r"[\u2010-\u2015]"), "-"),
    (re.compile(r"\bu\.\s?s\.(?=\W|$)"), "us "),
    (re.compile(r"(\d)\s?bn\b"), r"\1 billion"),
    (re.compile(r"(\d)\s?(?:mn|m)\b"), r"\1 million"),
    (re.compile(r"\$(\d[\d,.]*)b\b"), r"\1 billion"),
    (re.compile(r"%"), " percent "),
    (re.compile(r"\bper cent\b"), "percent"),
    (re.compile(r"(\d),(?=\d{3})"), r"\1"),
)


@cache
def stem(word: str) -> str:
    """Returns a word in its American spelling, without the ending of a plural or of a verb."""
    word = _BRITISH.get(word, word)
    if not _PLAIN.fullmatch(word) or word == "does":  # which is not the DOE
        return word
    if not _KEPT_ISE.search(word):
        word = re.sub(r"is(ation|ations|e|ed|es|ing)$", r"iz\1", word)
    if re.search(r"[^aeiou]ies$", word):
        word = f"{word[:-3]}y"
    elif re.search(r"(?:ss|sh|ch|x|z)es$", word):
        word = word[:-2]
    elif re.search(r"[^suia]s$", word):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):  # noqa: PLR2004 - "thing" keeps its ending
        word = _undouble(word[:-3])
    elif len(word) > 4 and re.search(r"[^e]ed$", word):  # noqa: PLR2004 - and so does "shed"
        word = _undouble(word[:-2])
    return word[:-1] if len(word) > 4 and word.endswith("e") else word  # noqa: PLR2004


def words_of(text: str) -> list[str]:
    """Returns the words of a text in the form in which they are searched.

    Numbers of paragraphs (II.4, I.2(b)) and of announcements (No. 70) are words of their own; Japanese, which has no
    spaces, is cut into pairs of signs.
    """
    words: list[str] = []
    text = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()
    for pattern, better in _EVEN:
        text = pattern.sub(better, text)

    def paragraph(match: re.Match[str]) -> str:
        words.append(f"{match[1]}.{match[2]}")
        if match[3]:
            words.append(f"{match[1]}.{match[2]}{match[3]}")
        return " "

    def numbered(match: re.Match[str]) -> str:
        words.extend(f"no.{number}" for number in (match[1], *re.findall(r"\d+", match[2])))
        return " "

    def announcement(match: re.Match[str]) -> str:
        words.append(f"no.{match[1]}")
        return " announcement "

    def japanese(match: re.Match[str]) -> str:
        run = match[0]
        words.extend([run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)])
        return " "

    text = _JAPANESE.sub(
        japanese, _ANNOUNCEMENT.sub(announcement, _NUMBERED.sub(numbered, _PARAGRAPH.sub(paragraph, text)))
    )
    words += [_searched(word) for word in _WORD.findall(text)]
    return words


@cache
def _searched(word: str) -> str:
    return stem(word.removesuffix("'s").replace("'", ""))


def _undouble(word: str) -> str:
    return word[:-1] if re.search(r"([bdgmnprt])\1$", word) else word

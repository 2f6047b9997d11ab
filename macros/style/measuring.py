"""How the built pages read: words, sentences, reading ease. What is measured is what a reader sees, sources aside.

Reading ease is Flesch's: 206.835 - 1.015 words a sentence - 84.6 syllables a word; 60 to 70 is plain English. textstat
counts the syllables with the Carnegie Mellon dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import textstat
from lxml import html

from macros.style.sentences import count_words, split_sentences

_PASSAGES = ("p", "li", "dd", "td")
# A fragment of a line is no sentence.
_FEWEST = 4


@dataclass(frozen=True)
class Reading:
    """How one page reads: its address in the edition, the number of its words, and its sentences."""

    address: str
    words: int
    sentences: tuple[str, ...]

    @property
    def median(self) -> float:
        """Returns the length of the page's middle sentence, in words."""
        return median(map(count_words, self.sentences)) if self.sentences else 0

    @property
    def longest(self) -> int:
        """Returns the length of the page's longest sentence, in words."""
        return max(map(count_words, self.sentences), default=0)

    @property
    def ease(self) -> float:
        """Returns Flesch's reading ease of the page's sentences; 100 where there are none."""
        return float(textstat.flesch_reading_ease(" ".join(self.sentences))) if self.sentences else 100.0


def read_pages(folder: Path) -> Iterator[tuple[Reading, str]]:
    """Yields how each page of a built edition or draft reads, with its whole text, in the order of the addresses."""
    for path in sorted(folder.rglob("index.html")):
        article: Any = html.document_fromstring(path.read_bytes()).find(".//article")
        if article is not None:
            _drop_frame(article)
            text = " ".join(article.text_content().split())
            address = path.parent.relative_to(folder).as_posix()
            yield Reading(address, count_words(text), tuple(_sentences(article))), text


def _drop_frame(article: Any) -> None:
    for heading in article.xpath('.//h2[@id="sources"]'):
        for part in [*heading.itersiblings()]:
            part.drop_tree()
    marks = './/*[contains(@class, "headerlink") or contains(@class, "cm-ground") or contains(@class, "cm-mark")]'
    for part in article.xpath(f'.//sup | .//svg | .//*[@data-words="no"] | {marks}'):
        if part.getparent() is not None:
            part.drop_tree()


def _sentences(article: Any) -> Iterator[str]:
    for part in article.xpath("|".join(f".//{tag}" for tag in _PASSAGES)):
        if next(part.iterdescendants("p", "li", "dd"), None) is None:
            for one in split_sentences(" ".join(part.text_content().split())):
                if count_words(one) >= _FEWEST and one.endswith((".", "!", "?", "\u201d", ")")):
                    yield one

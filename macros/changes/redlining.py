"""Two texts as one: what stayed, what was added, what was removed.

The library redlines aligns the words. Its own renderings are not used: they tell changes by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Literal, NamedTuple

# Two paragraphs are one that was changed when they share this part of their words.
_ALIKE = 0.35
# A passage of so many pairs of paragraphs is another text, not a changed one.
_MANY = 400_000
_MARKS = {"kept": "{}", "added": "[+{}+]", "removed": "[-{}-]"}


class Run(NamedTuple):
    """Words that stayed, were added or were removed."""

    kind: Literal["kept", "added", "removed"]
    text: str


Redline = tuple[Run, ...]


@cache
def redline_words(before: str, after: str) -> Redline:
    """Returns how `before` became `after`, word by word; a removal stands before what replaces it."""
    from redlines import WholeDocumentProcessor  # noqa: PLC0415 - slow to load, and without changes never needed

    runs: list[Run] = []
    for operation in WholeDocumentProcessor().process(before, after):
        tag, i1, i2, j1, j2 = operation.opcodes
        old, new = operation.source_chunk.text[i1:i2], operation.test_chunk.text[j1:j2]
        if tag == "equal":
            runs.append(Run("kept", "".join(max(pair, key=len) for pair in zip(old, new, strict=True))))
            continue
        if old:
            runs.append(Run("removed", "".join(old)))
        if new:
            runs.append(Run("added", "".join(new)))
    return tuple(runs)


def redline_paragraphs(before: Sequence[str], after: Sequence[str]) -> list[Redline]:
    """Returns the paragraphs that differ, in the order of the newer text; those that stayed are left out."""
    found: list[Redline] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += [redline_words(old, new) for old, new in _pair(before[i1:i2], after[j1:j2])]
    return found


def format_redline(redline: Redline) -> str:
    """Returns the redline as plain text, changes between marks: `six [-months-] [+weeks+]`."""
    parts = []
    for kind, text in redline:
        words = text.rstrip()
        parts.append(_MARKS[kind].format(words) + text[len(words) :])
    return " ".join("".join(parts).replace("-][+", "-] [+").split())


def _pair(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yields the paragraphs of a changed passage side by side, in order; one that has no fellow stands alone."""
    old_words = [frozenset(one.casefold().split()) for one in before]
    new_words = [frozenset(one.casefold().split()) for one in after]
    rows, columns = len(before), len(after)
    if rows * columns > _MANY:
        yield from ((one, "") for one in before)
        yield from (("", one) for one in after)
        return
    # best[i][j]: the most likeness that the paragraphs from i and from j on can reach together.
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = _likeness(old_words[i], new_words[j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together and together + best[i + 1][j + 1])
    i = j = 0
    while i < rows and j < columns:
        together = _likeness(old_words[i], new_words[j])
        if together and best[i][j] == together + best[i + 1][j + 1]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield before[i], ""
            i += 1
        else:
            yield "", after[j]
            j += 1
    yield from ((one, "") for one in before[i:])
    yield from (("", one) for one in after[j:])


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Returns the part of their words that two paragraphs share, from 0 to 1; 0 when they are not one paragraph."""
    share = len(first & second) / (len(first | second) or 1)
    return share if share >= _ALIKE else 0.0

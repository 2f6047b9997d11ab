"""What is wrong with the content, said so that its author can mend it.

A problem names file, line, column, what is wrong and how to cure it. Every part of the pipeline adds problems to a
list instead of stopping at the first, so that one run shows all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_FEW = 30
# So many problems of one kind are printed; the others are counted.
MOST = 50
_LONGEST = 300
# What a terminal would not show, or would obey: control characters, marks of direction, halves of characters.
_UNSEEN = re.compile(r"[\0-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: `path` as the author sees it, `line` and `column` counted from 1.

    `missing` is the key of the record that is named there and does not exist, where that is the problem.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    missing: str = ""

    def __str__(self) -> str:
        text = f"{show(self.path)}:{self.line}:{self.column}: {show(self.message)}"
        return f"{text}\n    hint: {show(self.hint)}" if self.hint else text

    @property
    def kind(self) -> str:
        """Returns the message without what differs from one problem of its kind to the next."""
        return re.sub(r"'.*'|\"[^\"]*\"|[0-9]+|\S+/\S+", "...", self.message, flags=re.DOTALL)


class ContentError(Exception):
    """The content is at fault; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(format_problems(self.problems))


class UsageError(Exception):
    """A command was called in a way it cannot serve; the message says what to do instead."""


def show(text: str) -> str:
    """Returns the text as any terminal shows it: on one line, unseen characters by their code points, cut when long."""
    seen = _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text.replace("\n", " "))
    return seen if len(seen) <= _LONGEST else f"{seen[: _LONGEST - 50]} [...] {seen[-40:]}"


def format_problems(problems: list[Problem]) -> str:
    """Returns the problems one below the other, with their number in the last line; at most MOST of each kind."""
    lines: list[str] = []
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.kind] += 1
        if counts[problem.kind] <= MOST:
            lines.append(str(problem))
    lines += [f"and {count - MOST} more of the kind: {show(kind)}" for kind, count in counts.items() if count > MOST]
    files = len({problem.path for problem in problems})
    count, places = len(problems), "file" if files == 1 else "files"
    lines.append(f"{count} {'problem' if count == 1 else 'problems'} in {files} {places}")
    return "\n".join(lines)


def suggest(word: str, known: Iterable[str], *, what: str = "allowed") -> str:
    """Returns a hint: the known word that was meant, when one is really near, or the known words when they are few."""
    names = sorted(known)
    if near := find_near(word, names):
        return f"did you mean '{near}'?"
    if 0 < len(names) <= _FEW:
        return f"{what}: {', '.join(names)}"
    return ""


def find_near(word: str, known: Iterable[str]) -> str:
    """Returns the known word that differs from this one by a slip or two of the finger; empty when none does."""
    from difflib import get_close_matches  # noqa: PLC0415 - where all is well nothing is near

    if len(word) > _LONGEST:
        return ""
    for near in get_close_matches(word, list(known), n=3, cutoff=0.6):
        if _count_slips(word, near) <= (1 if len(near) <= 6 else 2):  # noqa: PLR2004 - one slip in a short word
            return near
    return ""


def _count_slips(one: str, other: str) -> int:
    """Returns how many letters were left out, added, changed or swapped with their neighbor (Damerau, restricted)."""
    older: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        oldest, older, row = older, row, [number]
        for place, sign in enumerate(other, 1):
            cost = min(older[place] + 1, row[-1] + 1, older[place - 1] + (letter != sign))
            if number > 1 and place > 1 and letter == other[place - 2] and sign == one[number - 2]:
                cost = min(cost, oldest[place - 2] + 1)
            row.append(cost)
    return row[-1]

"""What is wrong with the content, said so that its author can mend it.

A problem names file, line, column, what is wrong and how to cure it. Every part of the pipeline adds problems to a
list instead of stopping at the first, so that one run shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_FEW = 30


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: `path` as the author sees it, `line` and `column` counted from 1."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column}: {self.message}"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


class ContentError(Exception):
    """The content is at fault; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(format_problems(self.problems))


class UsageError(Exception):
    """A command was called in a way it cannot serve; the message says what to do instead."""


def format_problems(problems: list[Problem]) -> str:
    """Returns the problems one below the other, with their number in the last line."""
    lines = [str(problem) for problem in problems]
    files = len({problem.path for problem in problems})
    count, places = len(problems), "file" if files == 1 else "files"
    lines.append(f"{count} {'problem' if count == 1 else 'problems'} in {files} {places}")
    return "\n".join(lines)


def suggest(word: str, known: Iterable[str], *, what: str = "allowed") -> str:
    """Returns a hint: the nearest known word, or the known words when they are few."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if 0 < len(names) <= _FEW:
        return f"{what}: {', '.join(names)}"
    return ""

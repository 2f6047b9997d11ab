"""The rules of style of a tree: `data/style.yml`, and codespell's dictionary of British and American spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import Field

from macros.catalog.validating import validate
from macros.problems import Problem
from macros.schema.base import Line, Strict, Whole
from macros.text.document import read_document
from macros.text.files import read_file
from macros.tree import Tree

FILE = "style.yml"
_RUNAWAY = re.compile(r"\([^()]*[+*][^()]*\)[+*{]")
_LETTERS = re.compile(r"[A-Za-z]+")


class Avoided(Strict):
    """Words that are not written, and what is."""

    avoid: Line = Field(description="a regular expression over one passage: papers?")
    write: Line = Field(description="the better words")


class Style(Strict):
    """`data/style.yml`: how the site speaks."""

    longest_sentence: Whole = Field(ge=1, description="the longest sentence outside lists, tables and titles, in words")
    exempt: dict[str, list[Line]] = Field(default_factory=dict, description="kind: [fields that are not read]")
    names: list[Line] = Field(default_factory=list, description="names that keep their own spelling")
    kept: list[Line] = Field(default_factory=list, description="words that the dictionary takes for British")
    spelling: dict[str, Line] = Field(default_factory=dict, description="British: American")
    words: list[Avoided] = Field(default_factory=list, description="what is not written, and what is")


@dataclass(frozen=True)
class Finding:
    """Words in a passage that the rules refuse: where they begin, what they are, and what to write instead."""

    start: int
    words: str
    instead: str


@dataclass(frozen=True)
class Rules:
    """The rules, ready to be read against passages."""

    style: Style
    british: dict[str, str] = field(repr=False)

    @cached_property
    def _avoided(self) -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(rf"(?<!\w)(?:{one.avoid})(?!\w)", re.IGNORECASE), one.write) for one in self.style.words]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"(?<!\w)(?:{one.avoid})(?!\w)" for one in self.style.words), re.IGNORECASE)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        return re.compile("|".join(map(re.escape, self.style.names))) if self.style.names else None

    @cached_property
    def _phrases(self) -> re.Pattern[str] | None:
        phrases = [re.escape(one) for one in self.style.spelling if " " in one]
        return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE) if phrases else None

    def exempts(self, kind: str, name: str) -> bool:
        """Whether a field of a kind is not read."""
        return name in self.style.exempt.get("any", ()) or name in self.style.exempt.get(kind, ())

    def find(self, passage: str) -> list[Finding]:
        """Returns what the passage should not say, in order; names and quoted words keep their spelling."""
        text = self._names.sub(lambda match: " " * len(match[0]), passage) if self._names else passage
        found: list[Finding] = []
        if self._any.search(text):
            found += [Finding(at.start(), at[0], write) for rule, write in self._avoided for at in rule.finditer(text)]
        unquoted = re.sub(r"[\"“][^\"“”]*[\"”]", lambda match: " " * len(match[0]), text)
        if self._phrases:
            for at in self._phrases.finditer(unquoted):
                found.append(Finding(at.start(), at[0], self.style.spelling[at[0].lower()]))
        for at in _LETTERS.finditer(unquoted):
            american = self.british.get(at[0].lower())
            if american:
                found.append(Finding(at.start(), at[0], american))
        return sorted(found, key=lambda one: one.start)


def load_rules(tree: Tree) -> tuple[Rules | None, list[Problem]]:
    """Returns the tree's rules of style, None when it has none, and what is wrong with them."""
    path = tree.data / FILE
    if not path.exists() and not path.is_symlink():
        return None, []
    data, problems = read_file(path, tree.shown(path), tree.project)
    if data is None:
        return None, problems
    document, problems = read_document(tree.shown(path), data)
    if problems:
        return None, problems
    style, problems = validate(document, Style)
    if not isinstance(style, Style):
        return None, problems
    for index, one in enumerate(style.words):
        try:
            re.compile(rf"(?:{one.avoid})")
        except re.error as error:
            message = f"'avoid' is no regular expression: {error}"
            problems.append(document.problem(("words", index, "avoid"), message, "write a \\ before . ( ) [ ] ? * +"))
        if _RUNAWAY.search(one.avoid):
            message = "a repetition within a repetition, which may never end"
            problems.append(document.problem(("words", index, "avoid"), message, "repeat one of the two only"))
    british = {word: better for word, better in _dictionary().items() if word not in style.kept}
    british |= {word.lower(): better for word, better in style.spelling.items() if " " not in word}
    return (None, problems) if problems else (Rules(style, british), [])


def _dictionary() -> dict[str, str]:
    """Returns codespell's words of British spelling, each with the American one."""
    from importlib.resources import files  # noqa: PLC0415 - rules that are kept need no dictionary

    text = (files("codespell_lib") / "data" / "dictionary_en-GB_to_en-US.txt").read_text(encoding="utf-8")
    pairs = (line.split("->") for line in text.splitlines() if "->" in line)
    return {british: american.split(",")[0].strip() for british, american in pairs}

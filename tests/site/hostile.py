"""The small tree with every free text of every record and page filled with what must never work."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import yaml
from pydantic import BaseModel, ValidationError

from macros.schema import KINDS
from macros.schema.base import RefersTo
from macros.site.loading import load_site
from macros.text.document import read_document
from macros.tree import Tree
from tests.conftest import LISTS
from tests.site.project import SECOND, Project

# Every one must be shown to readers as it is written here. None has a full stop or a semicolon with a space after it:
# there lists of sentences and of places are cut. The check lets these through, for texts may well speak of such things:
ACCEPTED = (
    "<script>fire()</script>",
    "<img src=x onerror=fire()>",
    '"><svg onload=fire()>',
    '" onfocus="fire()" autofocus="',
    "' onmouseover='fire()' x='",
    "</script></style></title></textarea><script>fire()</script>",
    "javascript:fire()",
    "[go]: https://evil.example/ <https://evil.example/>",
    "<!-- slot: digests -->",
    "%3Cu%3E | e | \\ f",
    "#link(1) $x^2$ @text ~~d~~",
    "BEGIN:VEVENT;,\\n x",
    "שלום",
)
# And each of these it refuses wherever it stands in a record.
REFUSED = (
    "[go](javascript:fire())",
    "![seen](https://evil.example/p.png)",
    "{{ 7 * 7 }} {% raw %} {# gone #} ${7 * 7} #{7 * 7}",
    "{: onclick=fire() } {#cm-nav}",
    "*a*",
    "__b__ `c`",
    "]]> [[",
    "&lt;b&gt;&#60;i&#62;",
    "\\href{javascript:fire()}",
    "<b>bold</b>",
    "a \u202etxt.exe\u202c \u2066x\u2069",
    "z\u200bw",
    "p\u0430ypal",
)
# What a line begins with: a heading, lists, a rule, a quotation, a formula.
BEGINNINGS = ("1. ", "--- ", "=1+", "+1 ", "@a ", "| ")
REFUSED_BEGINNINGS = ("# ", "- ", "> ", "```")
# The rules that refuse, each by its module and name. A copy of the code in which they say nothing shows that nothing
# rests on them alone.
_RULES = (("style/marks.py", "check_marks"), ("text/characters.py", "check_characters"))
# Free text by its type, with a form of its own that no attack has: nothing else may refuse one.
FORMS = {
    ("deadline", "clock.length"),
    ("provision", "official_words"),
    ("source", "date"),
    ("source", "language"),
}
_MARKED = re.compile(r"qx(\d+)z(.*?)zx\1q", re.DOTALL)


@dataclass(frozen=True)
class Attacked:
    """A built site whose every text is an attack: `written` by their numbers, `refused` by the fields that took none.

    `unsaid` are the numbers of those in records on which the check says nothing.
    """

    site: Path
    written: list[str]
    refused: set[tuple[str, str]]
    unsaid: list[int]


class Hostile:
    """A project whose every text is an attack: `written` by their numbers, `refused` by the fields that took none.

    A guarded one has only what the check accepts.
    """

    def __init__(self, top: Path, *, guarded: bool) -> None:
        self.project = Project(top, own_code=True)
        self._attacks = ACCEPTED if guarded else (*ACCEPTED, *REFUSED)
        self._beginnings = BEGINNINGS if guarded else (*BEGINNINGS, *REFUSED_BEGINNINGS)
        self.written: list[str] = []
        self.refused: set[tuple[str, str]] = set()
        records = (path for path in sorted((top / "data").glob("*/*.yml")) if path.parent.name in KINDS)
        for path in records:
            self._fill_record(path)
        for path in sorted((top / "docs").rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            for key in ("title: ", "description: "):
                text = self._replace(text, key)
            path.write_text(text, encoding="utf-8")
        self._fill_config(top / "mkdocs.yml")

    def attack(self) -> str:
        """Returns the next attack: all of them, between two marks with its number, behind one of the beginnings."""
        number = len(self.written)
        self.written.append(f" {' '.join(self._attacks)} ")
        return f"{self._beginnings[number % len(self._beginnings)]}qx{number}z{self.written[-1]}zx{number}q"

    def _quoted(self) -> str:
        """Returns an attack for YAML; the check refuses a macro in what stands there, so it has none."""
        attack = self.attack().replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")
        self.written[-1] = attack[attack.index("z") + 1 : attack.rindex("zx")]
        return "'" + attack.replace("'", "''") + "'"

    def _replace(self, text: str, key: str) -> str:
        """Returns a text in which the line that begins with the key has an attack behind it."""
        return re.sub(rf"^{key}.*", lambda _: f"{key}{self._quoted()}", text, count=1, flags=re.MULTILINE)

    def list_unsaid(self) -> list[int]:
        """Returns the numbers of the attacks in records on which the check, as it is, says nothing."""
        said = {(one.path, one.line) for one in load_site(Tree(self.project.top)).problems}
        return [
            int(number)
            for path in sorted((self.project.top / "data").glob("*/*.yml"))
            for line, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
            for number in re.findall(r"qx(\d+)z", text)
            if (path.relative_to(self.project.top).as_posix(), line) not in said
        ]

    def silence_check(self) -> None:
        """Makes the rules that refuse say nothing in the project's copy of the code."""
        for module, name in _RULES:
            silent = f"def {name}(*_):\n    return iter(())\n\n\ndef _said_by_{name}("
            self.project.change(f"macros/{module}", f"def {name}(", silent)

    def freeze_site(self) -> None:
        """Freezes the project and puts its site together."""
        self.project.freeze(SECOND, "--title", self.attack(), "--note", self.attack())
        done = self.project.run("site")
        assert done.returncode == 0, done.stderr

    def _fill_record(self, path: Path) -> None:
        kind = path.parent.name
        value = read_document(path.name, path.read_bytes())[0].value
        for owner, name, place in list(_free_texts(KINDS[kind], value)):
            before = copy.copy(owner)
            owner[name] = [self.attack()] if isinstance(owner.get(name), list) else self.attack()
            try:
                KINDS[kind].model_validate(value, context=LISTS)
            except ValidationError:
                owner.clear()
                owner.update(before)
                self.refused.add((kind, place))
        path.write_text(yaml.safe_dump(value, allow_unicode=True, width=10_000), encoding="utf-8")

    def _fill_config(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for key in ("  notice: ", "  content_use: "):
            text = self._replace(text, key)
        text = text.replace('    name: ""', f"    name: {self._quoted()}", 1)
        text = text.replace('    contact: ""', f"    contact: {self._quoted()}", 1)
        path.write_text(text, encoding="utf-8")


def _free_texts(
    model: type[BaseModel], value: dict[str, Any], path: str = ""
) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Yields each free text that a class has and a value may hold: what holds it, its key, and where that is."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        place = f"{path}{name}"
        inner = next((one for one in _models(hints[name])), None)
        if inner:
            held = value.get(name)
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict):
                    yield from _free_texts(inner, one, f"{place}.")
        elif _is_free(hints[name]):
            if get_origin(_bare(hints[name])) is list:
                value.setdefault(name, [])
            yield value, name, place


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for one in get_args(hint):
        yield from _models(one)


def _is_free(hint: Any) -> bool:
    """Whether a hint is text in any form, and neither names a record nor is an id or an address."""
    if get_origin(hint) is Annotated:
        text, *marks = get_args(hint)
        named = any(
            isinstance(one, RefersTo) or "[a-z0-9]" in str(one) or "_check_address" in repr(one) for one in marks
        )
        return not named and _is_free(text)
    options = [one for one in get_args(hint) if one is not type(None)] if get_args(hint) else [hint]
    return bool(options) and all(one is str or (get_args(one) and _is_free(one)) for one in options)


def check_shown(text: str, written: list[str]) -> int:
    """Checks that each attack in a text reads as it was written, whatever its quotation marks; returns how many do."""
    found = _MARKED.findall(text)
    for number, shown in found:
        assert level(shown) == level(written[int(number)]), number
    return len(found)


def level(text: str) -> str:
    """Returns a text with straight quotation marks and single spaces."""
    return " ".join(text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")).split())

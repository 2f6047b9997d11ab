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

from macros.reading.document import read_document
from macros.schema import KINDS
from macros.schema.base import RefersTo
from tests.site.project import SECOND, Project

# Every one must be shown to readers as it is written here. None has a full stop or a semicolon with a space after it:
# there lists of sentences and of places are cut.
ATTACKS = (
    "<script>fire()</script>",
    "<img src=x onerror=fire()>",
    '"><svg onload=fire()>',
    '" onfocus="fire()" autofocus="',
    "' onmouseover='fire()' x='",
    "</script></style></title></textarea><script>fire()</script>",
    "javascript:fire()",
    "[go](javascript:fire())",
    "![seen](https://evil.example/p.png)",
    "[go]: https://evil.example/ <https://evil.example/>",
    "{{ 7 * 7 }} {% raw %} {# gone #} ${7 * 7} #{7 * 7}",
    "{: onclick=fire() } {#cm-nav}",
    "*a* __b__ `c` ~~d~~ | e | \\ f",
    "<!-- slot: digests --> ]]> &lt;b&gt;&#60;i&#62;%3Cu%3E",
    "\\href{javascript:fire()} #link(1) $x^2$ @text",
    "BEGIN:VEVENT;,\\n x",
    "שלום <b>שלום</b>",
)
# What a line begins with: a heading, lists, a rule, a quotation, a formula.
BEGINNINGS = ("# ", "- ", "1. ", "--- ", "> ", "=1+", "+1 ", "@a ", "| ", "```")
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
    """A built site whose every text is an attack: `written` by their numbers, and the fields that took none."""

    site: Path
    written: list[str]
    refused: set[tuple[str, str]]


class Hostile:
    """A project whose every text is an attack: `written` by their numbers, `refused` by the fields that took none."""

    def __init__(self, top: Path) -> None:
        self.project = Project(top)
        self.written: list[str] = []
        self.refused: set[tuple[str, str]] = set()
        for path in sorted((top / "data").glob("*/*.yml")):
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
        self.written.append(f" {' '.join(ATTACKS)} ")
        return f"{BEGINNINGS[number % len(BEGINNINGS)]}qx{number}z{self.written[-1]}zx{number}q"

    def _quoted(self) -> str:
        """Returns an attack for YAML; the check refuses a macro in what stands there, so it has none."""
        attack = self.attack().replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")
        self.written[-1] = attack[attack.index("z") + 1 : attack.rindex("zx")]
        return "'" + attack.replace("'", "''") + "'"

    def _replace(self, text: str, key: str) -> str:
        """Returns a text in which the line that begins with the key has an attack behind it."""
        return re.sub(rf"^{key}.*", lambda _: f"{key}{self._quoted()}", text, count=1, flags=re.MULTILINE)

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
                KINDS[kind].model_validate(value)
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

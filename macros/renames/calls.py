"""What macro calls name, at its place in a file: for the commands that must find or change each mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError

from macros.calls.scanning import SYNTAX
from macros.catalog.references import kind_named_by
from macros.components.registry import MACROS, Macro, key_of
from macros.schema import KINDS

Token = tuple[str, str]  # its type by Jinja's lexer, and its raw text


@dataclass(frozen=True)
class Word:
    """A text in quotes that a macro is given: what it is for, what it says, and where it begins, after the quote.

    `key` is the record that it names, as kind/id; nothing when it names none.
    """

    macro: str
    parameter: str
    text: str
    key: str
    line: int
    column: int


def iter_words(text: str) -> Iterator[Word]:
    """Yields every text in quotes within the macro calls of a text, in order; none when its calls cannot be read."""
    call: list[tuple[Token, int]] = []
    offset = 0
    plain = re.sub(r"\r\n|\r", "\n", text.removeprefix("\ufeff"))
    try:
        tokens = [(kind, raw) for _, kind, raw in SYNTAX.lex(plain)]
    except TemplateSyntaxError:
        return
    for kind, raw in tokens:
        if kind == "variable_begin":
            call = []
        elif kind == "variable_end":
            yield from _words(plain, call)
        elif kind != "whitespace":
            call.append(((kind, raw), offset))
        offset += len(raw)


def _words(plain: str, call: list[tuple[Token, int]]) -> Iterator[Word]:
    """Yields the texts in one call; its tokens are given each with the place at which it begins."""
    macro = MACROS.get(call[0][0][1]) if call else None
    if macro is None:
        return
    names = list(macro.signature.parameters)
    depth = number = 0
    named, kind = "", ""
    for index, ((part, raw), offset) in enumerate(call[1:], 1):
        after = call[index + 1][0][1] if index + 1 < len(call) else ""
        if raw in ("(", "[", "{"):
            depth += 1
        elif raw in (")", "]", "}"):
            depth -= 1
        elif raw == "," and depth == 1:
            number, named = number + 1, ""
        elif part == "name" and after == "=":
            named = raw
        elif part == "string" and after != ":":  # the name of a group names nothing
            parameter = named or (names[number] if number < len(names) else "")
            written = raw[1:-1]
            kind = written if parameter == "kind" else kind
            wanted = _kind_of(macro, parameter, kind)
            line = plain.count("\n", 0, offset) + 1
            column = offset - plain.rfind("\n", 0, offset) + 1
            yield Word(macro.name, parameter, written, key_of(wanted, written) if wanted else "", line, column)


def _kind_of(macro: Macro, parameter: str, kind: str) -> str | None:
    """Returns the kind of record that a parameter names; a field by which records of a kind are picked may name one."""
    if parameter in macro.references:
        return macro.references[parameter]
    picked = "where" in macro.signature.parameters and parameter not in macro.signature.parameters
    model = KINDS.get(kind)
    return kind_named_by(model, parameter) if picked and model else None

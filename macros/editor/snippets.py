"""Snippets for VS Code: every macro as its docstring shows it, a page's header, and a source under an assertion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.components.registry import MACROS, Macro
from macros.pages.page import PageHeader

Snippet = dict[str, str | list[str]]

_VALUE = re.compile(r"'([^']*)'|(?<![\w'-])(\d+)(?![\w'-])")
_SIGNS = re.compile(r"[$}\\]")


def create_snippets() -> dict[str, Snippet]:
    """Returns every snippet by its name, each with prefix, scope, body and description."""
    snippets: dict[str, Snippet] = {
        "page header": _snippet("header", "markdown", _header(), "The header of a page."),
        "source": _snippet("source", "yaml", ['- {id: ${1}, pinpoint: "${2:Section I, para. 2(b)}"}'], "One source."),
    }
    for macro in sorted(MACROS.values(), key=lambda one: one.name):
        for number, example in enumerate(macro.examples, 1):
            name = macro.name if number == 1 else f"{macro.name} {number}"
            snippets[name] = _snippet(macro.name, "markdown", list(_body(macro, example)), _sentence(macro.about))
    return snippets


def _snippet(prefix: str, scope: str, body: list[str], description: str) -> Snippet:
    return {"prefix": prefix, "scope": scope, "body": body, "description": description}


def _header() -> list[str]:
    keys = [name for name, field in PageHeader.model_fields.items() if field.is_required()]
    return ["---", *(f"{key}: ${{{number}}}" for number, key in enumerate(keys, 1)), "---", "", "$0"]


def _body(macro: Macro, example: str) -> Iterator[str]:
    """Yields the lines of a call in which each value is a place to fill in; a block has an empty line after it."""
    yield f"{{{{ {fill_in(' '.join(example.split()))} \\}}\\}}" + ("$0" if macro.inline else "")
    if not macro.inline:
        yield from ("", "$0")


def fill_in(call: str) -> str:
    """Returns a call with a numbered place for each plain value: `link('${1:provision/financing}')`."""
    parts: list[str] = []
    end = 0
    for number, match in enumerate(_VALUE.finditer(call), 1):
        quote = "'" if match[1] is not None else ""
        parts += [_escape(call[end : match.start()]), f"{quote}${{{number}:{_escape(match[1] or match[2])}}}{quote}"]
        end = match.end()
    return "".join([*parts, _escape(call[end:])])


def _escape(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", text)


def _sentence(text: str) -> str:
    return text.partition(". ")[0].removesuffix(".") + "."

"""Bytes of a file to text: UTF-8, with or without a mark at its beginning, with the line ends of any machine."""

from __future__ import annotations

import codecs
import re
import unicodedata

from macros.problems import Problem

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n?")
# Signs that no text needs and no editor shows: control characters, line ends of other systems, halves of characters,
# and code points that are none.
_HARD = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def decode_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Returns the text of a file with plain line ends, or None when it is not UTF-8; and what is wrong with it."""
    if data.startswith(_WIDE):
        return None, [Problem(path, 1, 1, "not UTF-8 but UTF-16", "save the file as UTF-8")]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _LINE_END.sub("\n", data[: error.start].decode("utf-8"))
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        return None, [Problem(path, *place_of(before, len(before)), message, "save the file as UTF-8")]
    text = _LINE_END.sub("\n", text)
    hard = [
        Problem(
            path, *place_of(text, match.start()), f"a character that no text needs: {name_character(match[0])}", CURE
        )
        for match in _HARD.finditer(text)
    ]
    return text, hard


CURE = "delete it; it is not shown, so delete the words around it too and type them again"


def name_character(sign: str) -> str:
    """Returns how a character is named: `U+202E (RIGHT-TO-LEFT OVERRIDE)`."""
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X} ({name})" if name else f"U+{ord(sign):04X}"


def place_of(text: str, start: int) -> tuple[int, int]:
    """Returns line and column, from 1, of a position in a text."""
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1

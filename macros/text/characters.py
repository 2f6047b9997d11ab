"""Characters that deceive: those that are not shown or turn the direction of writing, and letters of one script that
look like another's. Each is named by its code point, for it cannot be seen. And quotation marks as readers see them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from macros.problems import Problem
from macros.text.positions import Document
from macros.text.text import CURE, name_character, place_of

_DOUBLE = re.compile(r"(^|[\s(\[{\u2013\u2014/\u2018'])\"(?=\S)")
_SINGLE = re.compile(r"(^|[\s(\[{\u2013\u2014/\u201c])'(?=\S)")
_YEARS = re.compile(r"(^|\s)'(?=\d\ds?\b)")
# Zero-width signs, marks of direction, the soft hyphen, tags, private use, and the sign for a lost character.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffd\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010fffd"
)
# Greek, Cyrillic and full-width letters and digits that are taken for Latin ones, each with the one it looks like.
_GREEK = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd",
    "ABEZHIKMNOPTYXov",
)
_CYRILLIC = (
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d",
    "ABESIJKMHOPCTYXaeopcyxsijhdqw",
)
_TWINS = dict(zip(_GREEK[0] + _CYRILLIC[0], _GREEK[1] + _CYRILLIC[1], strict=True))
_FOREIGN = "".join(_TWINS) + "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_BAD = re.compile(rf"[{_HIDDEN}]|(?<=[A-Za-z])[{_FOREIGN}]|[{_FOREIGN}](?=[A-Za-z])")
_CONTROL = re.compile(r"[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ESCAPE = re.compile(r"\\[0abeftvrxuUNLP_]")


def check_characters(document: Document) -> Iterator[Problem]:
    """Yields every deceiving character of a file, written or by an escape within double quotes."""
    if document.text.isascii() and not _ESCAPE.search(document.text):
        return
    written = list(_BAD.finditer(document.text))
    for match in written:
        yield Problem(document.path, *place_of(document.text, match.start()), *_say(match[0]))
    if not written and _ESCAPE.search(document.text):
        for path, text in iter_strings(document.value):
            if escaped := _BAD.search(text) or _CONTROL.search(text):
                yield document.problem(path, *_say(escaped[0]))


def fold_twins(text: str) -> str:
    """Returns the text in the letters that it seems to be written in, without what is not shown."""
    text = re.sub(rf"[{_HIDDEN}]", "", text)
    return unicodedata.normalize("NFKC", "".join(_TWINS.get(sign, sign) for sign in text))


def iter_strings(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yields every text within plain values, with its path."""
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from iter_strings(inner, (*path, name))


def _say(sign: str) -> tuple[str, str]:
    if re.match(f"[{_FOREIGN}]", sign):
        twin = fold_twins(sign)
        return f"{_TWIN} '{twin}': {name_character(sign)}", f"type '{twin}' in its place"
    return f"{_NOT_SHOWN}: {name_character(sign)}", CURE


_TWIN, _NOT_SHOWN = "a letter that only looks like", "a character that is not shown"


def is_strange(problem: Problem) -> bool:
    """Whether a problem is a deceiving character, which may be why something else of its line is wrong."""
    return problem.message.startswith((_TWIN, _NOT_SHOWN))


def curl_quotes(text: str) -> str:
    """Returns the text with curly quotation marks and apostrophes: those of records, as `smarty` makes those of pages.

    A mark opens after a space, a bracket or a dash, or at the beginning, and closes everywhere else.
    """
    if '"' not in text and "'" not in text:
        return text
    text = _DOUBLE.sub("\\1\u201c", text).replace('"', "\u201d")
    text = _YEARS.sub("\\1\u2019", text)
    return _SINGLE.sub("\\1\u2018", text).replace("'", "\u2019")

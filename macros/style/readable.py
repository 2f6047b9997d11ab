"""What a reader reads of a file: everything else blanked, so that each word keeps its place in the file."""

from __future__ import annotations

import re

_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_COMMENT = re.compile(r"\{##.*?##\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_CITE = re.compile(r"\{\{\s*cite\(")
_LINK = re.compile(r"\{\{\s*(?:link|download)\(\s*'[^']*'(?:\s*,\s*(?:'([^']*)'|\"([^\"]*)\"))?\s*\)\s*\}\}", re.DOTALL)
_INLINE = re.compile(r"\{\{\s*(?:value|cell|count|as_at)\(")
_SAYS = re.compile(r"\bsays='([^']*)'")
_ADDRESS = re.compile(r"\]\([^)]*\)|<[^<>]*>|\{[:.#][^{}]*\}|`[^`]*`|https?://\S+")
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
_QUOTED = re.compile(r"'([^']*)'")
_CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_RECORD_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")


def read_page(body: str) -> str:
    """Returns a page's prose and the words of its links; a value that is printed counts as one word."""
    body = _COMMENT.sub(_blank, body)
    body = _CALL.sub(_call, body)
    return _ADDRESS.sub(_blank, body)


def read_running(text: str) -> str:
    """Returns a record's running text: links as their words, or as one word where they have none."""
    return _RECORD_LINK.sub(_record_link, text)


def read_template(text: str) -> str:
    """Returns the words of a template: its text, what its expressions may print, and what is read out."""
    text = _COMMENT.sub(_blank, text)
    text = _CODE.sub(_blank, text)
    kept = [(match.start(1), match[1]) for match in _ATTRIBUTE.finditer(text)]
    for block in (*_CALL.finditer(text), *_STATEMENT.finditer(text)):
        kept += [(block.start() + at.start(1), at[1]) for at in _QUOTED.finditer(block[0]) if " " in at[1].strip()]
    text = _CALL.sub(_blank, _STATEMENT.sub(_blank, text))
    text = re.sub(r"<[^>]*>", _blank, text)
    return _put(text, kept)


def read_typst(text: str) -> str:
    """Returns the words of a Typst template: what is in quotes or in brackets."""
    text = re.sub(r"//.*|#\w+\([^()]*\)|#[\w.-]+", _blank, text)
    kept = [
        (at.start(1), at[1]) for at in re.finditer(r"\"([^\"\n]*)\"|\[([^\[\]#\n]*)\]", text) if " " in (at[1] or "")
    ]
    kept += [(at.start(1), at[1]) for at in re.finditer(r"\[([^\[\]\n]*)\]", text) if " " in at[1]]
    return _put(_blank_all(text), kept)


def read_script(text: str) -> str:
    """Returns the words of a script: what is in quotes and has a space, without what it puts in."""
    text = re.sub(r"^\s*//.*", _blank, text, flags=re.MULTILINE)
    found = re.finditer(r"\"([^\"\n]*)\"|`([^`]*)`", text)
    kept = [(at.start(at.lastindex or 0), at[at.lastindex or 0]) for at in found]
    kept = [(start, re.sub(r"\$\{[^}]*\}|<[^>]*>", _blank, words)) for start, words in kept if " " in words.strip()]
    return _put(_blank_all(text), kept)


def _call(match: re.Match[str]) -> str:
    call = match[0]
    if _CITE.match(call):
        return _blank(match)
    if link := _LINK.fullmatch(call):
        group = 1 if link[1] is not None else 2
        words = link[group]
        return _put(_blank_all(call), [(link.start(group), words)] if words else [(3, "the text")])
    if _INLINE.match(call):
        return _put(_blank_all(call), [(3, "ten")])
    if says := _SAYS.search(call):
        return _put(_blank_all(call), [(says.start(1), says[1])])
    return _blank(match)


def _record_link(match: re.Match[str]) -> str:
    words = match[2]
    at = match.start(2) - match.start() if words else 2
    return _put(_blank_all(match[0]), [(at, words or "text")])


def _put(blanked: str, kept: list[tuple[int, str]]) -> str:
    for start, words in kept:
        blanked = blanked[:start] + words + blanked[start + len(words) :]
    return blanked


def _blank(match: re.Match[str]) -> str:
    return _blank_all(match[0])


def _blank_all(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)

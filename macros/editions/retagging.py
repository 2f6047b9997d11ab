"""Attributes of elements in stored HTML, set or taken away at the tags alone: every other byte stays as it was.

What readers read, where links lead and what has an address is compared before and after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from lxml import html

_MARK = "data-at"
# What readers and links hang on, and what could run.
FIXED = re.compile(r"id|href|src|srcset|name|action|style|lang|alt|title|hidden|open|on.*|data-.*", re.IGNORECASE)


@dataclass(frozen=True)
class _Tag:
    start: int
    text: str
    attributes: tuple[tuple[str, str | None], ...]


class _TagReader(HTMLParser):
    """Lists the start tags of a text in their order, with their places in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[_Tag] = []
        self._lines = [0]
        for line in text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        self.tags.append(_Tag(self._lines[line - 1] + column, self.get_starttag_text() or "", tuple(attrs)))


def set_attributes(text: str, css: str, values: Mapping[str, str | None]) -> tuple[str, int]:
    """Returns the text with these attributes on every element that `css` finds, and how many tags were changed.

    None takes an attribute away.
    """
    tags = _TagReader(text).tags
    marked = _replace(text, {number: _add(tag.text, f' {_MARK}="{number}"') for number, tag in enumerate(tags)}, tags)
    tree = html.fragment_fromstring(marked, create_parent="article")
    chosen = [int(number) for one in tree.cssselect(css) if (number := one.get(_MARK)) is not None]
    new = {number: _write(tags[number], values) for number in chosen}
    changed = {number: tag for number, tag in new.items() if tag != tags[number].text}
    return _replace(text, changed, tags), len(changed)


def read_meaning(text: str) -> tuple[list[str], list[str], list[str]]:
    """Returns what must stay: the words in their order, the addresses of links and pictures, and the ids."""
    tree = html.fragment_fromstring(text, create_parent="article")
    ways = [f"{tag.get('href')} {tag.get('src')}" for tag in tree.iter() if tag.get("href") or tag.get("src")]
    return tree.text_content().split(), ways, [str(tag.get("id")) for tag in tree.iter() if tag.get("id")]


def _replace(text: str, new: Mapping[int, str], tags: Sequence[_Tag]) -> str:
    parts, at = [], 0
    for number in sorted(new):
        tag = tags[number]
        parts += [text[at : tag.start], new[number]]
        at = tag.start + len(tag.text)
    return "".join([*parts, text[at:]])


def _add(tag: str, more: str) -> str:
    end = "/>" if tag.endswith("/>") else ">"
    return f"{tag[: -len(end)].rstrip()}{more}{end}"


def _write(tag: _Tag, values: Mapping[str, str | None]) -> str:
    """Returns a start tag with other attributes; those that are not named keep their bytes."""
    text = tag.text
    for name, value in values.items():
        said = "" if value is None else f' {name}="{escape(value)}"'
        pattern = re.compile(
            rf"""\s{re.escape(name)}(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?(?=[\s/>])""", re.IGNORECASE
        )
        if name.lower() in dict(tag.attributes):
            text = pattern.sub(lambda _, said=said: said, text, count=1)  # type: ignore[misc]
        elif value is not None:
            text = _add(text, said)
    return text

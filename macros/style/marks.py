"""Marks in records that readers would see raw: Markdown, HTML, braces, and links that are not links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from macros.catalog.catalog import Catalog
from macros.catalog.references import LINK, iter_values
from macros.problems import Problem
from macros.schema.base import Record, RefersTo, Running
from macros.text.memory import Memory
from macros.text.positions import Document

# Fields whose value is no text for readers.
_NO_TEXT = {"url", "official_words"}
_PLAIN = "leave it out: a record's text is plain"
_MARK = "a Markdown mark, '{}'"
_MARKS = (
    (re.compile(r"\[\[|\]\]"), "'{}' that is no link", "write [[kind/id]], or [[kind/id|words]]"),
    (re.compile(r"[{}\uff5b\uff5d]"), "a brace, '{}'", "no macro runs in a record: say it in words, or by [[kind/id]]"),
    (
        re.compile(r"!?\[[^\[\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)"),
        "a Markdown link, '{}'",
        "name a record: [[kind/id|words]], or a source",
    ),
    (re.compile(r"\*\*|`|(?<![\w_])__|__(?![\w_])"), _MARK, _PLAIN),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])[^*\n]*(?<=\S)\*(?![\w*])"), _MARK, _PLAIN),
    (re.compile(r"(?<!\w)_(?=[^\s_])[^_\n]*(?<=\S)_(?!\w)"), _MARK, _PLAIN),
    (re.compile(r"^ {0,3}(?:#{1,6}|[-*+]|>) ", re.MULTILINE), _MARK, _PLAIN),
    (
        re.compile(r"</?(?:a|b|br|div|em|i|li|ol|p|small|span|strong|sub|sup|u|ul)\b[^<>]*>", re.IGNORECASE),
        "an HTML tag, '{}'",
        _PLAIN,
    ),
    (re.compile(r"&(?:[a-z]{2,8}|#[0-9]{1,6});", re.IGNORECASE), "an HTML sign, '{}'", "type the sign itself"),
)


def check_marks(catalog: Catalog, memory: Memory) -> Iterator[Problem]:
    """Yields the first mark of each text that would be printed as it is typed."""
    for key, record in catalog.records.items():
        document = catalog.documents[key]
        yield from memory.recall(("marks", key), (record, document), partial(_list_marks, record, document))


def _list_marks(record: Record, document: Document) -> list[Problem]:
    problems = []
    for path, marker, value in iter_values(record):
        if not isinstance(value, str) or isinstance(marker, RefersTo) or path[-1] in _NO_TEXT or path[0] in _NO_TEXT:
            continue
        text = LINK.sub("", value) if isinstance(marker, Running) else value
        for pattern, message, hint in _MARKS:
            if match := pattern.search(text):
                problems.append(document.problem(path, message.format(match[0].strip()), hint))
                break
    return problems

"""A file as its author wrote it, with a few values changed: every line that says the same stays as it is.

The manager hands in a whole record in a form of its own. What changed is found by comparing values, and put into the
author's text at its place; comments, order, quotes and line breaks elsewhere are not touched.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from macros.problems import ContentError, UsageError
from macros.text.document import read_document

_WIDTH = 98
_LONG = 90
# What needs no quotes: begins with a letter, and has nothing that YAML or a reader could take for something else.
_PLAIN = re.compile(r"[A-Za-z][\w./()$%&;+ '\u2013\u2014\u2019-]*")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_WORDS = ("true", "false", "null", "yes", "no", "on", "off")

# A part of a text to be replaced: where it begins and ends, and what comes in its place.
Change = tuple[int, int, str]


def merge(old: str, new: str, path: str) -> str:
    """Returns the old YAML text with the values of the new one.

    Raises ContentError when one of them cannot be read, and UsageError when the new one has no keys.
    """
    before, after = (_read(text, path) for text in (old, new))
    if not isinstance(after, dict):
        raise UsageError(f"{path}: keys are expected here")
    node = yaml.compose(old, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return write(after)
    text = old
    for start, end, words in sorted(_changes(node, before, after, old), reverse=True):
        text = text[:start] + words + text[end:]
    return text


def write(value: dict[str, Any]) -> str:
    """Returns the text of a new record, without what is empty."""
    return "".join(_lines_of(key, one, "") for key, one in prune(value).items())


def prune(value: Any) -> Any:
    """Returns a value without keys that hold nothing: what a form left empty is not there."""
    if isinstance(value, dict):
        kept = {key: prune(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ("", None, [], {})}
    return [prune(one) for one in value] if isinstance(value, list) else value


def is_same(before: Any, after: Any) -> bool:
    """Whether two values say the same, whatever a form made of numbers, dates and empty places."""
    before, after = prune(before), prune(after)
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(is_same(before[key], after[key]) for key in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(is_same, before, after))
    numbers = [one for one in (before, after) if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if len(numbers) == 2:  # noqa: PLR2004 - both of them
        return bool(before == after)
    return _said(before) == _said(after)


def _said(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return " ".join(str(value).split())


def _read(text: str, path: str) -> Any:
    document, problems = read_document(path, text.encode())
    if problems:
        raise ContentError(problems)
    return document.value


def _changes(node: yaml.Node, before: Any, after: Any, text: str) -> Iterator[Change]:
    if is_same(before, after):
        return
    if isinstance(node, yaml.MappingNode) and isinstance(after, dict):
        yield from _changes_of_mapping(node, before, after, text)
    elif isinstance(node, yaml.SequenceNode) and isinstance(after, list) and len(before) == len(after):
        for inner, one, other in zip(node.value, before, after, strict=True):
            yield from _changes(inner, one, other, text)
    elif isinstance(node, yaml.SequenceNode) and isinstance(after, list) and not node.flow_style:
        yield _splice(node, before, after, text)
    elif isinstance(node, yaml.ScalarNode) and not isinstance(after, (dict, list)):
        yield _rewrite(node, after, text)
    else:
        yield node.start_mark.index, _end(node, text), _flow(prune(after))


def _changes_of_mapping(
    node: yaml.MappingNode, before: dict[str, Any], after: dict[str, Any], text: str
) -> Iterator[Change]:
    after = prune(after)
    pairs = {key.value: (key, value) for key, value in node.value}
    gone = [key for key in pairs if key not in after and prune({key: before[key]})]
    fresh = [key for key in after if key not in pairs]
    if node.flow_style and (gone or fresh):
        kept = {key: after.get(key) for key in (*pairs, *fresh) if key not in gone}
        yield node.start_mark.index, node.end_mark.index, _flow(kept)
        return
    for key, (name, value) in pairs.items():
        if key in gone:
            yield _line_start(name.start_mark.index, text), _next_line(_end(value, text), text), ""
        elif key in after:
            yield from _changes(value, before[key], after[key], text)
    if fresh:
        place = _next_line(_end(node.value[-1][1], text), text)
        lines = "".join(_lines_of(key, after[key], " " * node.start_mark.column) for key in fresh)
        yield place, place, lines if text[place - 1 : place] == "\n" else f"\n{lines}"


def _splice(node: yaml.SequenceNode, before: list[Any], after: list[Any], text: str) -> Change:
    """Returns the change of a block list in which items came or went: those at both ends that are the same stay."""
    head = next((n for n, pair in enumerate(zip(before, after, strict=False)) if not is_same(*pair)), None)
    head = min(len(before), len(after)) if head is None else head
    tail = 0
    while tail < min(len(before), len(after)) - head and is_same(before[-1 - tail], after[-1 - tail]):
        tail += 1
    starts = [_line_start(one.start_mark.index, text) for one in node.value]
    starts.append(_next_line(_end(node.value[-1], text), text))
    indent = " " * node.start_mark.column
    lines = "".join(f"{indent}- {_flow(prune(one))}\n" for one in after[head : len(after) - tail])
    return starts[head], starts[len(before) - tail], lines


def _rewrite(node: yaml.ScalarNode, after: Any, text: str) -> Change:
    """Returns the change of one plain value, in the form that it has: folded lines stay folded, quotes stay quotes."""
    start, end = node.start_mark.index, _end(node, text)
    if node.style in (">", "|") and isinstance(after, str):
        if "\n" in after.strip():  # more than one paragraph, which folding would join
            return start, end, scalar(after)
        first = text.index("\n", start) + 1
        old = text[first:end].split("\n")
        words = next((line for line in old if line.strip()), "  ")
        return first, end, "\n".join(_refold(old, after, " " * (len(words) - len(words.lstrip()))))
    if node.style == '"':
        return start, end, json.dumps(str(after), ensure_ascii=False)
    if node.style == "'" and "\n" not in str(after):
        return start, end, "'" + str(after).replace("'", "''") + "'"
    return start, end, scalar(after)


def _refold(old: list[str], after: str, indent: str) -> list[str]:
    """Returns the lines of a folded text; lines at both ends that still fit its words stay as they are."""
    words = after.split()
    head: list[str] = []
    for line in old:
        mine = line.split()
        if words[: len(mine)] != mine or not mine:
            break
        head.append(line)
        words = words[len(mine) :]
    tail: list[str] = []
    for line in reversed(old[len(head) :]):
        mine = line.split()
        if not mine or len(mine) > len(words) or words[-len(mine) :] != mine:
            break
        tail.insert(0, line)
        words = words[: -len(mine)]
    middle = textwrap.wrap(
        " ".join(words), _WIDTH + 10, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
    return [*head, *middle, *tail]


def _lines_of(key: str, value: Any, indent: str) -> str:
    """Returns a key with its value as an author would write it."""
    if isinstance(value, str) and len(value) > _LONG:
        inner = f"{indent}  "
        return f"{indent}{key}: >-\n" + "".join(
            f"{line}\n" for line in textwrap.wrap(value, _WIDTH, initial_indent=inner, subsequent_indent=inner)
        )
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return f"{indent}{key}:\n" + "".join(f"{indent}  - {_flow(one)}\n" for one in value)
    if isinstance(value, dict):
        return f"{indent}{key}:\n" + "".join(_lines_of(name, one, f"{indent}  ") for name, one in value.items())
    return f"{indent}{key}: {_flow(value)}\n"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Returns a plain value as YAML, in double quotes where it could be taken for something else."""
    if value is None:
        return "~"
    if isinstance(value, str):
        plain = (_PLAIN.fullmatch(value) and value.casefold() not in _WORDS) or _DATE.fullmatch(value)
        return value if plain and value == value.strip() else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def _end(node: yaml.Node, text: str) -> int:
    """Returns where a value ends, without the line breaks and comments that YAML counts to a block."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    end = int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style in (">", "|"):
        return len(text[:end].rstrip("\n")) if text[end - 1 : end] == "\n" else end
    return end


def _line_start(index: int, text: str) -> int:
    return text.rfind("\n", 0, index) + 1


def _next_line(index: int, text: str) -> int:
    return len(text) - len(text[index:].partition("\n")[2])

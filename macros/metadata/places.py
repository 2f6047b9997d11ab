"""Where what stands on a page is written: the line of each heading, the file of each record. For drafts alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import escape

from macros.calls.scanning import COMMENT_END, COMMENT_START
from macros.metadata.location import Place

_HEAD = re.compile("<head[^>]*>")
_HEADING = re.compile(r"(#{1,6})(?!#)")
_LEVEL = 2  # of the headings in layouts
_RULE = re.compile(r"(=+|-+) *")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_COMMENT = re.compile(f"{re.escape(COMMENT_START)}.*?{re.escape(COMMENT_END)}", re.DOTALL)


def describe_places(place: Place, headed: Sequence[Sequence[str]] = ()) -> dict[str, object]:
    """Returns what partials/editing.html prints, under the name `edit` in a page's metadata.

    `headed` has the headings that each call for parts of a layout wrote, in order; their line is that of the call.

    `file` is the page's own file, `lines` are level and line of its headings in their order, `record` is the file of
    the record whose own page it is, and `records` are the files of those that are printed on it, by their anchors.
    All paths are the project's own, never this machine's.
    """
    page = place.page
    printed = place.release.pages.printed.get(page.source, ())
    return {
        "file": page.file.path,
        "lines": _list_lines(place, headed),
        "record": _file_of(page.record) if page.record else "",
        "records": {key.replace("/", "-"): _file_of(key) for key in printed},
    }


def _list_lines(place: Place, headed: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    page = place.page
    parts = place.release.pages.parts.get(page.source, ())
    composed = [part for part in parts if not isinstance(part, str) and part.macro.composed]
    written = [(_LEVEL, call.line) for call, headings in zip(composed, headed, strict=False) for _ in headings]
    return sorted([*find_headings(page.file.body, page.file.body_line), *written], key=lambda line: line[1])


def name_folder(html: str, folder: Path) -> str:
    """Returns a page of the preview with the project's folder on this machine, so that its marks open the editor there.

    Only what is served to this machine may say it; no built file does.
    """
    return _HEAD.sub(
        lambda head: f'{head[0]}<meta name="cm-folder" content="{escape(folder.as_posix())}">', html, count=1
    )


def find_headings(body: str, first_line: int = 1) -> Iterator[tuple[int, int]]:
    """Yields level and line of each heading of a page's Markdown, whose body begins on `first_line` of its file."""
    body = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body)
    fence, before = "", ""
    for number, line in enumerate(body.split("\n"), first_line):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence and (heading := _HEADING.match(line)):
            yield len(heading[1]), number
        elif not fence and before.strip() and _RULE.fullmatch(line):
            yield (1 if line[0] == "=" else 2), number - 1
        before = "" if mark or fence else line


def _file_of(key: str) -> str:
    return f"data/{key}.yml"

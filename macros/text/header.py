"""A Markdown file is a header (YAML between two `---` lines) and a body."""

from __future__ import annotations

from dataclasses import dataclass

from macros.problems import Problem
from macros.text.document import read_document
from macros.text.positions import Document
from macros.text.text import decode_text


@dataclass(frozen=True)
class MarkdownFile:
    """A page's source: `header` keeps places in the file; `body` begins on line `body_line` of the file."""

    path: str
    header: Document
    body: str
    body_line: int


def read_markdown(path: str, data: bytes) -> tuple[MarkdownFile, list[Problem]]:
    """Returns the parts of a Markdown file and what is wrong with its form and that of its header."""
    text, problems = decode_text(path, data)
    if text is None:
        return MarkdownFile(path, Document(path, {}), "", 1), problems
    if problems:
        return MarkdownFile(path, Document(path, {}, text), text, 1), problems
    lines = text.split("\n")
    if lines[0].strip() != "---":
        message = "the page has no header"
        hint = "begin the file with --- and the keys title and description, then --- again"
        return MarkdownFile(path, Document(path, {}, text), text, 1), [Problem(path, 1, 1, message, hint)]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        message, hint = "the page's header is not closed", "put a line with --- after its last key"
        return MarkdownFile(path, Document(path, {}, text), text, 1), [Problem(path, 1, 1, message, hint)]
    header, problems = read_document(path, "\n".join(lines[1:end]).encode(), first_line=2)
    header.text = text
    if header.value is None:
        header.value = {}
    return MarkdownFile(path, header, "\n".join(lines[end + 1 :]), end + 2), problems

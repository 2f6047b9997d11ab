"""Problems as the browser's panel shows them: with the line itself, and a link that opens the editor there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from macros.problems import Problem
from macros.tree import Tree


def describe_problems(tree: Tree, problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Returns each problem as plain values: its own, `text` of its line, `editor` for the link."""
    return [_describe(tree, problem) for problem in problems]


def _describe(tree: Tree, problem: Problem) -> dict[str, object]:
    path = tree.project / problem.path
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "hint": problem.hint,
        "text": _read_line(path, problem.line),
        "editor": f"vscode://file/{quote(path.as_posix().lstrip('/'), safe='/:')}:{problem.line}:{problem.column}",
    }


def _read_line(path: Path, number: int) -> str:
    """Returns a line of a file; nothing when it is not there to be read."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if 0 < number <= len(lines) else ""

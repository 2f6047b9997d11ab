"""Pages that together show all that any page shows: each element under each of its classes, so each layout."""

from __future__ import annotations

from pathlib import Path

from lxml import etree, html


def list_longest(built: Path, count: int) -> list[str]:
    """Returns the addresses of the pages of this built edition that weigh most, so also of those that are tallest."""
    heaviest = sorted(built.rglob("index.html"), key=lambda path: path.stat().st_size, reverse=True)
    return [_address(path, built) for path in heaviest[:count]]


def _address(path: Path, built: Path) -> str:
    return f"{path.parent.relative_to(built).as_posix()}/".removeprefix("./")


def choose_pages(built: Path) -> list[str]:
    """Returns the addresses of a few pages of this built edition that hold every kind of element there is."""
    left = {path: _elements(path) for path in sorted(built.rglob("index.html"))}
    missing, chosen = frozenset().union(*left.values()), []
    while missing:
        best = max(left, key=lambda path: len(left[path] & missing))
        missing -= left.pop(best)
        chosen.append(_address(best, built))
    return chosen


def _elements(path: Path) -> frozenset[str]:
    tags = html.parse(str(path)).getroot().iter(etree.Element)
    return frozenset(f"{tag.tag}.{name}" for tag in tags for name in (tag.get("class") or "").split() or [""])

"""The colours of the brief: those of the site by day, read from its style sheet, for paper knows no variables."""

from __future__ import annotations

import re

from macros.tree import COMPONENTS

_SHEET = COMPONENTS.parent / "assets" / "base.css"
_NAMED = re.compile(r"--cm-([a-z-]+): (#[0-9a-f]{6});")
_USED = re.compile(r"var\(--cm-([a-z-]+)\)")


def read_palette() -> dict[str, str]:
    """Returns the colours by name, without `--cm-`."""
    return dict(_NAMED.findall(_SHEET.read_text(encoding="utf-8")))


def resolve_colours(drawing: str, palette: dict[str, str]) -> str:
    """Returns the markup of a drawing with each variable as its colour. Raises KeyError for an unknown one."""
    return _USED.sub(lambda match: palette[match[1]], drawing)

"""Addresses in style sheets and in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s"']*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
# Modules, and files that a script names beside itself.
_MODULE = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)["'](\.{1,2}/[^"'\n]+)["']"""
    r"""|new URL\(\s*["']([^"'\n]+)["']\s*,\s*import\.meta\.url"""
)


def urls_in_style(text: str) -> Iterator[tuple[str, int]]:
    """Yields each address of url() and @import with its line, from 1. Comments keep their lines and say nothing."""
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    yield from _found(_URL, bare)


def urls_in_script(text: str) -> Iterator[tuple[str, int]]:
    """Yields the address of each module and file that a script names beside itself, with its line."""
    yield from _found(_MODULE, text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    for found in pattern.finditer(text):
        value = next((one for one in found.groups() if one is not None), "")
        yield value, text.count("\n", 0, found.start()) + 1

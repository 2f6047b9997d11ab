"""YAML records become macros for cross-linked, sourced pages.

The way of the data, never back: data/ -> reading -> schema -> catalog -> writing -> Markdown -> builder -> site/.
"""

from __future__ import annotations

from typing import Any

__all__ = ["define_env"]


def define_env(env: Any) -> None:
    """Registers the macros with mkdocs-macros; refuses to build a tree that `check` refuses."""
    from macros.building.registering import register_macros  # noqa: PLC0415 - the package must load without what .venv holds

    register_macros(env)

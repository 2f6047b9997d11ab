"""YAML records become macros for cross-linked, sourced pages.

The way of the data, never back: data/ -> text -> schema -> catalog -> components -> Markdown -> builder -> site/.
"""

from __future__ import annotations

__all__ = ["define_env", "on_pre_page_macros"]


def define_env(env: object) -> None:
    """Registers the macros with mkdocs-macros; refuses to build a tree that `check` refuses."""
    from macros.builder.registering import register_macros  # noqa: PLC0415 - the package must load without what .venv holds

    register_macros(env)


def on_pre_page_macros(env: object) -> None:
    """Writes the page's macros before the builder would; a builder without this call runs those of `define_env`."""
    from macros.builder.registering import write_page  # noqa: PLC0415 - as above

    write_page(env)

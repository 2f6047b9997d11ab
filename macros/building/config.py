"""The project's configuration as the builder reads it: variables and inheritance resolved."""

from __future__ import annotations

from typing import Any

from mkdocs.utils.yaml import yaml_load

from macros.tree import Tree


def read_config(tree: Tree) -> dict[str, Any]:
    """Returns what mkdocs.yml says, with SITE_URL and the like put in."""
    with tree.config.open(encoding="utf-8") as file:
        return dict(yaml_load(file))

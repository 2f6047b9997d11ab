"""The project's configuration as the builder reads it: variables and inheritance resolved."""

from __future__ import annotations

from typing import Any

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load
from yaml import YAMLError

from macros.building.publisher import read_settings
from macros.problems import ContentError, Problem
from macros.tree import Tree


def read_config(tree: Tree) -> dict[str, Any]:
    """Returns what mkdocs.yml says, with SITE_URL and the like put in. Raises ContentError when it cannot be read."""
    try:
        with tree.config.open(encoding="utf-8-sig") as file:
            return dict(yaml_load(file))
    except (ConfigurationError, OSError, TypeError, ValueError, YAMLError) as error:
        problems = read_settings(tree)[1] or [Problem(tree.shown(tree.config), 1, 1, f"it cannot be read: {error}")]
        raise ContentError(problems) from None

"""The project's own configuration of the builder, mkdocs.yml, read as MkDocs reads it."""

from __future__ import annotations

import copy
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.configuration.publisher import read_settings
from macros.problems import ContentError, Problem
from macros.tree import Tree


def read_config(tree: Tree) -> dict[str, Any]:
    """Returns what mkdocs.yml says, with SITE_URL and the like put in. Raises ContentError when it cannot be read."""
    try:
        return copy.deepcopy(_read(tree.config, tree.config.read_bytes(), os.environ.get("SITE_URL")))
    except (OSError, ValueError) as error:
        problems = read_settings(tree)[1] or [Problem(tree.shown(tree.config), 1, 1, f"it cannot be read: {error}")]
        raise ContentError(problems) from None


@lru_cache(8)
def _read(path: Path, _content: bytes, _site_url: str | None) -> dict[str, Any]:
    """Returns what the file says; read once for the same bytes and the same variable. Raises ValueError."""
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415 - slow to load
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415
    from yaml import YAMLError  # noqa: PLC0415

    try:
        with path.open(encoding="utf-8-sig") as file:
            return dict(yaml_load(file))
    except (ConfigurationError, TypeError, YAMLError) as error:
        raise ValueError(error) from error

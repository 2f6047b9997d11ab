"""The project's configuration as the builder reads it: variables and inheritance resolved."""

from __future__ import annotations

import copy
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.tree import Tree


def read_config(tree: Tree) -> dict[str, Any]:
    """Returns what mkdocs.yml says, with SITE_URL and the like put in."""
    return copy.deepcopy(_read(tree.config, tree.config.read_bytes(), os.environ.get("SITE_URL")))


@lru_cache(8)
def _read(path: Path, _content: bytes, _site_url: str | None) -> dict[str, Any]:
    """Returns what the file says; read once for the same bytes and the same variable."""
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415 - slow to load

    with path.open(encoding="utf-8") as file:
        return dict(yaml_load(file))

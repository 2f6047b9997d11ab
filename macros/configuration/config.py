"""The project's own configuration of the builder, mkdocs.yml, read as MkDocs reads it."""

from __future__ import annotations

import copy
import os
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import mergedeep
import yaml
import yaml_env_tag

from macros.configuration.publisher import read_settings
from macros.problems import ContentError, Problem
from macros.tree import Tree

# The host that mkdocs.yml names while SITE_URL is not set: nobody has it (RFC 2606).
PLACEHOLDER = "critical-minerals.example"
# The navigation: pages by their paths under docs/, and titles, each with a page or with a navigation of its own.
NavItem: TypeAlias = "str | dict[str, str | Nav]"
Nav: TypeAlias = "list[NavItem]"


def read_config(tree: Tree) -> dict[str, Any]:
    """Returns what mkdocs.yml says, with SITE_URL and the like put in. Raises ContentError when it cannot be read."""
    try:
        return copy.deepcopy(_read(tree.config, tree.config.read_bytes(), os.environ.get("SITE_URL")))
    except (OSError, ValueError) as error:
        problems = read_settings(tree)[1] or [Problem(tree.shown(tree.config), 1, 1, f"it cannot be read: {error}")]
        raise ContentError(problems) from None


def list_links(extra: Mapping[str, Any], addresses: Collection[str]) -> dict[str, Any]:
    """Returns what the frame of every page links to, of what `extra` of mkdocs.yml names; `addresses` are those of the
    pages that there are, for an older edition may not have each."""
    footer = [link for link in extra.get("footer", ()) if link["page"].split("#")[0] in addresses]
    answers = extra.get("answers", "")
    return {"footer": footer, "answers": answers if answers in addresses else ""}


@lru_cache(8)
def _read(path: Path, _content: bytes, _site_url: str | None) -> dict[str, Any]:
    """Returns what the file says; read once for the same bytes and the same variable. Raises ValueError."""
    try:
        return _load(path)
    except (TypeError, yaml.YAMLError) as error:
        raise ValueError(error) from error


def _load(path: Path) -> dict[str, Any]:
    """Returns a file put over the one that it inherits from. Raises what reading YAML raises, and OSError."""
    with path.open(encoding="utf-8-sig") as file:
        own = dict(yaml.load(file, _Loader) or {})  # noqa: S506 - a safe loader
    parent = own.pop("INHERIT", None)
    return dict(mergedeep.merge(_load(path.parent / parent), own)) if parent else own


class _Loader(yaml.SafeLoader):
    """Reads variables as the builder does, and leaves out what would be code."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)

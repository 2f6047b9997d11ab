"""The builder's configuration of an edition: the project's own, with the edition's pages, navigation and neighbours."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from macros.editions.edition import NAV, Edition
from macros.editions.manifest import seal_edition
from macros.pages.page import page_url
from macros.tree import COMPONENTS

LATEST = "latest"


def page_urls(edition: Edition) -> list[str]:
    """Returns the address of every page of the edition, relative to the edition's root."""
    docs = edition.tree.docs
    return sorted(page_url(path.relative_to(docs).as_posix()) for path in docs.rglob("*.md"))


def nearest_url(url: str, known: set[str]) -> str:
    """Returns the address itself when it is known, or that of the nearest page above it; home in the end."""
    while url not in known and url:
        url = url.rstrip("/").rpartition("/")[0]
        url = f"{url}/" if url else ""
    return url


def describe_edition(edition: Edition, editions: Sequence[Edition], urls: Mapping[str, list[str]]) -> dict[str, Any]:
    """Returns what the templates say of an edition on each of its pages.

    `others` holds every other edition, newest first, with the pages that it has too; for the newest one, `nearest`
    gives the page to go to when it has no such page. The `seal` of an earlier one stands for all that it holds.
    `canonical` gives the edition in which a page is to be looked for when the newest one has it no more.
    """
    newest = editions[-1]
    others = []
    for other in reversed(editions):
        if other is edition:
            continue
        there = set(urls[other.id])
        entry: dict[str, Any] = _say(other) | {"pages": sorted(there.intersection(urls[edition.id]))}
        if other.order < edition.order:
            entry["seal"] = seal_edition(other)
        if other is newest:
            entry["nearest"] = {url: nearest_url(url, there) for url in urls[edition.id] if url not in there}
        others.append(entry)
    successors = [_say(one) for one in editions if one.record.supersedes == edition.id]
    return {
        **_say(edition),
        "newest": edition is newest,
        "note": edition.record.note or "",
        "correction": edition.record.number > 1,
        "supersedes": edition.record.supersedes or "",
        "canonical": _find_newest(edition, editions, urls),
        "successors": [one for one in successors if one["number"] > 1],
        "others": others,
        "pages_of": dict(urls) if edition is newest else {},
    }


def _find_newest(edition: Edition, editions: Sequence[Edition], urls: Mapping[str, list[str]]) -> dict[str, str]:
    """Returns, for the edition's pages that the newest one has no more, the id of the newest edition that has them."""
    found: dict[str, str] = {}
    for later in editions[editions.index(edition) :]:
        found |= dict.fromkeys(urls[later.id], later.id)
    newest = editions[-1].id
    return {url: found[url] for url in urls[edition.id] if found[url] != newest}


def _say(edition: Edition) -> dict[str, Any]:
    record = edition.record
    return {
        "id": edition.id,
        "number": record.number,
        "title": record.title,
        "as_at": str(record.as_at),
        "published": str(record.published) if record.published else "",
    }


def read_nav(edition: Edition) -> list[Any]:
    """Returns the edition's own navigation, as mkdocs.yml would have it."""
    return list(yaml.safe_load((edition.folder / NAV).read_text(encoding="utf-8")))


def write_config(edition: Edition, facts: Mapping[str, Any], site_url: str | None) -> Path:
    """Writes the edition's configuration beside the caches and returns its path."""
    folder = edition.tree.cache / "editions" / edition.id
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "INHERIT": os.path.relpath(edition.top / "mkdocs.yml", folder),
        "docs_dir": str(edition.tree.docs),
        "nav": read_nav(edition),
        "theme": {"name": "material", "custom_dir": str(COMPONENTS.parent)},
        "plugins": {"macros": {"module_name": os.path.relpath(COMPONENTS.parent.parent / "macros", folder)}},
        "watch": [],
        "extra": {"edition": dict(facts)},
    }
    if site_url:
        config["site_url"] = site_url
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path

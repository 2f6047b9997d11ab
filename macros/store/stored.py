"""The form in which an edition keeps a page: a header in JSON between two lines, then the article as it was built.

All addresses in the header that begin with ROOT are those of the whole site, which may move to another host.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from macros.store.edition import PAGES, Edition

# A name that no host can have (RFC 2606): it stands for the address of the site until the site is put together.
ROOT = "https://root.invalid/"
_EDGE = "---\n"


class Heading(BaseModel):
    """A heading of the article with those below it."""

    id: str
    title: str
    level: int
    parts: list[Heading] = Field(default_factory=list)


class PageHead(BaseModel):
    """What the frame says of a page. Keys that are not known are passed over: an older page may have them."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    source: str = Field(description="The path that the page had under docs/; the navigation names pages by it.")
    url: str = Field(description="Its address below the edition's own.")
    title: str
    description: str
    header: dict[str, Any] = Field(default_factory=dict, description="What else the page's own header says.")
    head: dict[str, Any] = Field(default_factory=dict, description="Section, card and the like.")
    cite: dict[str, Any] = Field(default_factory=dict, description="How it is cited.")
    graph: dict[str, Any] = Field(default_factory=dict, description="Its linked data (JSON-LD).")
    contents: list[Heading] = Field(default_factory=list)


def page_path(folder: Path, url: str) -> Path:
    """Returns where the page with this address is kept in an edition's folder."""
    return folder / PAGES / f"{url.rstrip('/') or 'index'}.html"


def list_urls(edition: Edition) -> list[str]:
    """Returns the address of every page of an edition, relative to the edition's root."""
    folder = edition.folder / PAGES
    paths = (path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html"))
    return sorted("" if path == "index" else f"{path}/" for path in paths)


def join_page(head: PageHead, article: str) -> str:
    """Returns the text of a stored page."""
    plain = head.model_dump(mode="json", exclude_defaults=True)
    return f"{_EDGE}{json.dumps(plain, ensure_ascii=False, indent=1)}\n{_EDGE}{article}"


def split_page(text: str) -> tuple[PageHead, str]:
    """Returns a stored page's head and article. Raises ValueError when the text is none."""
    if not text.startswith(_EDGE):
        raise ValueError("a stored page begins with ---")
    head, edge, article = text[len(_EDGE) :].partition(f"\n{_EDGE}")
    if not edge:
        raise ValueError("the head of a stored page ends with ---")
    return PageHead.model_validate_json(head), article


def read_pages(edition: Edition) -> Iterator[tuple[PageHead, str]]:
    """Yields head and article of each page of an edition, by address."""
    for path in sorted((edition.folder / PAGES).rglob("*.html")):
        yield split_page(path.read_text(encoding="utf-8"))

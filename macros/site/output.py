"""What an output is: files that a release has beside its pages, and on what they hang."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from lxml import html

from macros.pages.page import Page
from macros.site.release import Release

Files = Iterable[tuple[str, bytes]]  # path in the release, and contents


class Reads(Enum):
    """What an output may hang on beside records, headers of pages and the configuration, on which all of them do."""

    articles = auto()  # the pages as they are built
    styles = auto()  # the style sheets of the site


@dataclass(frozen=True)
class OutputContext:
    """What outputs are made of: a release, its as-at date in words, where to keep files, and its built pages.

    `dated` has the number of a correction; `read_article` gives a page's article, without the frame.
    """

    release: Release
    dated: str
    cache: Path
    read_article: Callable[[Page], html.HtmlElement]


@dataclass(frozen=True)
class Stored:
    """What an edition keeps of an output instead of its files: a part of the edition, in JSON, called `part`.

    `restore` makes the files of it, and of the as-at date in words, each time the edition is put together.
    """

    part: str
    store: Callable[[OutputContext], object]
    restore: Callable[[Any, str], Files]


@dataclass(frozen=True)
class Output:
    """Files of one sort: `paths` says which there are without making them, `make` gives them with their contents."""

    name: str
    paths: Callable[[OutputContext], Iterable[str]]
    make: Callable[[OutputContext], Files]
    reads: frozenset[Reads] = frozenset()
    stored: Stored | None = None


def write_files(files: Files, folder: Path) -> None:
    """Writes files under their paths into the folder of a release."""
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def as_json(value: object) -> bytes:
    """Returns the value as JSON; fields stand in the order in which authors write them."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()

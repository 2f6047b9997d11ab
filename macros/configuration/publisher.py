"""Who publishes the site, and what its pages may be used for: read from mkdocs.yml, and checked there.

A publisher is the publisher of the site and the author of nothing on it. Without a name there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from macros.catalog.validating import validate
from macros.problems import Problem
from macros.schema.base import Strict
from macros.security.addresses import find_fault
from macros.text.document import read_document
from macros.text.files import read_file
from macros.text.memory import Memory, stamp
from macros.text.positions import Document, Path
from macros.tree import COMPONENTS, Tree

# Where the builder finds what is not a page; `logo` is the path of a file in it.
FILES = COMPONENTS.parent
_PLACE = ("extra", "publisher")
_ENV = re.compile(rb"!ENV \[[^\]]*\]")

Words = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n]*$")]


class _Written(Strict):
    """`publisher` as mkdocs.yml has it; every key may be empty."""

    name: Words = ""
    contact: Words = ""
    address: Words = ""
    logo: Words = ""


class _Lenient(BaseModel):
    """A part of mkdocs.yml of which we read some keys."""

    model_config = ConfigDict(extra="ignore", defer_build=True)


class _Extra(_Lenient):
    publisher: _Written = Field(default_factory=_Written)
    content_use: Words = ""


class _Config(_Lenient):
    extra: _Extra = Field(default_factory=_Extra)


@dataclass(frozen=True)
class Publisher:
    """Who publishes the site: a name, how to reach it in one line, its own web address, its logo's file; or less."""

    name: str
    contact: str = ""
    address: str = ""
    logo: str = ""


def find_publisher(extra: Mapping[str, Any]) -> Publisher | None:
    """Returns the publisher that the configuration's `extra` names; None when it names none."""
    written = _Written.model_validate(extra.get("publisher") or {})
    return Publisher(**written.model_dump()) if written.name else None


def read_settings(tree: Tree, memory: Memory | None = None) -> tuple[Document, list[Problem]]:
    """Returns mkdocs.yml with the places of its values; a variable, which our strict reader does not know, is empty."""
    memory = memory or Memory()
    return memory.recall(("settings",), stamp(tree.config), partial(_read, tree))


def _read(tree: Tree) -> tuple[Document, list[Problem]]:
    data, problems = read_file(tree.config, tree.shown(tree.config), tree.project)
    return (
        read_document(tree.shown(tree.config), _ENV.sub(b"~", data)) if data is not None else (Document(""), problems)
    )


def check_publisher(tree: Tree, memory: Memory | None = None) -> Iterator[Problem]:
    """Yields what is wrong with `publisher` and `content_use` in mkdocs.yml, each at its place."""
    memory = memory or Memory()
    document, problems = read_settings(tree, memory) if tree.config.is_file() else (Document(""), [])
    config, found = memory.recall(("publisher",), stamp(tree.config), partial(_validate, document, problems))
    yield from found
    if config:
        yield from _check_values(document, config.extra.publisher)


def _validate(document: Document, problems: list[Problem]) -> tuple[_Config | None, list[Problem]]:
    """Returns what mkdocs.yml says of the publisher, None where it cannot be read, and what is wrong with it."""
    if problems or not isinstance(document.value, dict):
        return None, []
    config, found = validate(document, _Config)
    return config if isinstance(config, _Config) else None, found


def _check_values(document: Document, written: _Written) -> Iterator[Problem]:
    def problem(key: str, message: str, hint: str) -> Problem:
        path: Path = (*_PLACE, key)
        return document.problem(path if path in document.places else _PLACE, message, hint)

    if not written.name and any(written.model_dump().values()):
        yield problem("name", "the publisher has no name", "write its name, or empty the other keys")
    if written.address and (find_fault(written.address) or not written.address.startswith("https://")):
        yield problem("address", f"not a web address: '{written.address}'", "write https://www.example.com/")
    if written.logo and not (FILES / written.logo).is_file():
        hint = "put the file under overrides/, and write its path from there: assets/images/logo.svg"
        yield problem("logo", f"no file 'overrides/{written.logo}'", hint)

"""Answers kept from one run to the next, each under a digest of all that it hangs on.

A check asks the same of some two thousand files, of which one has changed: the answers for the others are taken from
here. What a run did not ask for is forgotten when it ends.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from macros.cache import digest, mark_used, write_whole

T = TypeVar("T")


class Memo:
    """Kept answers; without a path it keeps them for this run only."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._kept: dict[str, Any] = {}
        self._asked: dict[str, Any] = {}
        self._is_new = False
        if path and path.is_file():
            self._kept = pickle.loads(path.read_bytes())  # noqa: S301 - our own file, named by a digest of our code
            mark_used(path)

    def recall(self, make: Callable[[], T], *parts: object) -> T:
        """Returns the answer that hangs on these parts (see `digest`); asks for it when it is not known."""
        if self.path is None:
            return make()
        name = digest(*parts)
        if name in self._kept:
            self._asked[name] = self._kept[name]
        elif name not in self._asked:
            self._asked[name] = make()
            self._is_new = True
        return cast("T", self._asked[name])

    def save(self) -> None:
        """Keeps what this run asked for."""
        if self.path and self._is_new:
            write_whole(self.path, pickle.dumps(self._asked, pickle.HIGHEST_PROTOCOL))

"""A plain value together with the place of each of its parts in the file."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import Any

from macros.problems import Problem

Path = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass
class Document:
    """One parsed YAML text: its value, and the place (line, column, from 1) of every key and value in it.

    `places` maps the path of a value, such as `("sources", 0, "id")`, to where the value begins; `keys` maps the same
    path to where its key begins. `text` is the whole text of the file, with plain line ends.
    """

    path: str
    # No defaults on the class: what was kept is taken out by `__getattr__` when it is first asked for.
    value: Any = field(default_factory=lambda: None)
    text: str = field(default_factory=str, repr=False)
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def __getstate__(self) -> tuple[str, bytes]:
        """Keeps all but the path as bytes: of most files nobody asks for a place again."""
        kept = self.__dict__.get("_kept")
        return self.path, kept or pickle.dumps((self.value, self.text, self.places, self.keys), pickle.HIGHEST_PROTOCOL)

    def __setstate__(self, state: tuple[str, bytes]) -> None:
        self.path, self._kept = state

    def __getattr__(self, name: str) -> Any:
        kept = self.__dict__.pop("_kept", None) if name in ("value", "text", "places", "keys") else None
        if kept is None:
            raise AttributeError(name)
        self.value, self.text, self.places, self.keys = pickle.loads(kept)  # noqa: S301 - made above
        return getattr(self, name)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Returns where the path stands, or the nearest enclosing part that does."""
        table = self.keys if key else self.places
        while path:
            if path in table:
                return table[path]
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), (1, 1))

    def problem(self, path: Path, message: str, hint: str = "", *, key: bool = False, missing: str = "") -> Problem:
        """Returns a problem at the path's place in this file."""
        line, column = self.place(path, key=key)
        return Problem(self.path, line, column, message, hint, missing)

"""The names that pages may call, with what each of their parameters may hold."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from macros.schema.base import RefersTo


class MacroError(Exception):
    """A macro was called in a way that it cannot serve; said to the page's author.

    `doubtful`: a record that is broken itself may be what is missed, and that is said already.
    """

    def __init__(self, message: str, hint: str = "", token: str = "", *, doubtful: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.token = token
        self.doubtful = doubtful


_SHOULD_BE = {int: "a whole number: 3", str: "words in quotes: 'china'", list: "a list: ['one', 'two']"}
_SHOULD_BE |= {dict: "groups: {'A name': ['one', 'two']}", bool: "true or false"}


# A call in a docstring.
_EXAMPLE = re.compile(r"\{\{ (.+?) \}\}", re.DOTALL)

# The records that a call prints in full, by its bound arguments: kinds, each with the values that pick them.
Selections = Iterable[tuple[str, Mapping[str, object]]]
Prints = Callable[[Mapping[str, Any]], Selections]
# The records that a call shows, from the view and the call's values.
Finds = Callable[..., Sequence[Any]]


@dataclass(frozen=True)
class Macro:
    """A macro: its function takes the view of the page first, then what the author writes.

    `prints` says which records a call prints in full, so that the page is their home; most macros print none so.
    `finds` says which records a call shows, where a layout leaves it out when there are none. A `composed` macro writes
    Markdown of headings and of what others write.
    """

    name: str
    function: Callable[..., str]
    inline: bool
    prints: Prints | None = None
    finds: Finds | None = None
    composed: bool = False

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Keeps the name: what a macro is comes from the code."""
        return find_macro, (self.name,)

    @cached_property
    def signature(self) -> inspect.Signature:
        """Returns the parameters that authors see."""
        full = inspect.signature(self.function)
        return full.replace(parameters=list(full.parameters.values())[1:])

    @cached_property
    def references(self) -> dict[str, str]:
        """Returns the parameters that name a record, with the kind each expects (`*`: kind/id is written)."""
        hints = get_type_hints(self.function, include_extras=True)
        return {name: marker.kind for name in self.signature.parameters if (marker := _marker(hints.get(name)))}

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.function)

    def find_misfit(self, arguments: Sequence[object], named: Mapping[str, object]) -> str:
        """Returns the first value that cannot stand where it stands, in words; nothing when all can."""
        for name, value in self.signature.bind(*arguments, **named).arguments.items():
            hint = self._hints.get(name)
            options = get_args(hint) if get_origin(hint) is UnionType else (hint,)
            wanted = set(_SHOULD_BE) & {get_origin(one) or one for one in options}
            may_miss = value is None and NoneType in options
            if len(wanted) == 1 and type(value) not in wanted and not may_miss:
                return f"'{name}' should be {_SHOULD_BE[wanted.pop()]}"
        return ""

    @property
    def usage(self) -> str:
        """Returns the call as an author writes it."""
        plain = [one.replace(annotation=inspect.Parameter.empty) for one in self.signature.parameters.values()]
        return f"{self.name}{inspect.Signature(plain)}"

    @property
    def summary(self) -> str:
        return inspect.getdoc(self.function) or ""

    @property
    def examples(self) -> list[str]:
        """Returns the calls that the summary gives as examples, without their braces."""
        return _EXAMPLE.findall(self.summary)

    @property
    def about(self) -> str:
        """Returns the summary without its examples, as paragraphs."""
        paragraphs = _EXAMPLE.sub("", self.summary).split("\n\n")
        return "\n\n".join(words for one in paragraphs if (words := " ".join(one.split())))


MACROS: dict[str, Macro] = {}


def find_macro(name: str) -> Macro:
    """Returns the macro of this name."""
    return MACROS[name]


def macro(
    *, inline: bool = False, prints: Prints | None = None, finds: Finds | None = None, composed: bool = False
) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Registers a function as a macro. An inline one may stand within a sentence; any other stands on its own line.

    One that `prints` records in full makes the page their home.
    """

    def register(function: Callable[..., str]) -> Callable[..., str]:
        MACROS[function.__name__] = Macro(function.__name__, function, inline, prints, finds, composed)
        return function

    return register


def key_of(kind: str, written: str) -> str:
    """Returns `kind/id` from what an author wrote for a parameter of that kind."""
    return written if kind == "*" or written.startswith(f"{kind}/") else f"{kind}/{written}"


def _marker(annotation: object) -> RefersTo | None:
    for part in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        found = part if isinstance(part, RefersTo) else _marker(part)
        if found:
            return found
    return None

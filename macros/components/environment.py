"""The environment in which the macros' templates are filled in: autoescaped Jinja, strict about names.

Apart from `templates.py`, so that Jinja is loaded when the first is filled in: a check fills in none.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context

from macros.cache import keep_bytecode
from macros.store.files import calendar_path
from macros.text import characters
from macros.text.characters import curl_quotes
from macros.tree import COMPONENTS

_CACHE = COMPONENTS.parent.parent / ".cache"
_ADDRESSES = ("http://", "https://", "../", "#")


class _Context(Context):
    """What a rendering sees. Jinja asks of whatever is called if it wants the context: nothing here does."""

    def call(self, called: Callable[..., object], /, *args: object, **named: object) -> object:
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*args, **named)


class _Environment(Environment):
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """Returns the names that a template knows, as a plain dictionary: it is copied for each rendering."""
        return {**self.globals, **(d or {})}


@cache
def environment() -> Environment:
    """Returns the environment in which components are rendered: escaped, and strict about names.

    `p` is in every component: the macros of `parts.html`. `url | at_words(words)` leads to a passage of a page, and
    `id | calendar_path` is where a deadline's calendar file stands.
    """
    made = _Environment(
        loader=FileSystemLoader(COMPONENTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled(),
        finalize=_finish,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.filters |= {"at_words": point_at_words, "calendar_path": calendar_path}
    made.globals["p"] = made.get_template("parts.html").module
    return made


def _finish(value: object) -> object:
    """Returns what a template prints: words with curly quotation marks; HTML and addresses as they are."""
    return curl_quotes(value) if type(value) is str and not value.startswith(_ADDRESSES) else value


def _compiled() -> FileSystemBytecodeCache | None:
    """Returns where compiled components are kept, each under a hash of its text; none where nothing can be written.

    What is compiled holds calls of `_finish` too: the folder bears a hash of the code that this environment is made of.
    """
    return keep_bytecode(_CACHE, Path(__file__), Path(str(characters.__file__)))


@cache
def find_template(component: str) -> Template:
    """Returns `overrides/components/<component>.html`, compiled."""
    return environment().get_template(f"{component}.html")


def point_at_words(url: str, words: Sequence[str]) -> str:
    """Returns the address of the passage of another's page that begins and ends with these words; without, the page's.

    A browser that does not know text fragments, or does not find the words, shows the page from its beginning.
    """
    return f"{url}#:~:text={','.join(map(_encode, words))}" if words else url


def _encode(words: str) -> str:
    """Returns words as a part of the fragment, in which a hyphen, a comma and an ampersand have a meaning."""
    return quote(words, safe="").replace("-", "%2D")

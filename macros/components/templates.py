"""The templates of the macros: autoescaped Jinja under overrides/components/. Nothing else on the site writes HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup

from macros.cache import keep_bytecode
from macros.store.files import calendar_path
from macros.text import characters
from macros.text.characters import curl_quotes
from macros.tree import COMPONENTS

_CACHE = COMPONENTS.parent.parent / ".cache"
# Stands before a block of HTML that a macro made; `builder/stashing.py` takes both out of the page's Markdown.
BLOCK = "<!-- macro -->"
_BLANK = re.compile(r"\n\s*\n+")
_MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "*_`[]{}|\\"}
_VALUE = re.compile(r'"[^"]*"')
# What makes a line a heading, a list or a rule when it begins with it.
_LINE_SIGN = re.compile(r"\d*[#+=~:.)-](?!\d)|-")
_ADDRESSES = ("http://", "https://", "../", "#")
_TAG = re.compile(r"(<[^>]*>)")


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
def _template(component: str) -> Template:
    return environment().get_template(f"{component}.html")


def render(component: str, **values: object) -> Markup:
    """Returns the HTML of `overrides/components/<component>.html`, on one line where that is all it needs."""
    html = _template(component).render(**values).strip()
    return Markup(html)  # noqa: S704 - the template has escaped it


def piece(name: str, **values: object) -> Markup:
    """Returns the HTML of one of the macros in `overrides/components/parts.html`."""
    return Markup(getattr(environment().globals["p"], name)(**values))  # noqa: S704 - the template has escaped it


def forget_templates() -> None:
    """Lets the next rendering read the templates anew; the preview calls it when one was saved."""
    environment.cache_clear()
    _template.cache_clear()


def as_block(html: str) -> str:
    """Returns HTML as a block that Markdown leaves alone: marked, no blank line inside, one before and one after."""
    block = _BLANK.sub("\n", html).strip()
    return f"\n\n{BLOCK}\n{block}\n\n" if block else "\n\n"


def as_inline(html: str) -> str:
    """Returns HTML that may stand within a sentence of Markdown: one line, Markdown's signs in its words escaped."""
    first, *rest = _TAG.split(" ".join(html.split()))
    parts = [_shield_values(part) if part.startswith("<") else part.translate(_MARKDOWN) for part in rest]
    return "".join([_LINE_SIGN.sub(_shield_sign, first.translate(_MARKDOWN), count=1), *parts])


def _shield_sign(match: re.Match[str]) -> str:
    """Returns the beginning of a line with its last sign escaped; one further on is left as it is."""
    return match[0] if match.start() else f"{match[0][:-1]}&#{ord(match[0][-1])};"


def _shield_values(tag: str) -> str:
    """Returns a tag with Markdown's signs escaped in the values of its attributes, which Markdown reads as well."""
    return _VALUE.sub(lambda match: match[0].translate(_MARKDOWN), tag)


def point_at_words(url: str, words: Sequence[str]) -> str:
    """Returns the address of the passage of another's page that begins and ends with these words; without, the page's.

    A browser that does not know text fragments, or does not find the words, shows the page from its beginning.
    """
    return f"{url}#:~:text={','.join(map(_encode, words))}" if words else url


def _encode(words: str) -> str:
    """Returns words as a part of the fragment, in which a hyphen, a comma and an ampersand have a meaning."""
    return quote(words, safe="").replace("-", "%2D")

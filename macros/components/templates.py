"""The templates of the macros: autoescaped Jinja under overrides/components/. Nothing else on the site writes HTML."""

from __future__ import annotations

import re

from markupsafe import Markup

# Stands before a block of HTML that a macro made; `builder/stashing.py` takes both out of the page's Markdown.
BLOCK = "<!-- macro -->"
_BLANK = re.compile(r"\n\s*\n+")
_MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "*_`[]{}|\\"}
_VALUE = re.compile(r'"[^"]*"')
# What makes a line a heading, a list or a rule when it begins with it.
_LINE_SIGN = re.compile(r"\d*[#+=~:.)-](?!\d)|-")
_TAG = re.compile(r"(<[^>]*>)")


def render(component: str, **values: object) -> Markup:
    """Returns the HTML of `overrides/components/<component>.html`, on one line where that is all it needs."""
    from macros.components.environment import find_template  # noqa: PLC0415 - loads Jinja: a check fills in nothing

    html = find_template(component).render(**values).strip()
    return Markup(html)  # noqa: S704 - the template has escaped it


def piece(name: str, **values: object) -> Markup:
    """Returns the HTML of one of the macros in `overrides/components/parts.html`."""
    from macros.components.environment import environment  # noqa: PLC0415 - as above

    return Markup(getattr(environment().globals["p"], name)(**values))  # noqa: S704 - the template has escaped it


def forget_templates() -> None:
    """Lets the next rendering read the templates anew; the preview calls it when one was saved."""
    from macros.components.environment import environment, find_template  # noqa: PLC0415 - as above

    environment.cache_clear()
    find_template.cache_clear()


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

"""Macros that write the parts that every page of a kind has, as its layout in overrides/layouts/ orders them."""

from __future__ import annotations

from collections.abc import Sequence

from macros.components.page_context import PageContext
from macros.components.registry import MACROS, MacroError, macro
from macros.pages.layouts import Part
from macros.problems import suggest
from macros.schema.base import AnyRef


@macro(composed=True)
def opening(view: PageContext) -> str:
    """What follows the first sentences on a record's own page: its facts. The layout of its kind says what it is.

    {{ opening() }}
    """
    layout = view.layout
    if not layout.opening:
        raise MacroError(f"{layout.path} has nothing before its first heading", "leave opening() out")
    left = [one for one in layout.opening if _is_free(view, one)]
    if not left:
        raise MacroError("it is on the page already", "keep one of the two")
    return _write(view, [(one, one.heading) for one in left])


@macro(composed=True)
def part(view: PageContext, name: str, record: AnyRef | None = None, heading: bool = True) -> str:
    """One part of the layout of a record's own page, with its heading, where words of the page follow it.

    Write the heading yourself, and heading=false here, when words of the page come before the part. Name a record where
    the part is to show what is said of that one.

    {{ part('meaning') }}   {{ part('deadlines', heading=False) }}   {{ part('questions', 'provision/financing') }}
    """
    layout = view.layout
    chosen = layout.named(name)
    if chosen is None:
        known = [one.name for one in layout.parts]
        raise MacroError(f"{layout.path} has no part '{name}'", suggest(name, known, what="parts"), name)
    if not _is_free(view, chosen):
        raise MacroError(f"the part '{name}' is on the page already", "keep one of the two", name)
    if after := _find_after(view, chosen):
        view.written.append(name)  # said once, and not at the end again
        message = f"the part '{name}' comes before '{after}' in {layout.path}"
        raise MacroError(message, f"move it, with the words that follow it, above part('{after}')", name)
    return _write(view, [(chosen, chosen.heading if heading else "")], record)


@macro(composed=True)
def ending(view: PageContext, without: list[str] | None = None) -> str:
    """The end of a record's own page: every part of its layout that is not on the page yet and has something to show.

    Leave out parts that the page does without. The last thing on the page.

    {{ ending() }}   {{ ending(without=['questions']) }}
    """
    layout = view.layout
    for name in without or ():
        if layout.named(name) is None:
            known = [one.name for one in layout.parts]
            raise MacroError(f"{layout.path} has no part '{name}'", suggest(name, known, what="parts"), name)
    left = [one for one in layout.parts if _is_free(view, one) and one.name not in (without or ())]
    for one in left:
        if one in layout.opening:
            hint = f"write {{{{ opening() }}}} after the first sentences, or ending(without=['{one.name}'])"
            raise MacroError(f"the part '{one.name}' is missing above", hint)
    shown = [one for one in left if _has_content(view, one)]
    for one in shown:
        if after := _find_after(view, one):
            hint = f"write {{{{ part('{one.name}') }}}} above part('{after}'), or ending(without=['{one.name}'])"
            raise MacroError(f"the part '{one.name}' is missing above '{after}'", hint)
    return _write(view, [(one, one.heading) for one in shown])


def _find_after(view: PageContext, part: Part) -> str:
    """Returns the first part that is on the page and comes after this one in its layout; empty where none does."""
    ending = view.layout.ending
    after = ending[ending.index(part) :] if part in ending else ()
    return next((one.name for one in after if one.name in view.written), "")


def _is_free(view: PageContext, part: Part) -> bool:
    return part.name not in view.written


def _has_content(view: PageContext, part: Part) -> bool:
    finds = MACROS[part.macro].finds
    return finds is None or bool(finds(view, **part.values))


def _write(view: PageContext, parts: Sequence[tuple[Part, str]], record: str | None = None) -> str:
    """Returns the Markdown of parts, each under the heading given with it, and notes that they are on the page."""
    view.headed.append([heading for _, heading in parts if heading])
    written = []
    for one, heading in parts:
        view.written.append(one.name)
        values = {**one.values, "record": record} if record else one.values
        block = view.call(MACROS[one.macro], **values)
        written.append(f"\n\n## {heading}{block}" if heading else block)
    return "".join(written)

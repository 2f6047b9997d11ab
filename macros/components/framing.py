"""The frame of every picture: its caption, its drawings, and the same as a table."""

from __future__ import annotations

from enum import StrEnum

from markupsafe import Markup

from macros.components.page_context import PageContext
from macros.components.registry import MacroError
from macros.schema.base import Citation


class Size(StrEnum):
    """For which width of its place a drawing is made: for any, for a phone, or for more than that."""

    any = "any"
    narrow = "narrow"
    wide = "wide"


def render_drawing(
    view: PageContext,
    name: str,
    body: str | Markup,
    *,
    width: float,
    height: float,
    title: str,
    description: str,
    size: Size = Size.any,
    links: bool = False,
) -> Markup:
    """Returns an inline SVG around its inner markup, with what a listener hears of it.

    `name` is the picture's, unique on the page; width and height are in the drawing's own units: text of 12 is 12 px
    high on the screen when the place is as wide as the drawing. Say with `links` that there are links in it.
    """
    values = {"width": width, "height": height, "title": title, "description": description, "links": links}
    return view.render("drawing", id=f"{name}-{size.value}", body=Markup(body), size=size.value, **values)  # noqa: S704


def render_picture(
    view: PageContext,
    name: str,
    *,
    title: str,
    lead: str | Markup,
    sources: list[Citation],
    drawings: list[Markup],
    table: Markup | None = None,
    beside: Markup | None = None,
    notes: str | Markup = "",
) -> Markup:
    """Returns a figure: title, one line on how to read it with its sources, the drawings, notes, and a table.

    `name` becomes the anchor `picture-<name>`. What stands in the drawings stands in the table or beside them too.
    Raises MacroError when the page has a picture of this name already.
    """
    if name in view.pictures:
        raise MacroError(f"the picture '{name}' stands twice on this page", "draw it once", name)
    view.pictures.add(name)
    values = {"title": title, "lead": lead, "sources": sources, "drawings": drawings, "table": table}
    return view.render("picture", name=name, beside=beside, notes=notes, **values)

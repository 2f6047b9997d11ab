"""The macro that draws projects on maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from macros.catalog.maps import NONE
from macros.components.framing import render_drawing, render_picture
from macros.components.linking import select
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.schema.context_kinds import Project

if TYPE_CHECKING:
    from macros.charts.markers import Map, Placing
    from macros.charts.regions import Region


@macro()
def project_map(view: PageContext, says: str, topics: list[str]) -> str:
    """Projects on maps, numbered, with a list beside and a table. `says`: what the map shows, in a sentence.

    {{ project_map(says='Most plants stand on the Gulf coast', topics=['lng', 'gas']) }}
    """
    from macros.charts.markers import place_projects  # noqa: PLC0415 - not loaded while no page with a map has changed
    from macros.charts.regions import create_region  # noqa: PLC0415 - as above

    if not view.catalog.maps:
        raise MacroError(NONE, "write them into data/maps.yml, or leave the macro out")
    found = [one for topic in topics for one in select(view, Project, {"topic": topic})]
    placing = place_projects(found, [create_region(one) for one in view.catalog.maps])
    rows: list[tuple[int | None, Project]] = [*placing.placed, *placing.by_state]
    rows += [(None, one) for one in placing.nowhere]
    return render_picture(
        view,
        "projects",
        title=says,
        lead=view.piece("map_lead", placing=placing),
        sources=[],
        drawings=[_draw(view, one, placing) for one in placing.maps],
        beside=view.render("map_list", placing=placing),
        notes=view.piece("map_notes"),
        table=view.render("map_table", rows=rows),
    )


def _draw(view: PageContext, one: Map, placing: Placing) -> Markup:
    from macros.charts.markers import RADIUS  # noqa: PLC0415 - as above

    named = one.region.entry.named if one.region.entry else []
    values = {"markers": one.markers, "states": one.states, "radius": RADIUS, "named": named}
    closer = [other.region for other in placing.maps if _closer_of(other.region) == one.region.id]
    body = view.render("map", region=one.region, frame=_frame(one.region, closer[0]) if closer else None, **values)
    return render_drawing(
        view,
        f"projects-{one.region.id}",
        body,
        width=one.region.width,
        height=one.region.height,
        title=one.region.title,
        description=str(view.piece("map_description", region=one.region, count=len(one.markers))).strip(),
        links=True,
    )


def _closer_of(region: Region) -> str | None:
    return region.entry.closer_of if region.entry else None


def _frame(region: Region, closer: Region) -> tuple[float, float, float, float]:
    """Returns left, top, width and height of what a closer map shows, on the map of which it is a part."""
    window = closer.windows[0]
    corners = [region.project(x, y) for x in (window.west, window.east) for y in (window.south, window.north)]
    left, top = (min(spot[side] for spot in corners) for side in (0, 1))
    right, bottom = (max(spot[side] for spot in corners) for side in (0, 1))
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)

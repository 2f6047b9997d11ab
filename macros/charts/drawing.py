"""From a chart's description to the inner markup of an inline SVG: drawn by Vega, kept, stripped of the needless.

A drawing names its colours by variables of the style sheet; for paper, which knows none, they are read from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from macros.cache import digest, keep_file
from macros.tree import COMPONENTS

if TYPE_CHECKING:
    from lxml import etree

_KEPT = COMPONENTS.parent.parent / ".cache" / "pictures"
_VEGA_LITE = "5.21"
_UNSEEN = {"background", "foreground"}
_LOOSE = "loose"  # a group that only groups: its contents stay
_NEEDLESS = {"class", "role", "pointer-events", "font-family", "stroke-miterlimit", "version"}
_DEFAULTS = {"opacity": "1", "stroke-width": "1", "text-anchor": "start", "transform": "translate(0,0)"}
_NUMBER = re.compile(r"-?\d+\.\d+")
_MEASURED = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2")
_SHEET = COMPONENTS.parent / "assets" / "base.css"
_NAMED = re.compile(r"--cm-([a-z-]+): (#[0-9a-f]{6});")
_USED = re.compile(r"var\(--cm-([a-z-]+)\)")


@dataclass(frozen=True)
class Drawn:
    """The inner markup of an SVG with its width and height in its own units, which are pixels at its natural size."""

    body: str
    width: float
    height: float


def draw(chart: dict[str, Any], name: str) -> Drawn:
    """Returns a chart drawn. `name` is unique on the page: ids inside the drawing begin with it."""
    from lxml import etree  # noqa: PLC0415 - a check draws nothing

    root = etree.fromstring(_kept(chart).encode())
    width, height = (float(root.get(side, "0")) for side in ("width", "height"))
    for element in list(root.iter()):
        _shrink(element)
    etree.strip_tags(root, _LOOSE)
    etree.cleanup_namespaces(root)
    body = "".join(etree.tostring(child, encoding="unicode") for child in root)
    return Drawn(body.replace("url(#", f"url(#{name}-"), width, height)


@cache
def _drawn_by() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - a check draws nothing

    return f"{version('vl-convert-python')} {_VEGA_LITE}"


def _kept(chart: dict[str, Any]) -> str:
    """Returns what Vega makes of a chart, from an earlier build where it has been drawn before."""

    def convert() -> bytes:
        import vl_convert  # noqa: PLC0415 - slow to load, and pictures are kept

        svg: str = vl_convert.vegalite_to_svg(chart, vl_version=_VEGA_LITE)
        return svg.encode()

    return keep_file(_KEPT, f"{digest(_drawn_by(), chart)}.svg", convert).decode()


def _shrink(element: etree._Element) -> None:
    """Says an element as shortly as it can be said: no backgrounds, no defaults, no namespace, tenths of a pixel."""
    parent = element.getparent()
    if parent is not None and any(name in _UNSEEN for name in element.get("class", "").split()):
        parent.remove(element)
        return
    kept = {str(name): value for name, value in element.attrib.items() if _is_needed(str(name), str(value))}
    element.attrib.clear()
    for name, value in kept.items():
        shown = str(value).removesuffix("px") if name == "font-size" else str(value)
        element.set(name, _NUMBER.sub(_round, shown) if name in _MEASURED else shown)
    element.tag = str(element.tag).rpartition("}")[2]  # without its namespace
    if element.tag == "g" and not kept:
        element.tag = _LOOSE


def _is_needed(name: str, value: str) -> bool:
    return name not in _NEEDLESS and not name.startswith("aria-") and _DEFAULTS.get(name) != value


def _round(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def read_palette() -> dict[str, str]:
    """Returns the colours by name, without `--cm-`."""
    return dict(_NAMED.findall(_SHEET.read_text(encoding="utf-8")))


def resolve_colours(drawing: str, palette: dict[str, str]) -> str:
    """Returns the markup of a drawing with each variable as its colour. Raises KeyError for an unknown one."""
    return _USED.sub(lambda match: palette[match[1]], drawing)

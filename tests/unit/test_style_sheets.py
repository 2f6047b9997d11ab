"""Sizes, spaces and colours of the style sheets come from the scale at the top of base.css."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[2] / "overrides" / "assets"
SCALED = re.compile(r"(?:margin|padding)(?:-[a-z-]+)?|(?:row-|column-)?gap|font-size|line-height")
COLOURED = re.compile(r"color|background(?:-color)?|border(?:-[a-z]+)*|outline|box-shadow|text-decoration-color")
DECLARED = re.compile(r"(?:^|[{;])\s*(--[\w-]+|[a-z-]+):\s*([^;{}]+)(?=[;}])")
LENGTH = re.compile(r"(?<![\w.-])\d*\.?\d+(?:rem|em|pt)\b|(?<![\w.-])1\.[2-9]\d*(?![\w.%])")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(")
# What belongs to one layout alone: room beside a column or a dialog, rows of a drawing, white paper for a logo.
ALONE = {
    ("clocks.css", "line-height", "1.5rem"),
    ("clocks.css", "margin", "0 10rem 0 13rem"),
    ("navigation.css", "padding-inline", "max(0px, calc((100% - 88rem) / 2))"),
    ("navigation.css", "margin-inline", "calc(-1 * max(0px, (100vw - 88rem) / 2))"),
    ("pictures.css", "line-height", "1.75em"),
    ("search.css", "margin", "4rem auto auto"),
    ("timeline.css", "margin-left", "8.4em"),
    ("navigation.css", "background", "#fff"),
}
# The margins of a printed sheet know no custom properties.
PAPER = re.compile(r"@page[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def declarations(sheet: Path) -> list[tuple[str, str]]:
    """Returns each property with its value, comments and the margins of printed sheets left out."""
    bare = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(name, " ".join(value.split())) for name, value in DECLARED.findall(PAPER.sub("", bare))]


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.css")), ids=lambda sheet: sheet.name)
def test_values_come_from_the_scale(sheet: Path) -> None:
    found = declarations(sheet)
    assert found
    loose = [
        f"{name}: {value}"
        for name, value in found
        if (sheet.name, name, value) not in ALONE
        and ((SCALED.fullmatch(name) and LENGTH.search(value)) or (COLOURED.fullmatch(name) and COLOUR.search(value)))
    ]
    assert loose == [], "take the nearest value of the scale in base.css"


def test_every_step_of_the_scale_is_used() -> None:
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS.glob("*.css"))
    steps = {name for name, _ in declarations(SHEETS / "base.css") if name.startswith("--cm-")}
    assert {name for name in steps if f"var({name})" not in sheets} == set()


def test_what_stands_alone_is_still_there() -> None:
    here = {(sheet.name, name, value) for sheet in SHEETS.glob("*.css") for name, value in declarations(sheet)}
    assert here >= ALONE

"""The floors of the house: the drawing in ARCHITECTURE.md is that of the contract which `make test` holds."""

from __future__ import annotations

import tomllib

from tests.conftest import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS: list[str] = SETTINGS["tool"]["importlinter"]["contracts"][0]["layers"]


def test_the_drawing_is_the_contract() -> None:
    drawing = "".join(f"{layer.replace(' | ', '  ')}\n" for layer in LAYERS)
    said = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert f"```\n{drawing}```" in said, f"ARCHITECTURE.md has to show:\n{drawing}"


def test_every_package_stands_on_a_floor_and_is_explained() -> None:
    said = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    parts = {name for layer in LAYERS for name in layer.split(" | ")}
    folder = ROOT / "macros"
    there = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    assert parts == there - {"__init__"}
    assert [name for name in sorted(parts) if f"| `{name}` |" not in said] == []

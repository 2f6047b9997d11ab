"""Pictures of ten key pages, at two widths and in two themes, written to shots/ in each run for a person to look at."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.site.guarding import THEMES, open_page

PAGES = {
    "home": "",
    "overview": "framework/",
    "provision": "framework/provisions/financing/",
    "deadlines": "framework/deadlines/",
    "timeline": "framework/timeline/",
    "matrix": "compare/matrix/",
    "figures": "context/figures/",
    "projects": "energy/projects/",
    "partners": "ipef/partners/",
    "business": "business/buyers/",
}
FOLDER = ROOT / "shots"
# What is further down than this says little about how a page looks.
TALLEST = 3000


@pytest.mark.parametrize("width", [1280, 360])
def test_key_pages_are_pictured_in_both_themes(browser: Browser, address: str, width: int) -> None:
    FOLDER.mkdir(exist_ok=True)
    with open_page(browser, address, width=width, height=800) as tab:
        told = tab.context.new_cdp_session(tab)
        for name, url in PAGES.items():
            tab.goto(urljoin(address, f"latest/{url}"))
            height = min(TALLEST, int(tab.evaluate("document.documentElement.scrollHeight")))
            clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
            for theme in THEMES:
                tab.emulate_media(color_scheme=theme)
                path = FOLDER / f"{name}-{width}-{theme}.png"
                # As `screenshot` does, but packed in a third less time, which is most of what a picture takes.
                asked = {"clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True}
                path.write_bytes(base64.b64decode(told.send("Page.captureScreenshot", asked)["data"]))
                assert measure(path) == (width, height)
    for name in PAGES:
        light, dark = (FOLDER / f"{name}-{width}-{theme}.png" for theme in THEMES)
        assert light.read_bytes() != dark.read_bytes()


def measure(path: Path) -> tuple[int, int]:
    """Returns width and height of a PNG in pixels."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height

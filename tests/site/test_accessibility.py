"""WCAG 2.2 AA by axe-core, with every rule for it and its best practices, in all four states.

Each run examines every layout, with two of whatever a page has many of, and colors of what no page before it has;
`make audit` every page as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.site.guarding import new_page
from tests.site.test_browser import ADDRESSES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# By their tags, so that rules which axe leaves out by default (the size of targets) run too.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const { violations } = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
  const shown = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
  return violations.map((one) => `${one.id}: ${shown(one.nodes)}`);
}"""
# Of what stands in the same place under the same elements and classes two are left, with all that others need of it.
THIN = """() => {
  const names = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list"];
  const needs = new Map();
  for (const name of names) for (const one of document.querySelectorAll(`[${name}]`))
    for (const id of one.getAttribute(name).split(" ")) needs.set(id, [...(needs.get(id) || []), one]);
  const isBox = (part) => part.matches("input, label");  // a box may hide what is elsewhere
  const isHeld = (one) => [one, ...one.querySelectorAll("[id], input, label")].some((part) =>
    isBox(part) || (needs.get(part.id) || []).some((other) => !one.contains(other)));
  const seen = new Map();
  const walk = (parent, path) => {
    [...parent.children].forEach((one, number) => {
      const place = `${path} ${one.tagName}.${[...one.classList].sort().join(".")}`;
      seen.set(place, (seen.get(place) || 0) + 1);
      const isWhole = /^(H[1-6]|T[DH])$/.test(one.tagName) || parent.closest("label");
      if (seen.get(place) <= 2 || !number || isWhole || isHeld(one)) walk(one, place);
      else one.remove();
    });
  };
  walk(document.body, "");
}"""
# For each element that is shown, what its colors hang on: style sheets; elements, classes and attributes down to it.
PLACES = """() => {
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  const places = new Map([[document.body, links.map((one) => one.getAttribute("href").split("/").pop()).join(" ")]]);
  return [...document.body.querySelectorAll("*")].map((one) => {
    const own = `${one.tagName}.${[...one.classList].sort().join(".")}[${one.getAttributeNames().sort().join()}]`;
    places.set(one, `${places.get(one.parentElement)} ${own}`);
    return one.checkVisibility({ visibilityProperty: true }) ? places.get(one) : "";
  });
}"""
MARK = """(numbers) => {
  const all = [...document.body.querySelectorAll("*")];
  all.forEach((one) => one.removeAttribute("data-examined"));
  numbers.forEach((number) => all[number].setAttribute("data-examined", ""));
}"""
# A theme changes colors and nothing else: each width is examined whole in one theme, for colors in the other.
COLORS = ["color-contrast", "link-in-text-block"]
ONLY_NEW = """axe.configure({ rules: [
  { id: "color-contrast", selector: "*:not([data-examined])" },
  { id: "link-in-text-block", selector: "a[href]:not([data-examined])" },
] })"""
STATES: list[tuple[int, Any, list[str]]] = [
    (1280, "light", TAGS),
    (1280, "dark", COLORS),
    (360, "dark", TAGS),
    (360, "light", COLORS),
]


def find_faults(page: Page, rules: list[str] = TAGS) -> list[str]:
    """Returns what axe finds on the page that is open, by these rules or tags of rules."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
        page.evaluate(ONLY_NEW)
    return list(page.evaluate(RUN, rules))


def mark_examined(page: Page, examined: set[str]) -> None:
    """Marks what stands in places where colors have been examined; adds the others to them."""
    page.evaluate(MARK, [])
    places = page.evaluate(PLACES)
    page.evaluate(MARK, [number for number, place in enumerate(places) if place in examined])
    examined.update(filter(None, places))


def walk(browser: Browser, address: str, urls: list[str], *, thin: bool) -> list[str]:
    """Returns what axe finds on these pages in all four states: whole, or two of each thing and new colors alone."""
    found = []
    examined: dict[int, set[str]] = {width: set() for width, _, _ in STATES}
    page = new_page(browser, address, reduced_motion="reduce")
    for url in urls:
        page.goto(urljoin(address, f"latest/{url}"))
        if thin:
            page.evaluate(THIN)
        for width, scheme, rules in STATES:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            if thin and rules == TAGS:  # the first of the two states of this width
                mark_examined(page, examined[width])
            found += [f"{url} at {width}, {scheme}: {fault}" for fault in find_faults(page, rules)]
    page.close()
    return found


@pytest.mark.parametrize("part", range(2))
def test_axe_finds_nothing_in_any_layout(browser: Browser, address: str, layouts: list[str], part: int) -> None:
    assert walk(browser, address, layouts[part::2], thin=True) == []


@pytest.mark.audit
@pytest.mark.parametrize("part", range(8))
def test_axe_finds_nothing_on_any_page(browser: Browser, address: str, part: int) -> None:
    assert walk(browser, address, ADDRESSES[part::8], thin=False) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_source_number_is_as_wide_as_a_finger_needs(browser: Browser, address: str, width: int) -> None:
    page = new_page(browser, address, width=width, height=800)
    page.goto(urljoin(address, "latest/ipef/figures/"))
    numbers = page.locator(".cm-article .cm-cites > a:visible").all()
    assert len(numbers) > 5
    for font in ("inherit", "monospace", "serif"):
        page.locator(".cm-article").evaluate("(article, font) => article.style.setProperty('--cm-sans', font)", font)
        assert min((one.bounding_box() or {"width": 0})["width"] for one in numbers) >= 24, font
    page.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_what_opens(browser: Browser, address: str, width: int) -> None:
    page = new_page(browser, address, width=width, height=800, reduced_motion="reduce")
    page.goto(urljoin(address, "latest/energy/"))
    if width == 360:
        page.get_by_role("button", name="Menu").click()
        assert find_faults(page) == []
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("price floor")
    page.locator(".cm-find__list li").first.wait_for()
    assert find_faults(page) == []
    page.close()


@pytest.mark.parametrize("thin", [True, False], ids=["thin", "whole"])
def test_axe_does_find_what_is_wrong(browser: Browser, address: str, thin: bool) -> None:
    page = new_page(browser, address)
    page.goto(urljoin(address, "latest/"))
    examined: set[str] = set()
    if thin:
        page.evaluate(THIN)
        mark_examined(page, examined)  # as on a page before, where all was well
    page.evaluate("document.querySelector('article p').style.color = '#bbb'")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<h5>x</h5><img src=data:,>')")
    if thin:
        mark_examined(page, examined)
    found = " ".join(find_faults(page))
    for rule in ("color-contrast", "heading-order", "image-alt"):
        assert rule in found
    page.close()


def test_the_keyboard_reaches_everything_with_a_visible_focus(browser: Browser, address: str) -> None:
    """Tab goes through a page in the order of its parts; what has the focus shows it and is not under the header."""
    page = new_page(browser, address, width=1280, height=800, reduced_motion="reduce")
    page.goto(urljoin(address, "latest/framework/provisions/financing/"))
    seen = []
    for _ in range(90):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const style = getComputedStyle(one);
              const under = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              const name = `${one.tagName} ${one.textContent.trim().slice(0, 30)} ${one.href || ""}`;
              return { name, outline: style.outlineStyle,
                       hidden: !!under && !one.contains(under) && !under.contains(one) && !!under.closest(".cm-header")
                               && !one.closest(".cm-header") };
            }""")
        )
    assert seen[0]["name"].startswith("A Skip")
    assert [one["name"] for one in seen if one["outline"] == "none"] == []
    assert [one["name"] for one in seen if one["hidden"]] == []
    assert len({one["name"] for one in seen}) > 60, "the focus does not go on"
    page.close()


def test_spacing_of_text_and_zoom_cut_nothing(browser: Browser, address: str, layouts: list[str]) -> None:
    """WCAG 1.4.10 and 1.4.12: at 320 px, and with wider spacing of text, nothing needs scrolling sideways."""
    page = new_page(browser, address, width=320, height=640, bypass_csp=True)  # for the style that is added
    wide = []
    spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    for url in layouts:
        page.goto(urljoin(address, f"latest/{url}"), wait_until="domcontentloaded")
        plain = page.evaluate("document.documentElement.scrollWidth")
        page.add_style_tag(content=spacing)
        spaced = page.evaluate("document.documentElement.scrollWidth")
        if max(plain, spaced) > 321:  # a fraction of a pixel is rounded up
            wide.append((url, plain, spaced))
    page.close()
    assert wide == []

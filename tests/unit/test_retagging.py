"""Attributes set in stored HTML: at the tags that a selector finds, and at no other byte."""

from __future__ import annotations

import pytest

from macros.editions.retagging import read_meaning, set_attributes

HTML = """<div class="x"><p id=a>Hi <a href="b&amp;c">l</a> &lt; <br/></p>
<table><tr><td class='y' data-k="1 > 0">1</td></tr></table></div>
<svg viewBox="0 0 1 1"><path d="m"/></svg>"""


@pytest.mark.parametrize(
    ("css", "values", "old", "new"),
    [
        ("table", {"tabindex": "0"}, "<table>", '<table tabindex="0">'),
        ("td.y", {"class": None, "role": 'a "b"'}, " class='y'", ""),
        ("br", {"class": "z"}, "<br/>", '<br class="z"/>'),
        ("td", {"class": "z"}, "class='y'", 'class="z"'),
    ],
)
def test_only_the_tag_is_other(css: str, values: dict[str, str | None], old: str, new: str) -> None:
    text, count = set_attributes(HTML, css, values)
    assert count == 1
    expected = HTML.replace(old, new)
    if "role" in values:
        expected = expected.replace('"1 > 0"', '"1 > 0" role="a &quot;b&quot;"')
    assert text == expected
    assert read_meaning(text) == read_meaning(HTML)


@pytest.mark.parametrize(
    ("text", "css", "values", "new", "count"),
    [
        ("<p>a</p>\n\n<p class=x>b</p>", "p", {"class": "y"}, '<p class="y">a</p>\n\n<p class="y">b</p>', 2),
        ("<p>1 &lt; 2 &amp; é</p><p>b</p>", "p + p", {"class": "y"}, '<p>1 &lt; 2 &amp; é</p><p class="y">b</p>', 1),
        ('<p class="x" title="class=1">a</p>', "p", {"class": None}, '<p title="class=1">a</p>', 1),
        ("<p hidden class='x'>a</p>", "p", {"role": None}, "<p hidden class='x'>a</p>", 0),
        ("<p CLASS=x>a</p>", "p", {"class": "y"}, '<p class="y">a</p>', 1),
        ("<p\nclass=x\n>a</p>", "p", {"role": "z"}, '<p\nclass=x role="z">a</p>', 1),
    ],
)
def test_attributes_are_set_wherever_the_tag_stands(
    text: str, css: str, values: dict[str, str | None], new: str, count: int
) -> None:
    assert set_attributes(text, css, values) == (new, count)


def test_what_is_so_already_is_not_counted() -> None:
    assert set_attributes(HTML, "svg", {"viewBox": "0 0 1 1"}) == (HTML, 0)
    assert set_attributes(HTML, "i", {"role": "x"}) == (HTML, 0)


@pytest.mark.parametrize("changed", ["<p id=a>", 'href="b&amp;c"', "Hi"])
def test_meaning_tells_words_links_and_ids(changed: str) -> None:
    assert read_meaning(HTML.replace(changed, changed.replace("a", "q").replace("Hi", "Ho"), 1)) != read_meaning(HTML)

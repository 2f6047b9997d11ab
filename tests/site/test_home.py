"""Home in one screen, and the summary in Japanese: how the two are tied, in the head, the header and the search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page, expect

from macros.commands.search_quality import show
from tests.site.guarding import open_page
from tests.site.parsing import parse_page

PHONE = (360, 740)
MOST = 5500
# What a reader types in Japanese, and where the answer may be among the first three.
JAPANESE = {
    "日米枠組み": "ja/",
    "日本語": "ja/",
    "日米枠組み 拘束力": "ja/",
    "レアアース 日米": "ja/",
    "高市早苗": "framework/parties/#person-takaichi-sanae",
    "法的拘束力": "framework/provisions/non-binding-clause/",
    "備蓄": "framework/provisions/stockpiling/",
}


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """Yields home on a phone."""
    with open_page(browser, address, width=PHONE[0], height=PHONE[1]) as page:
        page.goto(urljoin(address, "latest/"))
        yield page


def parsed(built: Path, url: str) -> BeautifulSoup:
    return parse_page(built / "latest" / url / "index.html")


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_home_answers_in_one_screen_on_a_phone(phone: Page) -> None:
    article = phone.locator("article")
    expect(article.locator("h1")).to_be_in_viewport()
    expect(article.get_by_text("Not binding")).to_be_in_viewport()
    dues, news = article.locator(".cm-glance__due").all(), article.locator(".cm-glance__new li").all()
    roles = article.get_by_role("navigation", name="Start from your role").get_by_role("link").all()
    assert (len(dues), len(news), len(roles)) == (2, 3, 6)
    for one in (*dues, *news, *roles):
        assert bottom(one) <= PHONE[1], one.inner_text()
    for due, day in zip(dues, ("April 26, 2026", "April 28, 2026"), strict=True):
        assert due.inner_text().startswith(day)
        assert "no public evidence found" in due.inner_text()
        states = due.locator("dt, .cm-glance__state").evaluate_all("all => all.map((one) => one.offsetTop)")
        assert max(states) - min(states) < 12, "the date and its state share a line"
    for one in news:
        assert one.locator("time").count() == 1
        size = one.evaluate("one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)")
        assert size < 2.6, "a line of news takes two lines at most"


def test_home_is_short_and_asks_eight_questions(phone: Page) -> None:
    assert phone.locator("article > ol > li").count() == 8
    assert phone.evaluate("document.documentElement.scrollHeight") <= MOST
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_the_header_keeps_one_row_with_the_language_in_it(phone: Page) -> None:
    link = phone.locator("header").get_by_role("link", name="日本語")
    tops = phone.locator(".cm-header__inner .cm-tools > :not([popover], noscript)").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2)"
    )
    assert len(tops) == 4
    assert max(tops) - min(tops) < 2
    link.click()
    phone.wait_for_url("**/latest/ja/")
    phone.locator("header").get_by_role("link", name="English", exact=True).click()
    phone.wait_for_url("**/latest/")


def test_home_and_the_summary_name_each_other_in_their_heads(built: Path) -> None:
    home, japanese = parsed(built, ""), parsed(built, "ja")
    found = [
        {str(one["hreflang"]): str(one["href"]) for one in page.select("link[rel=alternate][hreflang]")}
        for page in (home, japanese)
    ]
    assert found[0] == found[1]
    assert {language: url.partition("/latest/")[2] for language, url in found[0].items()} == {
        "en": "",
        "ja": "ja/",
        "x-default": "",
    }
    for page, language in ((home, "en"), (japanese, "ja")):
        (canonical,) = page.select("link[rel=canonical]")
        assert canonical["href"] == found[0][language]
    assert parsed(built, "framework").select("link[hreflang]") == []


def test_the_summary_is_marked_as_japanese_and_as_informal(built: Path) -> None:
    page = parsed(built, "ja")
    article = page.select("article")[0]
    assert article["lang"] == "ja"
    assert page.select("html")[0]["lang"] == "en", "the words of the frame are English"
    assert page.select('meta[property="og:locale"]')[0]["content"] == "ja_JP"
    assert "非公式の要約" in article.get_text()
    assert parsed(built, "").select("article")[0].get("lang") is None
    for link in parsed(built, "framework").select("a[href$='/ja/'], a[href='../ja/']"):
        assert (link["lang"], link["hreflang"]) == ("ja", "ja")


def test_facts_are_printed_in_japanese(built: Path) -> None:
    article = parsed(built, "ja").select("article")[0]
    dates = {one.get_text() for one in article.select("time")}
    assert {"2025年10月28日", "2026年4月26日", "2026年4月28日"} <= dates
    assert not [one for one in dates if "年" not in one]
    assert "採掘及び加工を通じた重要鉱物及びレアアースの供給確保のための日米枠組み" in article.get_text()
    assert [one.get_text() for one in article.select(".cm-mark--no-public-evidence")] == [
        "期限は経過、実施の有無を示す公開情報は見つかっていません"
    ] * 2
    assert article.select("h2#sources")[0].get_text().startswith("出典")
    originals = {str(one["href"]) for one in article.select("#where ~ ul a.cm-out[hreflang]")}
    assert "https://worldjpn.net/documents/texts/JPUS/20251028.O1J.html" in originals


def test_questions_in_japanese_find_what_answers(browser: Browser, address: str) -> None:
    with open_page(browser, address) as page:
        page.goto(urljoin(address, "latest/"))
        page.keyboard.press("/")
        found = {words: show(page, words)[0][:3] for words in JAPANESE}
    assert not {words: found[words] for words, wanted in JAPANESE.items() if wanted not in found[words]}
    assert found["日米枠組み"][0] == "ja/"

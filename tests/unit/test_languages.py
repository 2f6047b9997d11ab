"""A page in Japanese: what macros print on it, what is checked of it, how it is tied to its English version."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from macros.components.citing import expand_page
from macros.components.page_context import PageContext
from macros.components.phrases import PHRASES
from macros.components.registry import MACROS
from macros.metadata.graph import describe_page
from macros.metadata.heading import describe_head
from macros.metadata.location import create_site_context
from macros.schema.choices import Choice
from macros.schema.dates import PartialDate
from macros.schema.vocabularies import Certainty, DeadlineState, SourceKind, SourceSeen, SourceStanding
from macros.site.loading import Site
from macros.site.release import create_release
from macros.tree import COMPONENTS
from tests.conftest import LISTS, Alter
from tests.unit.test_annotating import CONFIG
from tests.unit.test_macros import words

PAGE = """---
title: 日本語の概要
description: 非公式の要約です。法的拘束力はありません。
language: ja
---

枠組みです。{{ cite('text', '全文') }}

{{ sources() }}
"""
Written = Callable[..., BeautifulSoup]


@pytest.fixture
def bilingual(alter: Alter) -> Site:
    """Returns the small tree with a page in Japanese beside its home."""
    return alter({"docs/ja/index.md": ("", PAGE)})


@pytest.fixture
def write(bilingual: Site) -> Written:
    """Returns a function that writes a macro on the page in Japanese and parses the result."""
    page = bilingual.pages.at("ja/index.md")
    assert page is not None
    view = PageContext(bilingual.catalog, bilingual.pages, page)
    return lambda name, *args: BeautifulSoup(view.call(MACROS[name], *args), "lxml")


@pytest.mark.parametrize(
    ("text", "said"), [("2025-10-08", "2025年10月8日"), ("2024-02", "2024年2月"), ("2025", "2025年")]
)
def test_a_date_in_japanese_keeps_its_precision(text: str, said: str) -> None:
    assert PartialDate(text).say("ja") == said
    assert PartialDate(text).say("en") == str(PartialDate(text))


@pytest.mark.parametrize("choices", [Certainty, DeadlineState, SourceKind, SourceSeen, SourceStanding])
def test_each_choice_that_such_a_page_prints_has_its_own_label(choices: type[Choice]) -> None:
    labels = [one.say("ja") for one in LISTS.all(choices)]
    assert labels
    assert len(set(labels)) == len(labels)
    assert not [one for one in labels if re.search("[A-Za-z]", one)]


def test_what_templates_say_and_what_is_translated_is_the_same() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in COMPONENTS.rglob("*.html"))
    said = set(re.findall(r"view\.say\('([^']+)'", templates))
    assert said == set(PHRASES["ja"])
    for english, japanese in PHRASES["ja"].items():
        assert re.findall(r"\{\w+\}", english) == re.findall(r"\{\w+\}", japanese)


def test_values_and_links(write: Written) -> None:
    assert words(write("value", "deadline/meeting", "due")) == "2026年4月26日"
    assert (
        words(write("value", "deadline/meeting", "state"))
        == LISTS.get(DeadlineState, DeadlineState.no_public_evidence).label_ja
    )
    assert "title" not in write("value", "deadline/meeting", "state").select(".cm-mark")[0].attrs
    assert words(write("as_at")) == "2026年9月30日"
    own = write("link", "instrument/framework").select("a")[0]
    assert (own.get_text(), own.get("lang")) == ("枠組み", None)
    other = write("link", "provision/one").select("a")[0]
    assert (other.get_text(), other.get("lang")) == ("I.1 First", "en")
    assert write("link", "provision/one", "第一項").select("a")[0].get("lang") is None
    assert write("link", "source/report").select("a")[0].get("lang") is None


def test_sources(write: Written) -> None:
    number = write("cite", "text", "全文").select("a")[0]
    assert number["aria-label"] == "出典 1: A government, 全文"
    write("cite", "report")
    foot = write("sources")
    assert "一次資料, 公的機関, 全文を確認" in words(foot)
    assert "公開されたアドレスなし" in words(foot)
    assert "2026年9月30日時点" in words(foot)
    assert [one.get("lang") for one in foot.select("cite")] == ["en", None]
    assert "our translation" not in words(foot)


def test_original(write: Written) -> None:
    link = write("original", "text").select("a")[0]
    assert (link["href"], link["hreflang"], link["lang"]) == ("https://government.example/text", "en", "en")
    assert write("original", "text", "原文").select("a")[0].get("lang") is None


def test_a_page_is_tied_to_its_versions_in_both_languages(bilingual: Site, small: Site) -> None:
    release = create_release(bilingual, CONFIG, name="2026-09-30", title="Position")
    shelf = create_site_context(release, "September 30, 2026")
    heads = {}
    for source in ("index.md", "ja/index.md", "one.md"):
        page = release.pages.at(source)
        assert page is not None
        heads[source] = describe_head(shelf.place(page))
    root = "https://example.test/latest/"
    both = {"en": root, "ja": f"{root}ja/", "x-default": root}
    assert heads["index.md"]["alternates"] == heads["ja/index.md"]["alternates"] == both
    assert heads["one.md"]["alternates"] == {}, "a page without a version in another language"
    japanese = [{"language": "ja", "name": "日本語", "address": "ja/"}]
    assert heads["index.md"]["languages"] == heads["one.md"]["languages"] == japanese
    assert heads["ja/index.md"]["languages"] == [{"language": "en", "name": "English", "address": ""}]
    assert (heads["index.md"]["locale"], heads["ja/index.md"]["locale"]) == ("en_US", "ja_JP")
    alone = create_release(small, CONFIG)
    head = describe_head(create_site_context(alone, "today").place(alone.pages.pages[0]))
    assert head["alternates"] == {}
    assert head["languages"] == []


def test_linked_data_names_the_language(bilingual: Site) -> None:
    release = create_release(bilingual, CONFIG)
    page = release.pages.at("ja/index.md")
    assert page is not None
    view = PageContext(release.catalog, release.pages, page)
    expand_page(view)
    work = describe_page(view, create_site_context(release, "today").place(page))["@graph"][0]
    assert work["inLanguage"] == "ja"


LISTED = {"mkdocs.yml": ("- two.md", "- two.md\n  - ja/index.md")}


def test_the_rules_of_english_are_not_for_a_page_in_japanese(alter: Alter) -> None:
    rules = {"data/style.yml": ("", "longest_sentence: 3\nwords:\n  - {avoid: LNG, write: gas}\n")}
    page = PAGE.replace("枠組みです。", "枠組み LNG one two three four です。")
    assert not [one for one in alter({"docs/ja/index.md": ("", page)} | LISTED | rules).problems if "ja/" in one.path]
    english = alter(rules | {"docs/one.md": ("It says something.", "It says LNG one two three four.")})
    found = [one.message for one in english.problems if one.path == "docs/one.md"]
    assert any("LNG" in one for one in found)
    assert any("sentence of" in one for one in found)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("枠組みです。", "枠組みは2025年です。", 7, "the number 2025 is typed"),
        ("枠組みです。", "枠組みは２月です。", 7, "the number ２ is typed"),  # noqa: RUF001 - a wide digit is meant
        ("要約です。", "3枚の要約です。", 3, "the number 3 is in the description"),
    ],
)
def test_no_number_is_typed_in_japanese(alter: Alter, old: str, new: str, line: int, said: str) -> None:
    problems = alter({"docs/ja/index.md": ("", PAGE.replace(old, new))} | LISTED).problems
    assert [(one.path, one.line, one.message) for one in problems] == [("docs/ja/index.md", line, said)]


def test_a_page_is_in_the_folder_of_its_language(alter: Alter) -> None:
    for edits in (
        {"docs/ja/index.md": ("", PAGE.replace("language: ja\n", ""))} | LISTED,
        {"docs/japanese.md": ("", PAGE), "mkdocs.yml": ("- two.md", "- two.md\n  - japanese.md")},
    ):
        (problem,) = alter(edits).problems
        assert "its language is" in problem.message
        assert problem.path in edits


def test_a_language_that_is_not_known_is_refused(alter: Alter) -> None:
    problems = alter({"docs/ja/index.md": ("", PAGE.replace("language: ja", "language: jp"))}).problems
    assert "'jp' is not a choice for 'language'" in [one.message for one in problems]

"""What pages, records and calls may hold, and what is refused with its place."""

from __future__ import annotations

import re

import pytest

from macros.catalog.date_rules import check_embargo
from macros.components.templates import as_inline
from macros.exports.tables import _cell
from macros.pages.markup import check_markup
from macros.pages.page import Page
from macros.problems import Problem
from macros.security.addresses import find_fault, name_sign
from macros.security.policy import hash_of, header_policy, list_scripts, page_policy
from macros.text.header import read_markdown
from macros.tree import COMPONENTS, Tree
from tests.conftest import Alter
from tests.copies import Copies


def _check(body: str) -> list[Problem]:
    file, problems = read_markdown("docs/page.md", f"---\ntitle: T\n---\n{body}\n".encode())
    assert problems == []
    return list(check_markup(Page("page.md", file, None)))


@pytest.mark.parametrize(
    ("body", "column", "message"),
    [
        ("<script>alert(1)</script>", 1, "HTML on a page: <script>"),
        ("Some <b onclick=x>words</b>", 6, "HTML on a page: <b>"),
        ("A <svg/onload=alert(1)> here", 3, "HTML on a page: <svg>"),
        ("<style>p {color: red}</style>", 1, "HTML on a page: <style>"),
        ("<!-- a note to myself -->", 1, "HTML on a page: <!--"),
        ("<iframe src='x'></iframe>", 1, "HTML on a page: <iframe>"),
        ("# Words {: onclick=alert(1) }", 12, "an attribute that a page may not set: onclick"),
        ("Words\n{: style='x' }", 1, "an attribute that a page may not set: style"),
        ("[go](two.md){: data-words=no }", 16, "an attribute that a page may not set: data-words"),
        ("[go](javascript:alert(1))", 6, "a web address begins with https:// or http://: javascript:alert(1)"),
        ("[go](java&#115;cript:x)", 6, "a web address begins with https:// or http://: javascript:x"),
        ("[go][r]\n\n[r]: data:text/html,x", 6, "a web address begins with https:// or http://: data:text/html,x"),
        ("[go](two.md){: href=file:///x }", 21, "a web address begins with https:// or http://: file:///x"),
        ("[go](//evil.example/)", 6, "an address that leads off the site unseen: //evil.example/"),
        ("[go](https://me:pass@evil.example/)", 6, "a web address names no user: https://me:pass@evil.example/"),
        ("![p](https://evil.example/p.png)", 6, "a picture from elsewhere: https://evil.example/p.png"),
        ("[go]({{ value('term/a', 'title') }})", 1, "a macro call within an address"),
        ("- " * 600 + "x", 1, "the page is nested too deep"),
        ("<{{ value('term/a', 'title') }}>", 1, "a macro call within a tag"),
    ],
)
def test_what_a_page_may_not_hold(body: str, column: int, message: str) -> None:
    found = _check(body)
    assert (found[0].column, found[0].message) == (column, message) or message in {one.message for one in found}
    assert all(one.hint for one in found)
    assert found[0].line >= 4


@pytest.mark.parametrize(
    "body",
    [
        "",
        "A line<br>and another<br />",
        "## Words {#old-words .wide}",
        "[日本語](two.md){: hreflang=ja lang=ja }",
        "[elsewhere](https://www.example.com/a?b=c#d) and <https://www.example.com/>",
        "`<script>` and 1 < 2 &amp; 3",
        "```\n<script>alert(1)</script>\n```",
        "{{ value('term/a', 'title') }} and **{{ link('term/a') }}**",
    ],
)
def test_what_a_page_may_hold(body: str) -> None:
    assert _check(body) == []


@pytest.mark.parametrize(
    ("sign", "name"), [("!", "'!'"), ("~", "'~'"), (" ", "U+0020"), ("\x7f", "U+007F"), ("é", "U+00E9")]
)
def test_a_sign_is_named_so_that_it_can_be_seen(sign: str, name: str) -> None:
    assert name_sign(sign) == name


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://www.example.com/a?b=c#d", ""),
        ("http://example.com:8080/%E6%9E%A0", ""),
        ("javascript:alert(1)", "begins with"),
        ("data:text/html,x", "begins with"),
        ("file:///etc/passwd", "begins with"),
        ("//example.com/", "begins with"),
        ("www.example.com", "begins with"),
        ("https:///path", "the name of a host"),
        ("https://localhost/", "the name of a host"),
        ("https://127.0.0.1/", "the name of a host"),
        ("https://user:secret@example.com/", "names no user"),
        ("https://example.com/a b", "has no U+0020"),
        ("https://example.com/\u202etxt", "has no U+202E"),
        ("https://\u0435xample.com/", "has no U+0435"),
        ("https://example.com\\@evil.example/", "has no '\\'"),
    ],
)
def test_web_addresses(address: str, fault: str) -> None:
    assert fault in find_fault(address)
    assert bool(fault) is bool(find_fault(address))


def test_a_record_links_to_the_web_only(alter: Alter) -> None:
    site = alter({"data/source/text.yml": ("https://government.example/text", "javascript:alert(1)")})
    found = [one for one in site.problems if "'url'" in one.message]
    assert [(one.path, one.message) for one in found] == [
        ("data/source/text.yml", "'url': a web address begins with https:// or http://")
    ]
    assert found[0].line > 1


@pytest.mark.parametrize(
    "value",
    [
        "'a' * 3000000000",
        "'a' ~ 'b'",
        "1 + 1",
        "['one'] * 9",
        "'a' | upper",
        "link('a')",
        "'a'[0]",
        "*[1]",
        "x.y",
        "1 if 2",
    ],
)
def test_calls_take_what_is_written_out(alter: Alter, value: str) -> None:
    site = alter({"docs/two.md": ("It says something.", f"It says {{{{ link({value}) }}}}.")})
    found = [one.message for one in site.problems if one.path == "docs/two.md"]
    assert any("not plain" in one or "cannot be read" in one for one in found), found


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("# a", "&#35; a"),
        ("1. a", "1&#46; a"),
        ("- a - b", "&#45; a - b"),
        ("=== a", "&#61;== a"),
        ("12.5 percent", "12.5 percent"),
        (
            '<a title="![x](y) {: onclick=z }">*a*</a>',
            '<a title="!&#91;x&#93;(y) &#123;: onclick=z &#125;">&#42;a&#42;</a>',
        ),
    ],
)
def test_inline_macros_are_safe_from_markdown(words: str, written: str) -> None:
    assert as_inline(words) == written


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("- a list", "'- a list"),
        (["=1", "b"], "'=1; b"),
        (-5, "-5"),
        (-0.25, "-0.25"),
        ("-5.5", "-5.5"),
        ("+3%", "+3%"),
        ("a = b", "a = b"),
    ],
)
def test_no_cell_of_a_table_is_a_formula(value: object, cell: str) -> None:
    assert _cell(value) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (2.0, "2"),
        (1e15, "1e+15"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
        (["a", 1, None, True], "a; 1; ; true"),
        ([], ""),
        ([{"a": "報道"}], '[{"a": "報道"}]'),
        ([["a"]], '[["a"]]'),
        ({"a": None}, '{"a": null}'),
    ],
)
def test_a_cell_holds_simple_values_as_words_and_others_as_json(value: object, cell: str) -> None:
    assert _cell(value) == cell


def test_the_policy_allows_the_scripts_that_are_written_and_no_other() -> None:
    paths = [path for path in COMPONENTS.parent.rglob("*.html") if "vendor" not in path.parts]
    written = {hash_of(code) for path in paths for code in list_scripts(path)}
    allowed = set(re.findall(r"'sha256-[^']+'", page_policy()))
    assert allowed == written
    assert "unsafe" not in header_policy()
    assert header_policy() == f"{page_policy()}; frame-ancestors 'none'"
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), path


def test_a_record_may_wait_for_its_day(alter: Alter, copies: Copies) -> None:
    early = alter({"data/term/wording.yml": ("", "publish_from: 2026-09-30\n")})
    assert list(check_embargo(early.catalog, Tree(copies.taken[0]))) == []
    late = alter({"data/term/wording.yml": ("", "publish_from: 2026-10-01\n")})
    assert late.problems == (), "a draft may show it"
    (found,) = check_embargo(late.catalog, Tree(copies.taken[1]))
    assert found.path == "data/term/wording.yml"
    assert found.message == "'term/wording' may not be published before 2026-10-01, and the edition is as of 2026-09-30"

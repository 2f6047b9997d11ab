"""One fault, one problem, at its own place: each fault is planted in the small tree alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.text.document import read_document
from tests.conftest import Found
from tests.copies import Copies

TERM = "data/term/wording.yml"
PAGE = "docs/two.md"
FIGURE = "data/figure/share.yml"
SAYS = "It says something."
TEXT = "How a text is put."


def change(top: Path, name: str, old: str, new: str) -> None:
    path = top / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))


# What is typed instead of a part of a record, and what is said, after the record's path.
SLIPS = {
    "quote on line 1": ("title: wording", 'title: "wording', "1:8: a quotation mark is opened here and not closed"),
    "single quote": ("title: wording", "title: 'wording", "1:8: a quotation mark is opened here and not closed"),
    "quote before a later one": (TEXT, f'"{TEXT}', "3:13: a quotation mark is opened here and not closed"),
    "quote in a group": ("passim}", '"passim}', "8:26: a quotation mark is opened here and not closed"),
    "text after a quote": (TEXT, '"A text" is put.', "3:22: the text goes on after its closing quote"),
    "escape": (TEXT, '"A \\text"', "3:13: a character that is not shown: U+0009"),
    "no space, line 1": ("title: wording", "title:wording", "1:6: the space after the colon is missing"),
    "no space, line 2": ("topic: law", "topic:law", "2:6: the space after the colon is missing"),
    "no colon, line 1": ("title: wording", "title wording", "1:1: neither a key nor part of a text"),
    "no colon, line 2": ("topic: law", "topic law", "2:1: neither a key nor part of a text"),
    "text goes on at the margin": (TEXT, "How it is\nput here.", "4:1: neither a key nor part of a text"),
    "no space in a group": ("{id: text", "{id:text", "8:6: the space after the colon is missing"),
    "no space after a hyphen": ("  - {id", "  -{id", "8:3: the space after the hyphen is missing"),
    "text at the margin": (TEXT, f">-\n{TEXT}", "4:1: the text of the key above is not indented"),
    "text at the margin with a colon": (TEXT, ">-\nHow: so.", "4:1: the text of the key above is not indented"),
    "text half at the margin": (TEXT, ">-\n  How\nit is put.", "5:1: the text of the key above is not indented"),
    "key too far right": ("topic: law", " topic: law", "2:2: the line begins further right than the one above it"),
    "colon in a text": (TEXT, "How: a text.", "3:16: a colon with a space inside a text"),
    "bracket": ("[provision/one]", "[provision/one", "5:10: '[' is opened here and not closed"),
    "brace": ("passim}", "passim", "8:5: '{' is opened here and not closed"),
    "words at the margin": (TEXT, f"{TEXT}\nIt is put so.", "4:1: neither a key nor part of a text"),
    "at sign": (TEXT, "@here", "3:13: a text cannot begin with @"),
    "percent": (TEXT, "%here", "3:13: a text cannot begin with %"),
    "star": (TEXT, "*here* and there", "3:13: a text cannot begin with *"),
    "number sign": (TEXT, "It is #1 in the list.", "3:19: everything after # is cut off"),
    "number sign and a space": (TEXT, "It is in # 1.", "3:22: everything after # is cut off"),
    "number sign in a group": ("passim}", "no #1}", "8:29: everything after # is cut off"),
    "number sign on two lines": (TEXT, "It is\n  first, #1\n  here", "4:10: everything after # is cut off"),
    "deep list": (TEXT, "[" * 500 + "]" * 500, "3:33: nested more than 20 levels deep"),
    "deep groups": (TEXT, "{a: " * 500 + "}" * 500, "3:93: nested more than 20 levels deep"),
    "deeper list": (TEXT, "[" * 100_000, "3:33: nested more than 20 levels deep"),
    "misspelt key": ("topic: law", "topc: law", "2:1: unknown key 'topc'"),
    "number for a text": (TEXT, "5", "3:13: 'definition' should be text"),
    "quoted true": (
        "defined_in_text: false",
        "defined_in_text: 'false'",
        "4:18: 'defined_in_text' should be true or false",
    ),
    "NUL": (TEXT, "How\0", "3:16: a character that no text needs: U+0000"),
    "next line": (TEXT, "How\x85it", "3:16: a character that no text needs: U+0085"),
    "line separator": (TEXT, "How\u2028it", "3:16: a character that no text needs: U+2028 (LINE SEPARATOR)"),
    "turned writing": (TEXT, "How\u202eit", "3:16: a character that is not shown: U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    "zero width": (TEXT, "How\u200bit", "3:16: a character that is not shown: U+200B (ZERO WIDTH SPACE)"),
    "escaped": (TEXT, '"How\\u202e it"', "3:13: a character that is not shown: U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    "escaped NUL": (TEXT, '"How\\0 it"', "3:13: a character that is not shown: U+0000"),
    "half of a character": (TEXT, "How\ud800", "3:16: not UTF-8: byte 0xed"),
    "Cyrillic letter in an id": (
        "provision/one",
        "provision/\u043ene",
        "5:21: a letter that only looks like 'o': U+043E (CYRILLIC SMALL LETTER O)",
    ),
    "Cyrillic letter in a key": (
        "topic",
        "t\u043epic",
        "2:2: a letter that only looks like 'o': U+043E (CYRILLIC SMALL LETTER O)",
    ),
    "full-width letter": (
        TEXT,
        "LN\uff27",
        "3:15: a letter that only looks like 'G': U+FF27 (FULLWIDTH LATIN CAPITAL LETTER G)",
    ),
    "broken link": (TEXT, '"A [[provision/one] b"', "3:13: '[[' that is no link"),
    "link in a title": ("title: wording", 'title: "[[provision/one]]"', "1:8: '[[' that is no link"),
    "bold": (TEXT, '"A **text**."', "3:13: a Markdown mark, '**'"),
    "Markdown link": (TEXT, '"A [text](https://a.example/)."', "3:13: a Markdown link, '[text](https://a.example/)'"),
    "code": (TEXT, '"A `text`."', "3:13: a Markdown mark, '`'"),
    "macro": (TEXT, "\"A {{ link('x') }}.\"", "3:13: a brace, '{'"),
    "entity": (TEXT, '"A&nbsp;text."', "3:13: an HTML sign, '&nbsp;'"),
    "tag": (TEXT, '"A <b>text</b>."', "3:13: an HTML tag, '<b>'"),
    "itself": ("[provision/one]", "[term/wording]", "5:11: the record names itself"),
    "twice": ("[provision/one]", "[provision/one, provision/one]", "5:26: 'provision/one' is named twice"),
    "far name": ("[provision/one]", "[provision/xyzzy]", "5:11: no provision 'xyzzy'"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_in_a_record(top: Path, found: Found, name: str) -> None:
    old, new, said = SLIPS[name]
    change(top, TERM, old, new)
    assert found(top) == [f"{TERM}:{said}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: A\nbare words", "2:1: neither a key nor part of a text"),
        ("a: [", "1:4: '[' is opened here and not closed"),
        ("a: {b: [1, 2\n", "1:8: '[' is opened here and not closed"),
        (
            'a: "b\\ud800"\n',
            "1:8: not valid YAML: while parsing a quoted scalar found invalid Unicode character escape code",
        ),
    ],
)
def test_what_drawn_input_found(text: str, said: str) -> None:
    """Each was found by `make fuzz`: a place behind the last line, or at the end in place of the beginning."""
    _, (problem,) = read_document("x.yml", text.encode())
    assert str(problem).startswith(f"x.yml:{said}")


def test_a_name_is_suggested_only_when_it_is_near(top: Path, copies: Copies) -> None:
    change(top, TERM, "[provision/one]", "[provision/onee, provision/xyzzy]")
    hints = [one.hint for one in copies.load(top).problems]
    assert hints == ["did you mean 'one'?", "ids of the kind provision: one, two"]


# What is typed instead of a sentence of a page.
RAW = {
    "record's link": ("See [[provision/one]].", "9:5: a record's link cannot be on a page"),
    "half a link": ("See [[provision/one].", "9:5: a record's link cannot be on a page"),
    "single braces": ("See { link('provision/one') }.", "9:5: a single '{', which readers would see"),
    "full-width braces": ("See \uff5b\uff5blink\uff5d\uff5d.", "9:5: a single '\uff5b', which readers would see"),
    "closing braces": ("See }} this.", "9:5: a single '}', which readers would see"),
    "undefined reference": ("See [a page][nowhere].", "9:5: nothing says what '[a page][nowhere]' leads to"),
    "undefined note": ("See this.[^1]", "9:10: nothing says what '[^1]' leads to"),
    "dead link": ("See [a page](nowhere.md).", "9:14: no page 'docs/nowhere.md'"),
    "dead heading": ("See [it](one.md#nowhere).", "9:10: docs/one.md has no heading '#nowhere'"),
    "dead picture": ("![It](nowhere.png)", "9:7: no picture 'nowhere.png'"),
    "address of the host": ("See [it](/one/).", "9:10: '/one/' is an address of the whole host"),
    "address, not a file": ("See [it](one/).", "9:10: 'one/' is no page"),
    "unread call": ("It {{ link('provision/one' }}.", "9:4: a macro cannot be read: unexpected '}', expected ')'"),
    "three braces": ("It {{{ link('provision/one') }}}.", "9:4: a macro cannot be read: expected token ':', got '}'"),
    "open comment": ("It {## is.", "9:4: a macro cannot be read: Missing end of comment tag"),
    "deep call": (
        "It {{ link(" + "[" * 3000 + "]" * 3000 + ") }}.",
        "9:4: a macro cannot be read: it is nested too deep, or holds a number that is too long",
    ),
    "list as a name": ("It {{ link({['a']: 'b'}) }}.", "9:7: link: a value that is not plain"),
    "braces": ("{{" * 5000, "9:1: a macro cannot be read: it is nested too deep, or holds a number that is too long"),
    "NUL": ("It\0 says.", "9:3: a character that no text needs: U+0000"),
    "zero width": ("It\u200b says.", "9:3: a character that is not shown: U+200B (ZERO WIDTH SPACE)"),
}


@pytest.mark.parametrize("name", RAW)
def test_a_slip_on_a_page(top: Path, found: Found, name: str) -> None:
    new, said = RAW[name]
    change(top, PAGE, SAYS, new)
    assert found(top) == [f"{PAGE}:{said}"]


@pytest.mark.parametrize(
    "written",
    [
        "See [it](one.md), [it](one.md#first), [here](#second), [out](https://a.example/) and [note].",
        "See `[[x]]`, `{x}` and [it][ref].\n\n[ref]: one.md\n\nMore.",
        "## A heading {#named}\n\nSee [it](#named).{ .small }",
    ],
)
def test_what_a_page_may_hold(top: Path, found: Found, written: str) -> None:
    change(top, PAGE, SAYS, written)
    assert found(top) == []


# What stands in a record of another kind, and what is said.
VALUES = {
    FIGURE: {
        "9" * 5000: "'amount' should be a number",
        "9" * 400: "'amount' should be a number",
        **dict.fromkeys(
            ["Infinity", ".inf", "nan", ".nan", "1e400", "1e5", "0x10", "010", "0o10", "1_000", "1,000"], ""
        ),
        **dict.fromkeys(["\uff11\uff12", "\u0663", "+5", ".5", "1.", "true", "'5'", "5 percent", "12:30"], ""),
    },
}


@pytest.mark.parametrize("written", VALUES[FIGURE])
def test_an_amount_is_written_in_digits(top: Path, found: Found, written: str) -> None:
    text = (top / FIGURE).read_text(encoding="utf-8")
    (top / FIGURE).write_text(re.sub(r"(?m)^amount: .*$", f"amount: {written}", text), encoding="utf-8")
    assert found(top) == [f"{FIGURE}:3:9: 'amount' should be a number"]


@pytest.mark.parametrize("written", ["9" * 5000, "2.0", "2.5", "'2'", "true", "\uff12", "1e2"])
def test_a_position_is_a_whole_number(top: Path, found: Found, written: str) -> None:
    change(top, "data/provision/two.yml", "position: 2", f"position: {written}")
    assert found(top) == ["data/provision/two.yml:3:11: 'position' should be a whole number"]


@pytest.mark.parametrize(
    "written",
    [
        "\uff12\uff10\uff12\uff15-10-28",
        "2025-10-2\uff18",
        "\u0662\u0660\u0662\u0665",
        "2025-1-1",
        "0000",
        "0001-01-01",
        "9999",
        "9" * 5000,
    ],
)
def test_a_date_is_one_of_our_age(top: Path, found: Found, written: str) -> None:
    path = "data/event/fair.yml"
    text = (top / path).read_text(encoding="utf-8")
    (top / path).write_text(re.sub(r"(?m)^date: .*$", f"date: {written}", text), encoding="utf-8")
    (said,) = found(top)
    assert said.startswith(f"{path}:3:7: 'date': not a date: ")


@pytest.mark.parametrize(
    "written",
    ["9999999 days", "99999 years", "101 years", "200000 months", "\uff11\uff18\uff10 days", "\u0663 days", "0 days"],
)
def test_a_length_is_within_the_calendar(top: Path, found: Found, written: str) -> None:
    change(top, "data/deadline/meeting.yml", "180 days", written)
    assert found(top) == [f"data/deadline/meeting.yml:6:11: not a length of time: '{written}'"]


def test_what_only_a_broken_file_names_is_not_blamed(top: Path, found: Found) -> None:
    shutil.copy(top / "data/source/text.yml", top / "data/source/only.yml")
    change(top, "data/source/only.yml", "https://", "https://other.")
    (top / "data/term/other.yml").write_text('title: "other\ntopic: law\nsources:\n  - {id: only, pinpoint: "a"}\n')
    assert found(top) == ["data/term/other.yml:1:8: a quotation mark is opened here and not closed"]


def test_the_only_record_of_a_kind_is_broken(top: Path, found: Found) -> None:
    change(top, TERM, "certainty: verified", "certainty: sure")
    assert found(top) == [f"{TERM}:6:12: 'sure' is not a choice for 'certainty'"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Second", "title: [", "2:8: '[' is opened here and not closed"),
        ("record: provision/two", "record: provision/twoo", "4:9: no record 'provision/twoo'"),
        ("{{ ending() }}", "{{ ending( }}", "15:1: a macro cannot be read: unexpected '}', expected ')'"),
        ("{{ ending() }}", "{{ ending(only=['x']) }}", "15:4: ending: got an unexpected keyword argument 'only'"),
        ("{{ opening() }}", "{{ openin() }}", "11:4: no macro 'openin'"),
    ],
)
def test_a_broken_page_of_a_record_is_not_missed(top: Path, found: Found, old: str, new: str, said: str) -> None:
    change(top, PAGE, old, new)
    assert found(top) == [f"{PAGE}:{said}"]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("{{ entrie('term') }}", "24:4: no macro 'entrie'"),
        ("{{ entries('term', topic=) }}", "24:1: a macro cannot be read: unexpected ')'"),
        ("{{ entries('trem') }}", "24:13: entries: no kind of record 'trem'"),
        ("{{ entries('term', colour='x') }}", "24:20: entries: records of the kind term have no 'colour'"),
    ],
)
def test_a_broken_list_does_not_make_records_homeless(top: Path, found: Found, new: str, said: str) -> None:
    change(top, "docs/lists.md", "{{ entries('term') }}", new)
    assert found(top) == [f"docs/lists.md:{said}"]


def test_a_record_that_no_page_prints_and_one_without_its_page(top: Path, found: Found) -> None:
    change(top, "docs/lists.md", "{{ entries('term') }}\n", "")
    change(top, PAGE, "record: provision/two\n", "")
    change(top, PAGE, "{{ opening() }}\n\n{{ part('deadlines') }}\n\n{{ ending() }}", "{{ sources() }}")
    assert found(top) == [
        "data/provision/two.yml:1:1: 'provision/two' deserves a page and has none",
        "data/term:1:1: records of the kind term are on no page: term/wording",
    ]


@pytest.mark.parametrize("name", ["wording.YML", "wording.yaml", "wording.yml.txt", "w\u043erding.yml", "Wording.yml"])
def test_a_file_with_a_wrong_name_is_one_problem(top: Path, found: Found, name: str) -> None:
    (top / TERM).rename(top / "data/term" / name)
    (said,) = found(top)
    assert said.startswith(f"data/term/{name}:1:1: ")


def test_a_deleted_record_that_the_newest_edition_has_is_one_problem(top: Path, found: Found) -> None:
    shutil.copy(top / TERM, top / "data/term/other.yml")
    change(top, "data/term/other.yml", "title: wording", "title: other")
    (top / TERM).unlink()
    kept = top / "editions/2026-08-31/files/data"
    kept.mkdir(parents=True)
    (kept / "term.json").write_text('[{"id": "wording", "aliases": ["words"]}]')
    (kept.parent.parent / "edition.yml").write_text("as_at: 2026-08-31\ntitle: Kept\n")
    assert found(top) == [
        "data/provision/one.yml:7:10: 'term/wording' is gone: the edition 2026-08-31 has it, and the working tree does "
        "not; data/provision/two.yml:7 names it too"
    ]


def test_a_loop_of_provisions(top: Path, found: Found) -> None:
    for one, other in (("one", "two"), ("two", "one")):
        path = top / f"data/provision/{one}.yml"
        text = re.sub(r"(?m)^parent: .*\n", "", path.read_text(encoding="utf-8"))
        path.write_text(f"{text}parent: {other}\n", encoding="utf-8")
    assert [line.partition(": ")[2] for line in found(top)] == [
        "it is a point of its own point: one -> two -> one",
        "it is a point of its own point: two -> one -> two",
    ]


def test_a_range_that_runs_backward_and_a_comparison_with_itself(top: Path, found: Found) -> None:
    text = (top / FIGURE).read_text(encoding="utf-8")
    (top / FIGURE).write_text(re.sub(r"(?m)^high: .*$", "high: 0", text), encoding="utf-8")
    change(top, "data/comparison/both.yml", "right: older", "right: framework")
    messages = [line.partition(": ")[2] for line in found(top)]
    assert messages[0] == "'framework' is compared with itself"
    assert messages[1].startswith("the upper end, 0, is not above the amount, ")


def test_a_number_of_a_title_may_be_in_a_record_that_cannot_be_read(top: Path, found: Found) -> None:
    change(top, PAGE, "description: The second paragraph.", "description: A record says $155 million.")
    missing = f"{PAGE}:3:14: '$155 million' is in the description, and no record holds it"
    assert found(top) == [missing]
    figure = "data/figure/pledge.yml"
    change(top, figure, "title: The pledge", 'title: "The pledge')
    broken = f"{figure}:1:8: a quotation mark is opened here and not closed"
    assert found(top) == [broken], "1550 may be what the title means"
    change(top, figure, "amount: 1550", "amount: 90")
    assert found(top) == [broken, missing]

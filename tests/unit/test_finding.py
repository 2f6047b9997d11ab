"""What the search finds: text cut to words, pages and records gathered, both written into the index and read back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

import pytest
from lxml import html

from macros.configuration.config import read_config
from macros.pages.page import Page
from macros.search.gathering import Find, count_places, gather_finds
from macros.search.indexing import INDEX, LENGTHS, PART, WHOLE, index_finds, list_paths
from macros.search.postings import pack_words, split_words
from macros.search.words import stem, words_of
from macros.site.loading import Site
from macros.site.release import Release, create_release
from macros.tree import Tree
from tests.conftest import SPECIMENS

FINDS = [
    Find("one/", "The Loan of Ships", "Provision", "A loan and a loan.", "A ship is lent.", "2025", ("credit",), 1.25),
    Find("two/#term-loan", "Port", "Term", "loan " * 40 + "x" * 3, weight=0.12345),
    Find("three/", "Loan", "Provision", ""),
]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("cities", "city"),
        ("movies", "movy"),
        ("series", "sery"),
        ("passes", "pass"),
        ("boxes", "box"),
        ("loans", "loan"),
        ("gas", "gas"),
        ("status", "status"),
        ("basis", "basis"),
        ("mining", "min"),
        ("thing", "thing"),
        ("sing", "sing"),
        ("shipped", "ship"),
        ("need", "need"),
        ("shed", "shed"),
        ("lent", "lent"),
        ("loaned", "loan"),
        ("dated", "dat"),
        ("state", "stat"),
        ("use", "use"),
        ("more", "more"),
        ("organisation", "organization"),
        ("organised", "organiz"),
        ("advise", "advis"),
        ("tonnes", "ton"),
        ("colour", "color"),
        ("does", "does"),
        ("goes", "goe"),
        ("lng", "lng"),
        ("i.2", "i.2"),
    ],
)
def test_a_word_loses_its_ending_and_its_british_spelling(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Loans", ["loan"]),
        ("the buyer's loans", ["the", "buyer", "loan"]),
        ("U.S. law", ["us", "law"]),
        ("See I.2(b) and II.4.", ["i.2", "i.2(b)", "ii.4", "see", "and"]),
        ("Nos. 70, 71 and 72", ["no.70", "no.71", "no.72"]),
        ("No. 7", ["no.7"]),
        ("Announcement 70", ["no.70", "announcement"]),
        ("$5bn, 3 mn, 1,300 and 60%", ["5", "billion", "3", "million", "1300", "and", "60", "percent"]),
        ("日米協 と x", ["日米", "米協", "と", "x"]),
        ("ab日本cd", ["日本", "ab", "cd"]),
        ("\ufb01ne \u2018quoted\u2019 well\u2011known", ["fine", "quot", "well", "known"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_the_words_that_are_searched(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def read_numbers(packed: bytes) -> Iterator[int]:
    """Yields packed numbers as `overrides/assets/search-index.js` reads them."""
    value = shift = 0
    for byte in packed:
        value += (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def read_part(packed: bytes) -> tuple[list[str], bytes]:
    """Returns the words of a part, and what follows them."""
    start = next(at for at, byte in enumerate(packed, 1) if byte < 128)
    end = start + next(read_numbers(packed))
    return packed[start:end].decode().split(), packed[end:]


def test_the_index_says_in_which_finds_and_fields_a_word_is() -> None:
    files = dict(index_finds(FINDS, "November 30, 2026"))
    index = json.loads(files[INDEX])
    assert index["as_at"] == "November 30, 2026"
    assert index["kinds"] == ["Provision", "Term"]
    assert index["count"] == 3
    assert {"the", "of", "wher"} <= set(index["empty"].split())
    assert "loan" not in index["empty"].split()
    assert json.loads(files["search/finds-1.json"]) == [
        ["one/", "The Loan of Ships", 0, "A ship is lent.", "2025"],
        ["two/#term-loan", "Port", 1, "", ""],
        ["three/", "Loan", 0, "", ""],
    ]
    numbers = read_numbers(files[LENGTHS])
    lengths = [[next(numbers) for _ in range(5)] for _ in FINDS]
    assert list(numbers) == []
    assert lengths == [[1250, 2, 1, 2, 2], [123, 1, 0, 0, 41], [1000, 1, 0, 0, 0]], "without words that say nothing"
    words, packed = read_part(files["search/words-1.bin"])
    assert words == ["credit", "lent", "loan", "port", "ship", "xxx"]
    numbers = read_numbers(packed)
    having: dict[str, list[tuple[int, bool, bool, bool, int]]] = {}
    for word in words:
        find, having[word] = -1, []
        for _ in range(next(numbers)):
            step = next(numbers)
            find += step >> 1
            where = next(numbers) if step & 1 else 8
            having[word].append((find, bool(where & 1), bool(where & 2), bool(where & 4), where >> 3))
    assert list(numbers) == []
    assert having == {  # find, in its name, in the other words for it, in its answer, how often in its text
        "credit": [(0, False, True, False, 0)],
        "lent": [(0, False, False, True, 0)],
        "loan": [(0, True, False, False, 2), (1, False, False, False, 40), (2, True, False, False, 0)],
        "port": [(1, True, False, False, 0)],
        "ship": [(0, True, False, True, 0)],
        "xxx": [(1, False, False, False, 1)],
    }
    assert packed[-2:] == bytes([1, 4]), "a word that is once in the text alone takes a number less"


def test_a_number_takes_a_byte_for_every_seven_bits() -> None:
    lengths = [127, 128, 300]
    finds = [Find("", "", "Term", "loan " * length) for length in lengths]
    packed = dict(index_finds(finds, ""))[LENGTHS]
    assert list(read_numbers(packed))[4::5] == lengths


def test_an_index_of_many_finds_is_in_parts_and_says_what_each_holds() -> None:
    finds = [Find(f"{number}/", f"Mine of {'abcdefg'[number % 7]}b", "Term", "") for number in range(2 * PART + 1)]
    whole, files = dict(index_finds(finds, "")), dict(index_finds(finds, "", WHOLE + 1))
    assert [*whole] == list_paths(WHOLE) == [INDEX, LENGTHS, "search/words-1.bin", "search/finds-1.json"]
    assert [*files] == list_paths(WHOLE + 1)
    index = json.loads(files[INDEX])
    parts = WHOLE // PART + 1
    assert len(index["words"]) == len(index["finds"]) == parts
    rows = [json.loads(files[path]) for path in index["finds"]]
    assert [len(one) for one in rows] == [PART, PART, 1, *[0] * (parts - 3)]
    assert [row[0] for one in rows for row in one] == [find.url for find in finds]
    words = [read_part(files[path]) for path in index["words"]]
    assert [one[0] for one, _ in words if one] == index["starts"]
    assert [word for one, _ in words for word in one] == read_part(whole["search/words-1.bin"])[0]
    assert b"".join(packed for _, packed in words) == read_part(whole["search/words-1.bin"])[1]
    assert files[LENGTHS] == whole[LENGTHS]


def test_parts_are_of_about_the_same_size_and_in_the_order_of_scripts() -> None:
    packed = pack_words([[[f"{sign}{number:02}" for sign in "az\uff5e\U00020000" for number in range(20)], [], [], []]])
    split = split_words(packed, 4)
    assert [one[0][0] for one in split] == ["a", "z", "\U00020000", "\uff5e"], "a script sorts by units of 16 bits"
    assert [len(one) for one in split] == [20, 20, 20, 20]
    assert split_words({}, 2) == [[], []]


def release_of(small: Site) -> Release:
    return create_release(small, read_config(Tree(SPECIMENS / "small")) | {"site_url": "https://site.example/"})


def gather(small: Site, articles: dict[str, str]) -> dict[str, Find]:
    """Returns what is found in the small tree by its address; pages without an article here are empty."""

    def read_article(page: Page) -> html.HtmlElement:
        return html.fragment_fromstring(articles.get(page.source, ""), create_parent="article")

    return {one.url: one for one in gather_finds(release_of(small), read_article)}


def test_what_may_be_found_is_counted_without_reading_pages(small: Site) -> None:
    entries: dict[str, str] = defaultdict(str)
    for home in map(small.pages.home, small.catalog.records):
        address, mark, anchor = (home or "").partition("#")
        entries[address] += f"<p id='{anchor}'>x</p>" if mark else ""
    articles = {page.source: entries[page.url] for page in small.pages.pages}
    assert count_places(release_of(small)) == len(gather(small, articles)) > len(gather(small, {}))


ENTRY = """<section id="term-wording">
<h3>wording<a class="headerlink">#</a></h3><p>How <em>a t</em>ext is&#x2060; put.</p>
<nav>no</nav><div class="x cm-sources">no</div></section> after"""


def test_an_entry_of_a_page_is_found_by_itself_and_its_words_are_not_the_page_s(small: Site) -> None:
    found = gather(small, {"lists.md": f"<!-- no --><h1>Lists</h1><p data-search='no'>no</p>before {ENTRY}"})
    assert found["lists/#term-wording"] == Find(
        "lists/#term-wording", "Wording", "Term", "wording How a text is put.", "How a text is put.", "", (), 1.0
    )
    assert found["lists/"].text == "Lists before after"
    assert "lists/#party-north" not in found, "what the page does not print is not found there"


def test_what_is_found_counts_by_its_kind_and_its_subject(small: Site) -> None:
    ids = ["deadline-meeting", "event-fair", "answer-binding", "measure-control", "series-imports", "party-north"]
    entries = "".join(f"<p id='{one}'>x</p>" for one in ids)
    found = gather(small, {"lists.md": entries, "sources.md": "<p id='source-text'>x</p>"})
    weights = {url.partition("#")[2]: round(one.weight, 4) for url, one in found.items() if "#" in url}
    assert weights == {
        "deadline-meeting": 1.3225,
        "event-fair": 0.85,
        "answer-binding": 1.495,
        "measure-control": 1.3,
        "series-imports": 0.7,
        "party-north": 1.0,
        "source-text": 0.15,
    }
    assert (found["one/"].weight, found["lists/"].weight) == (1.25 * 1.15, 1.25)


def test_a_find_has_the_day_and_the_other_words_of_its_record(small: Site) -> None:
    entries = "".join(f"<p id='{one}'>said</p>" for one in ("measure-control", "event-fair", "answer-binding"))
    found = gather(small, {"lists.md": entries, "sources.md": "<p id='source-report'>said</p>"})
    control, fair, source = (
        found[f"lists/#{one}"] if one != "source" else found["sources/#source-report"]
        for one in ("measure-control", "event-fair", "source")
    )
    measure = small.catalog.records["measure/control"]
    assert control.also == (*measure.also, measure.instrument)  # type: ignore[attr-defined]
    assert fair.date == str(small.catalog.records["event/fair"].date)  # type: ignore[attr-defined]
    assert source.text == source.answer == small.catalog.records["source/report"].publisher  # type: ignore[attr-defined]
    assert found["lists/#answer-binding"].answer == "No; see I.1 First."


def test_a_page_is_what_its_record_or_its_section_is(small: Site) -> None:
    found = gather(small, {})
    page = small.pages.at("one.md")
    assert page
    assert page.header
    assert (found["one/"].kind, found["one/"].title, found["one/"].answer) == (
        "Provision",
        page.title,
        page.header.description,
    )
    assert found["lists/"].kind == "Page"
    assert found[""].kind == "Instrument"

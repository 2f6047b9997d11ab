"""What is typed on pages and held by records, how addresses lead to each other, and where a record is named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from macros.components.axis import Axis
from macros.components.linking import get_value
from macros.components.page_context import PageContext
from macros.components.registry import MACROS, MacroError
from macros.editor.snippets import create_snippets, fill_in
from macros.exports.overview import escape_words, export_overview
from macros.metadata.graph import MOST_CITED, describe_page
from macros.metadata.location import create_site_context
from macros.pages.known_values import AMOUNT, DAY, KnownValue, amount_in, number_of
from macros.pages.page import Page, PageHeader, Pages, page_url, relative_url
from macros.pages.prose import RUN, check_prose
from macros.problems import UsageError
from macros.renames.edits import Edit
from macros.renames.mentions import Named, edits_of, find_in_page, iter_mentions, list_guides
from macros.renames.pages import rebase_links, source_of
from macros.schema.sources import Source
from macros.schema.vocabularies import Language
from macros.site.loading import Site
from macros.site.release import create_release
from macros.skeletons.sources import guess_fields, guess_id
from macros.text.header import read_markdown
from macros.text.memory import Memory
from macros.tree import Tree
from tests.conftest import ROOT, SPECIMENS
from tests.unit.test_brief_parts import CONFIG
from tests.unit.test_records import source_of as make_source

SMALL = Tree(SPECIMENS / "small")
RUN_OF_WORDS = "one two three four five six seven eight nine ten eleven twelve"


def page_of(source: str, body: str, **header: str) -> Page:
    """Returns a page with these words, whose body begins on line 4."""
    file, _ = read_markdown(f"docs/{source}", f"---\ntitle: x\n---\n{body}".encode())
    return Page(source, file, PageHeader.model_validate({"title": "A page", "description": "It is.", **header}))


def said_of(small: Site, *pages: Page) -> list[str]:
    return [
        f"{one.path}:{one.line}:{one.column}: {one.message}" for one in check_prose(small.catalog, Pages(pages, {}))
    ]


@pytest.mark.parametrize(
    ("target", "origin", "way"),
    [
        ("", "", "./"),
        ("", "a/", "../"),
        ("a/", "", "a/"),
        ("a/", "a/", "./"),
        ("a/#x", "a/", "#x"),
        ("a/b/", "a/c/", "../b/"),
        ("a/b/#x", "a/", "b/#x"),
        ("a/", "a/b/c/", "../../"),
        ("data/x.json", "a/b/", "../../data/x.json"),
        ("x.pdf", "", "x.pdf"),
        ("#x", "a/", "../#x"),
    ],
)
def test_the_way_from_page_to_page_is_relative(target: str, origin: str, way: str) -> None:
    assert relative_url(target, origin) == way


@pytest.mark.parametrize(
    ("source", "url"),
    [("index.md", ""), ("a.md", "a/"), ("a/index.md", "a/"), ("a/b.md", "a/b/"), ("an-index.md", "an-index/")],
)
def test_a_page_stands_at_its_path(source: str, url: str) -> None:
    assert page_url(source) == url


def test_old_addresses_and_old_anchors_of_a_page_are_told_apart() -> None:
    page = page_of("a.md", "")
    assert (page.kept_anchors, page.moved_from) == ([], [])
    header = PageHeader.model_validate({"title": "A", "description": "It.", "also_at": ["old/", "#old-heading"]})
    page = replace(page, header=header)
    assert (page.kept_anchors, page.moved_from) == (["old-heading"], ["old/"])


def test_versions_of_a_page_stand_in_the_folders_of_their_languages() -> None:
    english, japanese = page_of("a/b.md", ""), page_of("ja/a/b.md", "", language="ja")
    alone = page_of("c.md", "")
    pages = Pages((english, japanese, alone), {"term/own": alone}, {"term/entry": english})
    for source in ("a/b.md", "ja/a/b.md"):
        assert pages.versions(source) == {Language.en: english, Language.ja: japanese}
    assert pages.versions("c.md") == {Language.en: alone}
    assert (pages.home("term/own"), pages.home("term/entry"), pages.home("term/no")) == ("c/", "a/b/#term-entry", None)
    assert pages.printed == {"a/b.md": ["term/entry"]}


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$550 billion", [(550, "billion", "dollar")]),
        ("a 1.5 million dollars", [(1.5, "million", "dollar")]),
        ("60 percent and 60%", [(60, "", "percent"), (60, "", "percent")]),
        ("sixty per cent", [(60, "", "percent")]),
        ("¥2 trillion", [(2, "trillion", "yen")]),
        ("$1,300", [(1300, "", "dollar")]),
        ("180 days", [(180, "", "day")]),
        ("two million tons", [(2, "million", "ton")]),
        ("13 and No. 4", []),
    ],
)
def test_two_ways_of_writing_an_amount_are_one(text: str, amounts: list[tuple[float, str, str]]) -> None:
    assert [amount_in(match) for match in AMOUNT.finditer(text)] == amounts


def test_numbers_are_read_in_words_and_digits() -> None:
    assert [number_of(one) for one in ("three", "Thirteen", "twenty", "ninety", "1,300", "2.5")] == [
        *(3, 13, 20, 90, 1300, 2.5)
    ]
    assert [one[0] for one in DAY.finditer("On October 28, 2025, and May 2025.")] == ["October 28, 2025"]


def test_what_records_hold_is_known_with_the_call_that_prints_it(small: Site) -> None:
    held = KnownValue(small.catalog, Memory())
    assert held.days["April 26, 2026"] == "{{ value('deadline/meeting', 'due') }}"
    assert held.days["October 28, 2025"] == "{{ value('instrument/framework', 'date') }}", "before one inside a part"
    assert held.days["November 10, 2026"] == "{{ value('measure/control', 'suspension.until') }}"
    assert held.amounts[180, "", "day"] == "{{ value('deadline/meeting', 'clock.length') }}"
    assert held.amounts[20, "million", "tonne"] == "{{ value('project/plant', 'capacity') }}"
    assert held.amounts[66.2, "million", "tonne"] == "{{ cell('series/imports', '2023', 'Total') }}"
    assert held.counted(1, "Terms") == "term"
    assert held.counted(2, "terms") is None


def test_what_is_typed_is_named_at_its_place_with_what_to_write(small: Site) -> None:
    body = "\nIt was on April 26, 2026.\nIt took 181 days,\n\nand the two provisions."
    found = list(check_prose(small.catalog, Pages((page_of("a.md", body),), {})))
    assert [(one.line, one.column, one.message, one.hint) for one in found] == [
        (
            5,
            11,
            "the date April 26, 2026 is typed, and a record holds it",
            "print it: {{ value('deadline/meeting', 'due') }}",
        ),
        (
            6,
            9,
            "the amount '181 days' is typed",
            "make a record of it (make new KIND=figure ID=...) and print that",
        ),
        (
            8,
            9,
            "the number of provisions is typed, and records can be counted",
            "print it: {{ count('provision') }}",
        ),
    ]
    (known,) = check_prose(small.catalog, Pages((page_of("a.md", "In 180 days."),), {}))
    assert known.hint == "print it: {{ value('deadline/meeting', 'clock.length') }}"


def test_macros_comments_and_addresses_are_no_prose(small: Site) -> None:
    body = "{{ f('181 days') }} {## 181 days ##} [x](181 days) <br title='181 days'> ok {#n181-days}"
    assert said_of(small, page_of("a.md", body)) == []


def test_a_title_says_only_what_a_record_holds(small: Site) -> None:
    said = said_of(small, page_of("a.md", "", title="In 180 days", description="Or in 181 days, by May 1, 2026."))
    assert [one.partition(": ")[2] for one in said] == [
        "'181 days' is in the description, and no record holds it",
        "'May 1, 2026' is in the description, and no record holds it",
    ]
    (macro,) = said_of(small, page_of("a.md", "", title="{{ x }} in 181 days"))
    assert macro.endswith(": a macro cannot be in the title")


def test_no_number_is_typed_on_a_page_in_another_language(small: Site) -> None:
    said = said_of(small, page_of("ja/a.md", "x\n第12条", language="ja", title="2 x", description="3"))
    assert said[0] == "docs/ja/a.md:5:2: the number 12 is typed"
    assert [one.rpartition(": ")[2] for one in said[1:]] == [
        "the number 2 is in the title",
        "the number 3 is in the description",
    ]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (f"Well, {RUN_OF_WORDS}!", ["docs/b.md:4:7"]),
        (RUN_OF_WORDS.upper().replace(" ", ",\n", 1), ["docs/b.md:4:1"]),
        (RUN_OF_WORDS.rpartition(" ")[0], []),
        (f"{RUN_OF_WORDS} {RUN_OF_WORDS}", ["docs/b.md:4:1"]),
        (RUN_OF_WORDS.replace("six", "no"), []),
    ],
)
def test_twelve_words_that_two_pages_share_are_told_once(small: Site, other: str, found: list[str]) -> None:
    said = said_of(small, page_of("a.md", f"{RUN_OF_WORDS} thirteen"), page_of("b.md", other))
    assert [one.partition(": ")[0] for one in said] == found
    assert all(one.endswith(f"{RUN} words or more stand on docs/a.md too: one two three four five ...") for one in said)


def test_a_page_may_say_the_same_twice(small: Site) -> None:
    assert said_of(small, page_of("a.md", f"{RUN_OF_WORDS}. {RUN_OF_WORDS}.")) == []


@pytest.mark.parametrize(
    ("kind", "name", "places"),
    [
        (
            "term",
            "wording",
            ["data/provision/one.yml:7:41: link", "data/provision/two.yml:7:42: link"],
        ),
        (
            "audience",
            "buyers",
            [
                "data/answer/binding.yml:4:11: asked_by",
                "data/implication/point.yml:7:13: audiences",
                "docs/buyers.md:4:18: record",
                "docs/buyers.md:11:22: meaning()",
            ],
        ),
        ("deadline", "meeting", ["data/event/fair.yml:6:21: bears_on", "docs/lists.md:8:45: value()"]),
    ],
)
def test_a_record_is_found_wherever_it_is_named(small: Site, kind: str, name: str, places: list[str]) -> None:
    assert list(map(str, iter_mentions(SMALL, small, Named(kind, name)))) == places


def test_a_mention_on_a_page_is_an_anchor_a_column_or_a_file() -> None:
    text = (
        "---\ntitle: x\n---\n[a](b.md#instrument-older) [c](b.md#instrument-older-name)\n"
        "[d](b.md?with=framework.older) [e](b.md#instrument-older-still)\n{{ link('instrument/older') }}\n"
    )
    page = page_of("x.md", text.partition("---\n[")[2])
    named = Named("instrument", "older")
    assert [str(one) for one in find_in_page(page, text, named)] == [
        "docs/x.md:6:21: link()",
        "docs/x.md:4:21: anchor",
        "docs/x.md:4:48: anchor",
        "docs/x.md:5:25: columns of the matrix",
    ]
    files = "{{ download('brief-older.pdf') }} {{ download('data/deadline/older.ics') }}"
    assert [str(one) for one in find_in_page(page, files, Named("audience", "older"))] == ["docs/x.md:1:20: download()"]
    assert [str(one) for one in find_in_page(page, files, Named("deadline", "older"))] == ["docs/x.md:1:62: download()"]
    assert list(find_in_page(page, files, Named("term", "older"))) == []


def test_guides_are_what_staff_read_and_not_what_was_so_once() -> None:
    names = [path.name for path in list_guides(Tree(ROOT))]
    assert {"README.md", "CONTRIBUTING.md", "first-edit.md"} <= set(names)
    assert "CHANGELOG.md" not in names


def test_each_mention_gets_the_new_name_at_its_place(small: Site) -> None:
    named = Named("term", "wording")
    assert edits_of(iter_mentions(SMALL, small, named), named, "words") == {
        "data/provision/one.yml": [Edit(7, 41, "wording", "words")],
        "data/provision/two.yml": [Edit(7, 42, "wording", "words")],
    }


def test_links_follow_a_page_that_moves() -> None:
    moves = {"a/b.md": "c/d.md"}
    text = "[x](../e.md#y) [z](b.md)\n[w]: <../a/b.md>\n[q](/abs.md) [p](https://x.example/a.md) [m](f.png)"
    assert list(rebase_links(text, "a/b.md", moves)) == [
        Edit(1, 20, "b.md", "d.md"),
        Edit(2, 7, "../a/b.md", "d.md"),
        Edit(3, 46, "f.png", "../a/f.png"),
    ]
    assert list(rebase_links("[x](a/b.md) [y](other.md)\n", "index.md", moves)) == [Edit(1, 5, "a/b.md", "c/d.md")]
    assert list(rebase_links("[x](./other.md)", "index.md", moves)) == []


@pytest.mark.parametrize("written", ["docs/a/b.md", "./docs/a/b.md", "docs\\a\\b.md", "a/b.md"])
def test_the_path_of_a_page_is_read_as_people_write_it(written: str) -> None:
    assert source_of(written) == "a/b.md"


@pytest.mark.parametrize("written", ["a/B.md", "a//b.md", "a.txt", "../a.md", "a--b.md"])
def test_what_cannot_be_the_path_of_a_page_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="cannot be the path of a page; small letters"):
        source_of(written)


def sources(*ids: str) -> list[Source]:
    found = []
    for one in ids:
        name, _, url = one.partition(" ")
        source = make_source(url=url, publisher=name.split("-")[0], type="primary", standing="official")
        source._id = name
        found.append(source)
    return found


@pytest.mark.parametrize(
    ("url", "known", "guess"),
    [
        ("https://a.go.jp/x/the-text.html", [], "a-the-text"),
        ("https://www.paper.co.uk/x.PDF", [], "paper-x"),
        ("https://a.news.jp/x", [], "news-x"),
        ("https://news.paper.example/2026/01/02/", ["np-a https://paper.example/1"], "np-02"),
        ("https://paper.example/2026/0102/", [], "paper-0102"),
        ("https://paper.example/", ["a-x https://paper.example/1", "b-y https://paper.example/2"], "paper"),
        ("https://paper.example/", ["a-x https://paper.example/1", "a-y https://paper.example/2"], "a"),
        (f"https://p.example/{'-'.join(['word'] * 9)}", [], "p-" + "-".join(["word"] * 7)),
        ("https://p.example/" + "w" * 60, [], "p"),
        ("https://p.example/20260319" + "w" * 60, [], "p-20260319"),
    ],
)
def test_a_source_is_named_by_its_host_and_the_end_of_its_address(url: str, known: list[str], guess: str) -> None:
    assert guess_id(url, sources(*known), []) == guess
    assert guess_id(url, sources(*known), [guess, f"{guess}-2"]) == f"{guess}-3"


def test_a_host_s_habits_are_guessed_and_those_of_a_whole_country_are_not() -> None:
    known = sources("np-a https://paper.co.jp/1", "np-b https://paper.co.jp/2", "other-c https://sub.paper.co.jp/3")
    assert guess_fields("https://paper.co.jp/9", known) == {
        "publisher": "np",
        "type": "primary",
        "standing": "official",
    }
    assert guess_fields("https://new.paper.co.jp/9", known)["publisher"] == "np"
    assert guess_fields("https://another.co.jp/9", known) == {}


@pytest.mark.parametrize(
    ("call", "filled"),
    [
        ("link('provision/financing')", "link('${1:provision/financing}')"),
        ("f('a', 12, x=['b'])", "f('${1:a}', ${2:12}, x=['${3:b}'])"),
        ("f('a$b}')", "f('${1:a\\$b\\}}')"),
        ("f()", "f()"),
    ],
)
def test_each_value_of_a_call_is_a_place_to_fill_in(call: str, filled: str) -> None:
    assert fill_in(call) == filled


def test_snippets_are_made_of_the_examples() -> None:
    snippets = create_snippets()
    assert snippets["page header"]["body"] == ["---", "title: ${1}", "description: ${2}", "---", "", "$0"]
    assert snippets["as_at"]["body"] == ["{{ as_at() \\}\\}$0"]
    assert snippets["link 2"]["prefix"] == "link"
    assert snippets["sources"]["body"] == ["{{ sources() \\}\\}", "", "$0"]
    assert snippets["count"]["description"] == "How many records of a kind there are, or how many of them fit."


def test_a_count_is_a_word_up_to_ten(small: Site) -> None:
    page = small.pages.at("one.md")
    assert page
    view = PageContext(small.catalog, small.pages, page)
    term = small.catalog.records["term/wording"]

    def count(number: int) -> str:
        records = {f"term/{one}": term for one in range(number)}
        crowded = replace(view, catalog=replace(small.catalog, records=records, _sorted={}, _indexes={}, made={}))
        return crowded.call(MACROS["count"], "term")

    assert [count(number) for number in (1, 10, 11, 1300)] == ["one", "ten", "11", "1,300"]


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("deadline/meeting", "weekday", "Sunday"),
        ("deadline/meeting", "clock.length", "180 days"),
        ("figure/share", "amount", "8.6 to 9 per cent"),
        ("figure/share", "words", "about 8.6 to 9 per cent"),
        ("instrument/framework", "exit", "By notice."),
        ("instrument/framework", "name", "the Framework"),
        ("source/report", "date", "not shown"),
        ("source/text", "date", "October 28, 2025"),
        ("deadline/meeting", "seen_until", "August 21, 2026"),
    ],
)
def test_a_value_is_a_field_a_part_of_one_or_computed(small: Site, key: str, field: str, value: str) -> None:
    assert str(get_value(small.catalog, small.catalog.records[key], field)) == value


@pytest.mark.parametrize(
    ("key", "field", "message", "hint"),
    [
        ("deadline/meeting", "lenth", "'deadline/meeting' has no 'lenth'", ""),
        ("deadline/meeting", "clock.lenth", "'deadline/meeting' has no 'clock.lenth'", "did you mean 'length'?"),
        ("deadline/undated", "due", "'deadline/undated' has no value for 'due'", "leave the macro out here"),
        ("deadline/meeting", "clock", "'clock' is a group of values", "name one: clock.starts"),
    ],
)
def test_a_value_that_is_not_there_is_said(small: Site, key: str, field: str, message: str, hint: str) -> None:
    with pytest.raises(MacroError) as caught:
        get_value(small.catalog, small.catalog.records[key], field)
    assert str(caught.value) == message
    assert caught.value.hint == hint or not hint
    if message.endswith("'due'"):
        assert get_value(small.catalog, small.catalog.records[key], field, empty="none") == "none"


def test_the_overview_lists_the_parts_of_the_navigation_and_what_lies_deeper(small: Site) -> None:
    nav = ["index.md", "gone.md", {"The text": ["one.md", {"Deep": ["two.md"]}]}, {"Lists": "lists.md"}]
    release = create_release(small, {**CONFIG, "nav": nav}, name="2026-09-30", title="Position")
    lines = export_overview(release).splitlines()
    parts = "\n".join(lines).split("\n## ")
    assert [one.splitlines()[0] for one in parts[1:]] == ["Explained", "The text", "Data", "Optional"]
    assert lines[0] == "# Explained"
    assert lines[2] == "> What it is."
    assert lines[4].startswith("Position as of September 30, 2026, not published.")
    assert [one.count("\n- [") for one in (parts[1], parts[2], parts[4])] == [2, 1, 1]
    assert "llms.txt](" not in parts[3]
    assert escape_words("a [b] <c> `d` _e_") == r"a \[b\] \<c> \`d\` \_e\_"


def test_the_graph_of_a_page_says_where_it_stands_and_what_it_cites(small: Site) -> None:
    nav = ["index.md", {"The text": ["one.md", "two.md"]}]
    release = create_release(small, {**CONFIG, "nav": nav}, name="2026-09-30", title="Position")
    page, home = small.pages.at("two.md"), small.pages.at("index.md")
    assert page
    assert home
    shelf = create_site_context(release, "September 30, 2026")
    view = PageContext(small.catalog, small.pages, page)
    for number in range(MOST_CITED + 1):
        view.notes[str(number)] = view.note("text")
    work, trail = describe_page(view, shelf.place(page))["@graph"]
    assert (work["@type"], work["headline"]) == ("Article", page.title)
    assert len(work["citation"]) == MOST_CITED
    assert (work["citation"][0]["@type"], work["citation"][0]["name"]) == ("CreativeWork", "The text")
    assert (work["about"]["@type"], work["about"]["description"][:21]) == ("CreativeWork", "The second paragraph,")
    assert (work["creativeWorkStatus"], work["isAccessibleForFree"]) == ("Candidate", True)
    assert work["temporalCoverage"] == "../2026-09-30"
    root = "https://example.test/2026-09-30/"
    assert [(one["position"], one["name"], one["item"]) for one in trail["itemListElement"]] == [
        (1, "Explained", root),
        (2, "The text", f"{root}one/"),
        (3, page.title, f"{root}two/"),
    ]
    site, work = describe_page(PageContext(small.catalog, small.pages, home), shelf.place(home))["@graph"]
    assert (site["@type"], site["description"]) == ("WebSite", "What it is.")
    assert (work["@type"], work["name"], "headline" in work) == ("WebPage", home.title, False)
    assert work["isPartOf"] == {"@id": "https://example.test/#site"}


def test_a_page_of_answers_is_one_of_questions(small: Site) -> None:
    release = create_release(small, CONFIG, name="2026-09-30", title="Position", published=None)
    page = small.pages.at("lists.md")
    assert page
    view = PageContext(small.catalog, small.pages, page, called=["downloads"])
    work, _, terms, data = describe_page(view, create_site_context(release, "today").place(page))["@graph"]
    assert (work["@type"], work["name"], len(work["mainEntity"])) == ("FAQPage", "Lists", 1)
    assert work["mainEntity"][0]["name"] == "Is it binding?"
    assert work["mainEntity"][0]["acceptedAnswer"] == {"@type": "Answer", "text": "No; see I.1 First."}
    assert [one["name"] for one in work["mentions"]] == ["An older paper", "A fair"]
    assert (terms["@type"], len(terms["hasDefinedTerm"])) == ("DefinedTermSet", 1)
    assert (data["@type"], data["isAccessibleForFree"]) == ("Dataset", True)


def test_an_axis_has_a_tick_for_every_so_many_months_but_its_end() -> None:
    axis = Axis(dt.date(2025, 1, 1), dt.date(2025, 7, 1))
    assert [(place, str(month)) for place, month in axis.ticks(3)] == [(0, "January 2025"), (49.72, "April 2025")]
    assert axis.place(dt.date(2025, 7, 1)) == 100

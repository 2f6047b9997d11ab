"""How the site speaks: rules as data, what a reader reads of a file, sentences, quotation marks, measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.site.loading import Site
from macros.style.measuring import read_pages
from macros.style.readable import read_page, read_running, read_script, read_template, read_typst
from macros.style.rules import Rules, Style, load_rules
from macros.style.sentences import count_words, split_first, split_sentences
from macros.text.characters import curl_quotes
from macros.tree import Tree
from tests.conftest import ROOT, SPECIMENS


@pytest.fixture(scope="module")
def rules() -> Rules:
    found, problems = load_rules(Tree(ROOT))
    assert found is not None, problems
    return found


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("A licence is needed.", "licence", "license"),
        ("It is favourable to labour.", "favourable", "favorable"),
        ("Forty per cent of it.", "per cent", "percent"),
        ("The paper says so.", "paper", "document's own kind"),
        ("Nothing was found.", "was found", "we found"),
        ("It was signed on 28 October 2025.", "28 October 2025", "October 28, 2025"),
        ("It costs 550 billion dollars.", "550 billion dollars", "$550 billion"),
        ("Both sides agree.", "Both sides", "the two governments"),
    ],
)
def test_what_is_not_written_is_found_with_the_better_words(rules: Rules, text: str, words: str, instead: str) -> None:
    found = {one.words: one.instead for one in rules.find(text)}
    assert instead in found[words]


@pytest.mark.parametrize(
    "text",
    [
        "The Labour Party of the United Kingdom answered.",
        'The title is "Defence Programme".',
        "The license of October 28, 2025, covers $550 billion and 60 percent.",
        "The dialogue goes on.",
    ],
)
def test_names_titles_and_good_english_are_left_alone(rules: Rules, text: str) -> None:
    assert rules.find(text) == []


@pytest.mark.parametrize(
    ("kind", "name", "exempted"),
    [("source", "title", True), ("term", "title", False), ("source", "note", False), ("term", "quote", True)],
)
def test_a_field_is_not_read_where_it_is_exempt_for_its_kind_or_any(kind: str, name: str, *, exempted: bool) -> None:
    style = Style(longest_sentence=32, exempt={"any": ["quote"], "source": ["title"]})
    assert Rules(style, {}).exempts(kind, name) is exempted


def test_a_rule_that_is_no_expression_is_refused_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "style.yml").write_text("longest_sentence: 32\nwords:\n  - {avoid: '(', write: x}\n")
    found, problems = load_rules(Tree(tmp_path))
    assert found is None
    assert [(one.path, one.line, one.column) for one in problems] == [("data/style.yml", 3, 13)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("No. 70 of the U.S. Treasury. It ends.", ["No. 70 of the U.S. Treasury.", "It ends."]),
        ("It is in the U.S. The rule is new.", ["It is in the U.S.", "The rule is new."]),
        ("See para. 2 and Nos. 70 and 72.", ["See para. 2 and Nos. 70 and 72."]),
        ("He said \u201cyes.\u201d Then he left.", ["He said \u201cyes.\u201d", "Then he left."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("One. Two [[provision/two|later]].", "One.", "Two [[provision/two|later]]."),
        ("See [[provision/two|No. 2 (U.S.)]] first. Then go.", "See [[provision/two|No. 2 (U.S.)]] first.", "Then go."),
        (
            "[[provision/two]] ends. [[provision/one|One]] is not.",
            "[[provision/two]] ends.",
            "[[provision/one|One]] is not.",
        ),
        ("It [[provision/two|ends. It goes]] on.", "It [[provision/two|ends. It goes]]", "on."),
        ("One\n  line only", "One line only", ""),
        (
            "See [[provision/two|A]] and [[provision/one|B]] now. Then go.",
            "See [[provision/two|A]] and [[provision/one|B]] now.",
            "Then go.",
        ),
    ],
)
def test_a_text_is_cut_after_its_first_sentence_and_never_within_a_link(
    small: Site, text: str, first: str, rest: str
) -> None:
    assert split_first(small.catalog, text) == (first, rest)


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert count_words("The $550 billion pledge isn't 5,000 like-minded U.S. firms' 60%.") == 10


@pytest.mark.parametrize(
    ("text", "curled"),
    [
        ('He said "yes" and "no".', "He said \u201cyes\u201d and \u201cno\u201d."),
        ("It's the firms' ('their') view.", "It\u2019s the firms\u2019 (\u2018their\u2019) view."),
        ('("quoted")', "(\u201cquoted\u201d)"),
        ("the '90s", "the \u201990s"),
        ("nothing", "nothing"),
    ],
)
def test_quotation_marks_become_curly(text: str, curled: str) -> None:
    assert curl_quotes(text) == curled


def test_what_is_read_of_a_page_keeps_its_place() -> None:
    body = (
        "A {{ link('term/x', 'paper') }} of {{ value('a/b', 'date') }}{{ cite('s', 'a licence') }} and [x](licence.md)."
    )
    read = read_page(body)
    assert len(read) == len(body)
    assert read.index("paper") == body.index("paper")
    assert "licence" not in read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("{{ link('term/x') }}", "   the text"),
        ("{{ link('term/x', 'a word') }}", "                   a word"),
        ("{{ link('term/x', \"a word\") }}", "                   a word"),
        ("{{ download('x.pdf', 'a file') }}", "                      a file"),
        ("{{ value('a/b', 'c') }}", "   ten"),
        ("{{ count('term') }}", "   ten"),
        ("{{ as_at() }}", "   ten"),
        ("{{ chart(says='It rose') }}", "               It rose"),
        ("{{ cite('text', 'a word') }}", ""),
        ("{{ entries('term') }}", ""),
        ("{## a word ##} <!-- a word --> `a word` <br> https://a.example/word {: .word }", ""),
        ("[a word](other.md)\n{{ facts() }}x", "[a word           \n             x"),
    ],
)
def test_a_call_is_read_as_what_it_prints_at_its_place(body: str, read: str) -> None:
    found = read_page(body)
    assert len(found) == len(body)
    assert found.rstrip() == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("A [[term/x|nice word]] here", "A          nice word   here"),
        ("A [[term/long-id]] here", "A   text           here"),
    ],
)
def test_a_link_in_a_record_is_read_at_its_place(text: str, read: str) -> None:
    assert read_running(text) == read


def test_the_words_of_a_script_are_those_in_quotes_with_a_space() -> None:
    script = 'say("a word"); say("one"); say(" x ");\n  // say("no word")\nput(`<b>So ${many} of</b> it`); "two words"'
    read = read_script(script)
    assert len(read) == len(script)
    assert read.split() == ["a", "word", "So", "of", "it", "two", "words"]
    for words in ("a word", "of", "two words"):
        assert read.index(words) == script.index(words)


def test_the_words_of_a_template_keep_their_places() -> None:
    template = (
        "<a title=\"One more\">{{ 'word' if x else ' so it is ' }}</a>\n{% set y = 'two words' %}<script>a b</script>"
    )
    read = read_template(template)
    assert len(read) == len(template)
    assert read.split() == ["One", "more", "so", "it", "is", "two", "words"]
    for words in ("One more", "so it is", "two words"):
        assert read.index(words) == template.index(words)
    typst = '#let x = "a word"\n[So it is] "one" [one]'
    assert read_typst(typst).split() == ["a", "word", "So", "it", "is"]
    assert read_typst(typst).index("So it is") == typst.index("So it is")


def test_what_is_read_of_running_text_and_templates() -> None:
    assert read_running("A [[term/licence|paper]] b").split() == ["A", "paper", "b"]
    template = "<p title=\"Read out\">{% if x %}Seen{% endif %}{{ 'may print this' if y }} {# no word #}</p><!-- no -->"
    assert read_template(template).split() == ["Read", "out", "Seen", "may", "print", "this"]
    assert read_typst('#let x = 1 // no word\n[Some words] "other words"').split() == [
        "Some",
        "words",
        "other",
        "words",
    ]


def test_a_built_page_is_measured_without_frame_and_sources(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(
        "<html><body><nav>Not this one here.</nav><article><p>The cat sat on the mat.<sup>1</sup> It was not a dog.</p>"
        '<p data-words="no">Nor is this one measured.</p><h2 id="sources">Sources</h2><p>A source is not prose.</p>'
        "</article></body></html>",
        encoding="utf-8",
    )
    ((reading, text),) = read_pages(tmp_path)
    assert reading.sentences == ("The cat sat on the mat.", "It was not a dog.")
    assert (reading.address, reading.median, reading.longest) == ("a", 5.5, 6)
    assert reading.ease > 100
    assert "Sources" in text


@pytest.mark.parametrize(
    ("passage", "counted"),
    [
        ("<p>It is so now.</p>", 1),
        ("<p>It is so.</p>", 0),
        ("<p>It is not an end</p>", 0),
        ("<p>He said &ldquo;it is so.&rdquo;</p>", 1),
        ("<p>It is so (or not).</p><p>Is it so now?</p><p>(It is so now)</p>", 3),
        ("<ul><li><p>It is so now.</p></li></ul>", 1),
        ("<table><tr><td>It is so now.</td></tr></table><dl><dd>It is so now.</dd></dl>", 2),
        ('<p>It is so now.<a class="headerlink">It is a mark.</a></p>', 1),
    ],
)
def test_only_whole_sentences_are_measured_each_once(tmp_path: Path, passage: str, counted: int) -> None:
    (tmp_path / "index.html").write_text(f"<article>{passage}</article>", encoding="utf-8")
    ((reading, _),) = read_pages(tmp_path)
    assert len(reading.sentences) == counted
    assert reading.address == "."


def test_a_page_without_sentences_reads_with_ease(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("<article></article>", encoding="utf-8")
    (tmp_path / "index.html").write_text("<p>It is no article.</p>", encoding="utf-8")
    ((reading, text),) = read_pages(tmp_path)
    assert (reading.address, reading.words, reading.median, reading.longest, reading.ease, text) == (
        "a",
        0,
        0,
        0,
        100,
        "",
    )


def test_the_specimen_of_bad_style_is_refused_at_its_places() -> None:
    expected = (SPECIMENS / "broken" / "expected.txt").read_text(encoding="utf-8")
    assert "data/term/british.yml:5:27: 'licence' is not how the site speaks\n    hint: write: license" in expected
    assert "Labour" not in expected

"""What commands take and say: options with their defaults, the record of an edition, where a fact is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from macros.commands import edition, where
from macros.commands.arguments import VERBS, parse
from macros.commands.edition import _record
from macros.problems import ContentError, UsageError
from macros.schema.dates import PartialDate
from macros.store.edition import EditionRecord
from macros.tree import Tree
from tests.conftest import SPECIMENS

TODAY = dt.date(2026, 11, 30)
DAY = PartialDate("2026-09-30")


def test_a_command_works_in_this_folder_unless_another_is_named() -> None:
    assert parse(["check"]).tree == Path()
    assert parse(["--tree", "elsewhere", "check"]).tree == Path("elsewhere")


@pytest.mark.parametrize("line", [[], ["chekc"], ["check", "--all"], ["where"], ["edition", "--again"]])
def test_what_makes_no_sense_is_refused(line: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(line)
    assert caught.value.code == 2


def test_every_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(["--help"])
    assert caught.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert [name for name, (what, _) in VERBS.items() if f"{name} {what}" not in said] == []


def test_what_is_not_written_has_its_default() -> None:
    begun = parse(["new", "term"])
    assert (begun.kind, begun.id, begun.title, begun.record) == ("term", "", "", "")
    frozen = parse(["edition", "2026-09-30"])
    assert (frozen.as_at, frozen.again, frozen.published, frozen.sources) == ("2026-09-30", False, None, None)
    assert parse(["edition", "2026-09-30", "--again"]).again is True
    asked = parse(["links"])
    assert (asked.format, asked.http) == ("text", True)
    assert parse(["links", "--no-http"]).http is False


def record(*words: str, number: int = 1, old: EditionRecord | None = None) -> EditionRecord:
    return _record(parse(["edition", DAY.text, *words]), DAY, number, old, TODAY)


@pytest.mark.parametrize("day", ["2026-09-30", "2026-11-30"])
def test_an_edition_is_published_on_its_day_at_the_earliest_and_today_at_the_latest(day: str) -> None:
    assert record("--published", day).published == PartialDate(day)


@pytest.mark.parametrize("day", ["2026-09-29", "2026-12-01", "2026-11"])
def test_another_day_of_publication_is_refused(day: str) -> None:
    with pytest.raises(
        UsageError, match=f"'{day}' cannot be the day of publication: write a day from 2026-09-30 to 2026"
    ):
        record("--published", day)


def test_an_edition_has_a_title_of_its_day_unless_another_is_given() -> None:
    assert record().title == "Position as of September 30, 2026"
    assert record("--title", "Ours").title == "Ours"
    assert (record().number, record().note, record().published) == (1, None, None)


def test_what_is_frozen_anew_keeps_what_it_said() -> None:
    old = record("--title", "Old", "--note", "A note.")
    assert record(old=old) == old
    again = record("--title", "New", "--published", "2026-10-01", old=old)
    assert (again.title, again.note, again.published) == ("New", "A note.", PartialDate("2026-10-01"))


@pytest.mark.parametrize("words", [(), ("--note", "x"), ("--supersedes", "2026-09-30")])
def test_a_correction_says_what_it_mends_and_what_it_takes_the_place_of(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="a correction says what it mends and which edition it supersedes"):
        record(*words, number=2)
    whole = record("--note", "x", "--supersedes", "2026-09-30", number=2)
    assert (whole.number, whole.note, whole.supersedes) == (2, "x", "2026-09-30")


def test_what_a_freezing_that_was_cut_off_left_is_put_right_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "editions" / f".freezing-{DAY.text}").mkdir(parents=True)
    for said in (f"an earlier freezing of {DAY.text} was cut off before it was whole: what it left is removed\n", ""):
        with pytest.raises(UsageError, match="2999-01-01 lies in the future"):
            edition.run(Tree(tmp_path), parse(["edition", "2999-01-01"]))
        assert capsys.readouterr().out == said


def test_an_edition_is_as_of_today_at_the_latest(tmp_path: Path) -> None:
    today = dt.date.today()
    for day, said in (
        (today, "no earlier edition 'x'; editions: none"),
        (today + dt.timedelta(1), "lies in the future"),
    ):
        with pytest.raises(UsageError, match=said):
            edition.run(Tree(tmp_path), parse(["edition", day.isoformat(), "--supersedes", "x"]))


def test_where_names_what_cites_a_record_and_then_the_calls_that_show_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert where.run(Tree(SPECIMENS / "small"), parse(["where", "provision/first"])) == 0
    parts = capsys.readouterr().out.split("\n\n")
    assert parts[0] == "provision/one: data/provision/one.yml; its place on the site: one/"
    named, pages, shown = (part.splitlines() for part in parts[1:])
    assert (named[0], pages[0]) == ("Named in records:", "Named on pages:")
    assert shown[0] == "Shown on pages that do not name it there:"
    assert "  data/provision/two.yml:6:9: parent" in named
    assert "  data/term/wording.yml:5:21: used_in" in named
    assert pages[1:] == ["  docs/one.md:4:19: record"]
    assert "  docs/one.md:13:4: part('deadlines')" in shown
    assert shown[-1] == f"{len(named) - 1} records name it; it is on 5 pages"


def test_where_a_page_names_a_record_its_call_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert where.run(Tree(SPECIMENS / "small"), parse(["where", "deadline/meeting"])) == 0
    said = capsys.readouterr().out
    named = [line for line in said.splitlines() if line.startswith("  docs/")]
    places = [line.split(":")[:2] for line in named]
    assert len(places) == len({tuple(place) for place in places})
    with pytest.raises(UsageError, match=r"no record 'term/wordin': did you mean 'wording'\?"):
        where.run(Tree(SPECIMENS / "small"), parse(["where", "term/wordin"]))
    with pytest.raises(ContentError):
        where.run(Tree(tmp_path), parse(["where", "term/wording"]))

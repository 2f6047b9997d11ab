"""Editions: frozen whole or not at all, built word for word, refused when anything in them is wrong."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import time

import pytest
from bs4 import BeautifulSoup

from macros.publication.root import list_pages
from macros.store.edition import PARTS, load_editions
from macros.store.stored import list_urls
from tests.site.project import FIRST, SECOND, Project, hrefs, page, text


def test_every_edition_and_the_latest_stand_at_their_addresses(made: Project) -> None:
    site = made.top / "site"
    assert {one.name for one in site.iterdir() if one.is_dir()} == {FIRST, SECOND, "latest", "between"}
    assert (site / "latest" / "two" / "index.html").read_bytes() == (site / SECOND / "two" / "index.html").read_bytes()
    assert "It says something." in page(made, f"{FIRST}/two").get_text()
    assert "It says something else." in page(made, f"{SECOND}/two").get_text()
    for edition in (FIRST, SECOND):
        canonical = page(made, f"{edition}/two").select_one("link[rel=canonical]")
        assert canonical is not None
        assert str(canonical["href"]).endswith("/latest/two/")


def test_the_root_has_what_hosts_and_readers_need(made: Project) -> None:
    site = made.top / "site"
    versions = json.loads((site / "versions.json").read_text())
    assert [one["version"] for one in versions] == [SECOND, FIRST]
    assert [one["aliases"] for one in versions] == [["latest"], []]
    assert "url=latest/" in (site / "index.html").read_text()
    # Without SITE_URL no whole address of the map is known.
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert not (site / "sitemap.xml").exists()
    missing = BeautifulSoup((site / "404.html").read_text(), "lxml")
    assert [str(a["data-edition"]) for a in missing.select("a[data-edition]")] == ["latest", FIRST]
    assert not list(site.glob("*/404.html"))


def test_the_map_has_every_page_once_at_its_whole_address(made: Project) -> None:
    editions, _ = load_editions(made.top, dt.date.max)
    listed = list_pages(editions, {one.id: list_urls(one) for one in editions}, "https://www.firm.example/")
    places = [loc.text for loc in BeautifulSoup(listed, "xml").find_all("loc")]
    assert all(place.startswith("https://www.firm.example/") for place in places)
    assert sum(place.endswith("/two/") for place in places) == 1
    assert [place for place in places if place.endswith("/buyers/")] == [
        place.replace("latest", FIRST).replace("customers", "buyers") for place in places if "customers" in place
    ]


def test_every_page_says_its_edition_and_where_else_it_stands(made: Project) -> None:
    assert text(page(made, f"{SECOND}/two"), ".cm-edition") == "As of September 30, 2026 candidate edition"
    assert hrefs(page(made, f"{SECOND}/two"), "#cm-editions-menu a") == [f"../../{FIRST}/two/"]
    assert "this page is not in it" in text(page(made, f"{SECOND}/more/new"), "#cm-editions-menu")
    assert "A note for readers." in text(page(made, SECOND), ".cm-edition")
    assert hrefs(page(made, f"{FIRST}/two"), ".cm-banner a") == ["../../latest/two/"]
    gone = page(made, f"{FIRST}/buyers")
    assert hrefs(gone, ".cm-banner a") == ["../../latest/"]
    assert "nearest page" in text(gone, ".cm-banner")
    assert not page(made, f"{SECOND}/two").select(".cm-banner, .md-banner")


def test_links_between_editions_lead_somewhere(made: Project) -> None:
    done = made.run("links")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_draft_is_marked_and_never_in_the_site(made: Project) -> None:
    done = made.run("draft")
    assert done.returncode == 0, done.stderr
    for path in (made.top / "draft" / "latest").rglob("index.html"):
        assert BeautifulSoup(path.read_text(), "lxml").select(".cm-banner--draft"), path
    for path in (made.top / "site").rglob("*.html"):
        assert "cm-banner--draft" not in path.read_text(), path


@pytest.mark.parametrize(
    ("record", "place", "message"),
    [
        ("as_at: [", "1:8", "'[' is opened here and not closed"),
        ("as_at: 2026-09-30\n", "1:1", "key 'title' is missing"),
        ("as_at: 2026-09\ntitle: T\n", "1:8", "an edition is as of a day"),
        ("as_at: 2999-01-01\ntitle: T\n", "1:8", "the folder is '2026-09-30'"),
        ("as_at: 2026-09-30\ntitle: T\npublished: 2999-01-01\n", "3:12", "lies in the future"),
        ("as_at: 2026-09-30\ntitle: T\npublished: 2026-09-01\n", "3:12", "before its as-at date"),
        ("as_at: 2026-09-30\ntitle: T\nsupersedes: 2020-01-01\n", "3:13", "no earlier edition '2020-01-01'"),
        ("as_at: 2026-09-30\ntitle: T\nsupersedes: last\n", "3:13", "not an edition: 'last'"),
        ("as_at: 2026-08-31\ntitle: T\n", "1:1", "two editions with one id"),
        ("as_at: 2026-09-30\ntitle: T\nwho: me\n", "3:1", "unknown key 'who'"),
    ],
)
def test_a_bad_record_is_refused(project: Project, record: str, place: str, message: str) -> None:
    (project.top / "editions" / SECOND / "edition.yml").write_text(record)
    done = project.run("site")
    assert done.returncode == 1
    line = next((one for one in done.stderr.splitlines() if message in one), done.stderr)
    assert line.startswith(f"editions/{SECOND}/edition.yml:{place}: "), done.stderr
    assert "Traceback" not in done.stderr
    assert (project.top / "site" / "latest" / "index.html").is_file(), "the old site is left whole"


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_is_refused(project: Project, part: str) -> None:
    path = project.top / "editions" / FIRST / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}:1:1: the edition has no {part}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_with_another_name_is_refused(project: Project) -> None:
    (project.top / "editions" / FIRST).rename(project.top / "editions" / "first")
    done = project.run("site")
    assert done.returncode == 1
    assert "editions/first:1:1: 'first' cannot be an edition" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([SECOND], 2, "AGAIN=1 freezes it anew"),
        (["2026-09"], 2, "is not the name of an edition"),
        (["2999-01-01"], 2, "lies in the future"),
        (["2026-10-01"], 1, "data/catalog.yml:1:1: as_at is 2026-09-30, and an edition as of 2026-10-01 is wanted"),
        (["2026-10-01", "--again"], 2, "there is no edition 2026-10-01"),
        ([f"{SECOND}.2"], 2, "a correction says what it mends"),
        ([SECOND, "--again", "--published", "2999-01-01"], 2, "'2999-01-01' cannot be the day of publication"),
        ([SECOND, "--again", "--published", FIRST], 2, f"write a day from {SECOND} to"),
        ([SECOND, "--again", "--published", "2026-10"], 2, "cannot be the day of publication"),
        ([SECOND, "--again", "--published", SECOND], 2, f"publish {FIRST} first"),
        ([f"{SECOND}.2", "--note", "Mends.", "--supersedes", "2020-01-01"], 2, "no earlier edition '2020-01-01'"),
    ],
)
def test_freezing_is_refused(project: Project, words: list[str], code: int, message: str) -> None:
    before = sorted(one.name for one in (project.top / "editions").iterdir())
    done = project.run("edition", *words)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(one.name for one in (project.top / "editions").iterdir()) == before


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("data/term/wording.yml", "definition:", "defintion:", "unknown key 'defintion'"),
        ("docs/two.md", "It says", "[It](nowhere.md) says", "nowhere.md"),
        ("data/event/fair.yml", "date: 2026-03", "date: 2026-10", "lies after the as-at date"),
    ],
)
def test_what_check_or_build_refuses_is_not_frozen(
    project: Project, path: str, old: str, new: str, message: str
) -> None:
    shutil.rmtree(project.top / "editions" / SECOND)
    project.change(path, old, new)
    done = project.run("edition", SECOND)
    assert done.returncode == 1
    assert message in done.stderr
    assert sorted(one.name for one in (project.top / "editions").iterdir() if not one.name.startswith(".")) == [FIRST]


def test_a_candidate_is_frozen_again(project: Project) -> None:
    project.change("docs/two.md", "something else", "something new")
    project.freeze(SECOND, "--again")
    assert "something new" in (project.top / "editions" / SECOND / "pages" / "two.html").read_text()
    record = project.top / "editions" / SECOND / "edition.yml"
    assert "A note for readers." in record.read_text(), "its record is kept"


def test_an_older_candidate_is_frozen_again_from_another_folder(project: Project) -> None:
    project.change(f"sources/{FIRST}/docs/two.md", "It says something.", "It says less.")
    project.freeze(FIRST, "--again", "--sources", f"sources/{FIRST}")
    assert "It says less." in (project.top / "editions" / FIRST / "pages" / "two.html").read_text()
    done = project.run("site")
    assert done.returncode == 1, "the later one says what changed since another"
    assert f"editions/{SECOND}/edition.yml:1:1: it says what changed since the edition {FIRST}" in done.stderr
    project.freeze(SECOND, "--again")
    assert project.run("site").returncode == 0


def test_a_correction_stands_beside_what_it_corrects(project: Project) -> None:
    project.change("docs/two.md", "something else", "something right")
    project.freeze(f"{SECOND}.2", "--note", "Mends a word.", "--supersedes", SECOND)
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    assert f"../../{SECOND}.2/two/" in hrefs(page(project, f"{SECOND}/two"), ".cm-banner a")
    assert "something else" in page(project, f"{SECOND}/two").get_text()
    assert "something right" in page(project, "latest/two").get_text()
    assert f"corrects {SECOND}" in text(page(project, "latest/two"), ".cm-edition")


def kill_freezing(project: Project, seconds: float, *, again: bool) -> None:
    folder = project.top / "editions" / SECOND
    if not again:
        shutil.rmtree(folder)
    words = ["edition", SECOND, *(["--again"] if again else [])]
    process = project.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)  # with the builder that it has started, as when a machine stops
    process.wait()
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    if not folder.exists():
        retry = project.run("edition", SECOND)
        assert retry.returncode == 0, retry.stderr
    assert project.run("site").returncode == 0


@pytest.mark.parametrize("seconds", [0.7, 1.4, 2.4])
@pytest.mark.parametrize("again", [False, True])
def test_a_killed_freezing_leaves_all_or_nothing(project: Project, seconds: float, *, again: bool) -> None:
    kill_freezing(project, seconds, again=again)


@pytest.mark.audit
@pytest.mark.parametrize("tenth", range(1, 31))
def test_a_freezing_killed_at_thirty_instants(project: Project, tenth: int) -> None:
    kill_freezing(project, tenth / 8, again=tenth % 2 == 0)


def test_two_builds_at_once_leave_a_whole_site(project: Project) -> None:
    """One of them may find the other at work and say so."""
    both = [project.start("site", stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes
    assert [
        words for code, words in zip(codes, said, strict=True) if code and "another build of site/" not in words
    ] == []
    assert (project.top / "site" / "latest" / "index.html").is_file()
    assert sorted(one.name for one in project.top.glob(".site*")) == []


def test_what_a_cut_off_freezing_left_is_said_and_mended(project: Project) -> None:
    folder = project.top / "editions"
    (folder / SECOND).rename(folder / f".old-{SECOND}")
    shutil.copytree(folder / f".old-{SECOND}", folder / f".freezing-{SECOND}")
    done = project.run("edition", SECOND, "--again")
    assert done.returncode == 0, done.stderr
    assert "the edition is back as it was" in done.stdout
    assert sorted(one.name for one in folder.iterdir()) == [FIRST, SECOND]


def test_the_site_is_built_with_an_edition_that_was_set_aside(project: Project) -> None:
    folder = project.top / "editions"
    (folder / SECOND).rename(folder / f".old-{SECOND}")
    (folder / f".freezing-{SECOND}").mkdir()
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    assert f"an earlier freezing of {SECOND} was cut off: the edition is back as it was" in done.stdout
    assert (project.top / "site" / SECOND / "index.html").is_file()
    assert (folder / f".freezing-{SECOND}").is_dir(), "another freezing may be at work"


def test_without_an_edition_the_command_says_how_to_make_one(project: Project) -> None:
    shutil.rmtree(project.top / "editions")
    done = project.run("site")
    assert done.returncode == 2
    assert "make edition AS_AT=" in done.stderr

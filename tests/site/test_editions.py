"""Editions: frozen whole or not at all, built word for word, refused when anything in them is wrong."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from macros.editions.digests import hash_file, write_manifest
from macros.editions.edition import PARTS
from macros.editions.stored import split_page
from tests.site.project import FIRST, SECOND, Project, hrefs, page, text


def test_every_edition_and_the_latest_stand_at_their_addresses(made: Project) -> None:
    site = made.top / "site"
    assert {one.name for one in site.iterdir() if one.is_dir()} == {FIRST, SECOND, "latest"}
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
    places = [loc.text for loc in BeautifulSoup((site / "sitemap.xml").read_bytes(), "xml").find_all("loc")]
    assert sum(place.endswith("/two/") for place in places) == 1
    assert [place for place in places if place.endswith("/buyers/")] == [
        place.replace("latest", FIRST).replace("customers", "buyers") for place in places if "customers" in place
    ]
    missing = BeautifulSoup((site / "404.html").read_text(), "lxml")
    assert [str(a["data-edition"]) for a in missing.select("a[data-edition]")] == ["latest", FIRST]
    assert not list(site.glob("*/404.html"))


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


def test_a_changed_label_changes_no_byte_of_an_edition(project: Project) -> None:
    """Whatever becomes of the components: an edition is what readers were given."""
    before = articles(project)
    for path in (project.top / "overrides" / "components").rglob("*.html"):
        path.write_text(path.read_text().replace("<p", "<p title='new'").replace("</dl>", "</dl><p>More.</p>"))
    frame = project.top / "overrides" / "partials" / "footer.html"
    frame.write_text(frame.read_text().replace("<footer", "<footer data-new"))
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("every byte as it was frozen") == 2
    assert articles(project) == before
    assert "<footer data-new" in (project.top / "site" / FIRST / "two" / "index.html").read_text(), (
        "the frame is today's"
    )


def articles(project: Project) -> dict[str, str]:
    """Returns the stored article of each page; each stands in the site's page as it is stored."""
    found = {}
    for edition in (FIRST, SECOND):
        folder = project.top / "editions" / edition
        for path in sorted((folder / "pages").rglob("*.html")):
            head, article = split_page(path.read_text(encoding="utf-8"))
            built = (project.top / "site" / edition / head.url / "index.html").read_text(encoding="utf-8")
            first, edge, rest = article.strip().partition("</p>")
            assert f"{first}{edge}" in built
            assert rest.strip() in built
            found[f"{edition}/{head.url}"] = article
        for path in sorted(one for one in (folder / "files").rglob("*") if one.is_file()):
            served = project.top / "site" / edition / path.relative_to(folder / "files")
            assert served.read_bytes() == path.read_bytes(), served
    assert len(found) > 10
    return found


STORED = [
    "pages/two.html",
    "files/data/term.json",
    "files/data/term.csv",
    "files/data/term.schema.json",
    "files/deadlines.ics",
    "files/sources.bib",
    "files/brief.pdf",
    "files/llms.txt",
    "files/assets/cards/home.png",
    "nav.json",
    "finds.json",
    "compared.json",
    "edition.yml",
]


@pytest.mark.parametrize("name", STORED)
def test_one_flipped_byte_is_refused(project: Project, name: str) -> None:
    path = project.top / "editions" / FIRST / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    before = (project.top / "site" / "versions.json").stat().st_mtime_ns
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/{name}:" in done.stderr
    assert name == "edition.yml" or "the frozen file was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project.top / "site" / "versions.json").stat().st_mtime_ns == before, "the old site is left whole"


def test_what_is_swapped_removed_added_or_linked_is_refused(project: Project) -> None:
    folder = project.top / "editions" / FIRST
    pages = folder / "pages"
    (pages / "one.html").rename(pages / "aside.html")
    (pages / "two.html").rename(pages / "one.html")
    (pages / "aside.html").rename(pages / "two.html")
    (folder / "files" / "llms.txt").unlink()
    (folder / "files" / "new.txt").write_text("new")
    elsewhere = project.top / "elsewhere"
    (folder / "files" / "data").rename(elsewhere)
    (folder / "files" / "data").symlink_to(elsewhere)
    done = project.run("site")
    assert done.returncode == 1
    for name, what in (
        ("pages/one.html", "was changed"),
        ("pages/two.html", "was changed"),
        ("files/llms.txt", "is gone"),
        ("files/new.txt", "is new"),
        ("files/data", "is new"),
        ("files/data/term.json", "is gone"),
    ):
        assert f"editions/{FIRST}/{name}:1:1: the frozen file {what} since the edition was frozen" in done.stderr
    assert "freeze the candidate anew" in done.stderr


def test_a_file_that_is_a_link_is_refused(project: Project) -> None:
    path = project.top / "editions" / FIRST / "pages" / "two.html"
    path.rename(project.top / "two.html")
    path.symlink_to(project.top / "two.html")
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/pages/two.html:1:1: the frozen file is a link now" in done.stderr


def test_other_line_ends_are_told_from_other_words(project: Project) -> None:
    path = project.top / "editions" / FIRST / "pages" / "two.html"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/pages/two.html:1:1: the frozen file has other line ends" in done.stderr
    assert ".gitattributes" in done.stderr


def verify(folder: Path, name: str) -> str:
    """Returns what sha256sum, which knows nothing of us, says against the digests in a file."""
    command = [str(shutil.which("sha256sum")), "--check", "--strict", "--quiet", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_anybody_can_verify_an_edition(made: Project) -> None:
    for edition in (FIRST, SECOND):
        assert verify(made.top / "editions" / edition, "manifest-sha256.txt") == ""
        assert len(list((made.top / "editions" / edition).rglob("*"))) < 350


def test_published_editions_form_a_chain(project: Project) -> None:
    project.publish(SECOND, SECOND)
    assert project.run("site").returncode == 0
    editions = project.top / "editions"
    lines = (editions / "published.sha256").read_text().splitlines()
    assert [line.partition("  ")[2] for line in lines] == [f"{one}/manifest-sha256.txt" for one in (FIRST, SECOND)]
    assert verify(editions, "published.sha256") == ""
    record = yaml.safe_load((editions / SECOND / "edition.yml").read_text())
    assert record["follows"] == {"edition": FIRST, "sha256": lines[0][:64]}
    versions = json.loads((project.top / "site" / "versions.json").read_text())
    assert [one["manifest_sha256"] for one in versions] == [lines[1][:64], lines[0][:64]]
    assert "published September 30, 2026" in (editions / FIRST / "files" / "llms.txt").read_text()
    done = project.run("edition", SECOND, "--again")
    assert done.returncode == 2
    assert f"a correction is a new edition, {SECOND}.2" in done.stderr


def test_a_page_changed_together_with_its_manifest_is_noticed(project: Project) -> None:
    project.publish(SECOND, SECOND)
    folder = project.top / "editions" / FIRST
    project.change(f"editions/{FIRST}/pages/two.html", "It says something.", "It says nothing.")
    write_manifest(folder)
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/manifest-sha256.txt:1:1: the manifest is not the one that was published" in done.stderr
    ledger = project.top / "editions" / "published.sha256"
    ledger.write_text(
        "".join(
            f"{hash_file(project.top / 'editions' / one / 'manifest-sha256.txt')}  {one}/manifest-sha256.txt\n"
            for one in (FIRST, SECOND)
        )
    )
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{SECOND}/edition.yml:1:1: it does not follow {FIRST}" in done.stderr


def test_a_day_of_publication_is_not_written_by_hand(project: Project) -> None:
    record = project.top / "editions" / FIRST / "edition.yml"
    record.write_text(record.read_text() + f"published: {SECOND}\n")
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/edition.yml:1:1: published: is written by hand" in done.stderr
    assert f"make edition AS_AT={FIRST} AGAIN=1 PUBLISHED=" in done.stderr


def test_a_changed_title_of_a_published_edition_is_refused(project: Project) -> None:
    project.publish(SECOND, SECOND)
    project.change(f"editions/{FIRST}/edition.yml", "title: First", "title: The first")
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/edition.yml:1:1: the frozen file was changed" in done.stderr
    assert "a published edition never changes" in done.stderr


STEP = """
def _rename(rows: Rows) -> Rows:
    terms = [{"meaning" if name == "definition" else name: one for name, one in row.items()} for row in rows["term"]]
    return {**rows, "term": terms}
"""


def test_code_and_schema_are_free_when_editions_are_published(project: Project) -> None:
    """A field renamed, one dropped, one required, a macro renamed: with a step that lifts old records."""
    project.publish(SECOND, SECOND)
    assert project.run("site").returncode == 0
    before = articles(project)
    project.change("macros/schema/subjects.py", "    definition: Text", "    meaning: Text")
    done = project.run("check")
    assert done.returncode == 1
    shutil.copytree(project.top / "data", project.top / "kept")
    for path in (project.top / "data" / "term").glob("*.yml"):
        path.write_text(path.read_text().replace("definition:", "meaning:"))
    for folder in ("macros", "overrides"):
        for path in [*(project.top / folder).rglob("*.py"), *(project.top / folder).rglob("*.html")]:
            text = path.read_text()
            if "term.definition" in text or "record.definition" in text:
                path.write_text(
                    text.replace("term.definition", "term.meaning").replace("record.definition", "record.meaning")
                )
    done = project.run("check")
    assert done.returncode == 1
    assert f"editions/{FIRST}/files/data/term.json:1:1: term/" in done.stderr
    assert "can be compared no more" in done.stderr
    assert "SCHEMA_VERSION" in done.stderr
    project.change("macros/exporting/upgrades.py", "SCHEMA_VERSION = 2", "SCHEMA_VERSION = 3")
    project.change("macros/exporting/upgrades.py", "MappingProxyType({})", "MappingProxyType({2: _rename})")
    project.change("macros/exporting/upgrades.py", "# The version that", f"{STEP}\n\n# The version that")
    project.change("macros/writing/listing.py", "def index(", "def listed(")
    done = project.run("check")
    assert done.returncode == 0, done.stdout + done.stderr
    done = project.run("site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert articles(project) == before
    project.change("docs/two.md", "something else", "something newer")
    assert project.run("draft").returncode == 0, "a draft is compared with the older form"


@pytest.mark.parametrize(
    ("record", "place", "message"),
    [
        ("as_at: [", "2:1", "not valid YAML"),
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


@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.7, 1.0, 1.4, 1.9])
@pytest.mark.parametrize("again", [False, True])
def test_a_killed_freezing_leaves_all_or_nothing(project: Project, seconds: float, *, again: bool) -> None:
    folder = project.top / "editions" / SECOND
    if not again:
        shutil.rmtree(folder)
    words = ["edition", SECOND, *(["--again"] if again else [])]
    process = subprocess.Popen(
        project.command(*words), cwd=project.top, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    if not folder.exists():
        retry = project.run("edition", SECOND)
        assert retry.returncode == 0, retry.stderr
    assert project.run("site").returncode == 0


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

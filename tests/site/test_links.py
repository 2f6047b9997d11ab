"""Links that were broken on purpose: each kind is found, once, at the line that made it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from tests.site.project import FIRST, SECOND, Project
from tests.site.sharing import share

HOST = "https://www.firm.example"
# A draft names this one, which nobody has, until somebody says where the site will stand.
DRAFT_HOST = "https://critical-minerals.example"


class Defect(NamedTuple):
    """HTML to be planted, the value by which its finding is known, and words of the message."""

    planted: str
    value: str
    says: str


# Planted in the stored page and in the page that was made of it, as a broken article would be.
IN_ARTICLES = [
    Defect('<a href="lost-page/">x</a>', "lost-page/", "two/lost-page, which is not there"),
    Defect('<a href="../lost-file.pdf">x</a>', "../lost-file.pdf", "not there"),
    Defect('<a href="/latest/lost-root/">x</a>', "/latest/lost-root/", "not there"),
    Defect(f'<a href="{HOST}/{SECOND}/lost-own/">x</a>', f"{HOST}/{SECOND}/lost-own/", "not there"),
    Defect(f'<a href="{HOST}/2001-01-01/">x</a>', f"{HOST}/2001-01-01/", "not there"),
    Defect(f'<a href="../../{FIRST}/lost-edition/">x</a>', f"../../{FIRST}/lost-edition/", "not there"),
    Defect('<a href="../../../../out/">x</a>', "../../../../out/", "leads out of the site"),
    Defect('<a href="../One/">x</a>', "../One/", "not there"),
    Defect('<a href="../one.md">x</a>', "../one.md", "not there"),
    Defect('<a href="../lists">x</a>', "../lists", "needs a / at its end"),
    Defect('<a href="../index.html/">x</a>', "../index.html/", "as if it were a folder"),
    Defect('<a href="#lost-here">x</a>', "#lost-here", "leads to #lost-here"),
    Defect('<a href="../one/#lost-there">x</a>', "../one/#lost-there", "leads to #lost-there"),
    Defect(f'<a href="{HOST}/latest/one/#lost-own">x</a>', f"{HOST}/latest/one/#lost-own", "#lost-own"),
    Defect('<a href="../data/index.json#lost">x</a>', "../data/index.json#lost", "is no page"),
    Defect('<a href="../one/#:~:text=never%20said">x</a>', "../one/#:~:text=never%20said", "points at words"),
    Defect('<a href="../one/#:~:txt=First">x</a>', "../one/#:~:txt=First", "no browser reads"),
    Defect('<a href="https://example.org/a#:~:text=">x</a>', "https://example.org/a#:~:text=", "no browser reads"),
    Defect('<a href="" title="empty-address">x</a>', "", "the address is empty"),
    Defect('<a href="#">x</a>', "#", "the address is empty"),
    Defect('<a href="../lists/?wordless"></a>', "../lists/?wordless", "a link without words"),
    Defect('<a class="aimless">x</a>', "", "a link without an address"),
    Defect('<a href="http://example.org/plain">x</a>', "http://example.org/plain", "plain http"),
    Defect('<a href="http://www.firm.example/p">x</a>', "http://www.firm.example/p", "plain http"),
    Defect('<a href="ftp://example.org/old">x</a>', "ftp://example.org/old", "the scheme ftp:"),
    Defect('<a href="javascript:void(0)">x</a>', "javascript:void(0)", "the scheme javascript:"),
    Defect('<a href="https://me:word@example.org/">x</a>', "https://me:word@example.org/", "a user name"),
    Defect('<a href="//example.org/bare">x</a>', "//example.org/bare", "no scheme"),
    Defect('<a href="https://intranet/page">x</a>', "https://intranet/page", "a host that cannot be"),
    Defect('<a href="https://10.0.0.7/page">x</a>', "https://10.0.0.7/page", "readers cannot reach"),
    Defect('<a href="https://root.invalid/latest/">x</a>', "https://root.invalid/latest/", "readers cannot reach"),
    Defect('<a href="https://stage.example.org/">x</a>', "https://stage.example.org/", "a staging host"),
    Defect('<a href="https://example.org:8443/">x</a>', "https://example.org:8443/", "the port 8443"),
    Defect('<a href="../a page/">x</a>', "../a page/", "has a space"),
    Defect('<a href="../half%2/">x</a>', "../half%2/", "has a %"),
    Defect('<img src="lost.png" alt="x">', "lost.png", "not there"),
    Defect('<img srcset="lost-small.png 1x, lost-big.png 2x" alt="x">', "lost-big.png", "not there"),
    Defect('<video poster="lost-poster.png"></video>', "lost-poster.png", "not there"),
    Defect('<audio src="lost-sound.mp3"></audio>', "lost-sound.mp3", "not there"),
    Defect('<iframe src="lost-frame/" title="x"></iframe>', "lost-frame/", "not there"),
    Defect('<object data="lost-object.svg"></object>', "lost-object.svg", "not there"),
    Defect('<form action="lost-form/"></form>', "lost-form/", "not there"),
    Defect('<button formaction="lost-button/">x</button>', "lost-button/", "not there"),
    Defect('<p style="background:url(lost-back.png)">x</p>', "lost-back.png", "not there"),
    Defect("<style>@import 'lost-import.css';</style>", "lost-import.css", "not there"),
    Defect('<svg><path fill="url(#lost-paint)"/></svg>', "#lost-paint", "leads to #lost-paint"),
    Defect('<svg><use href="#lost-use"/></svg>', "#lost-use", "leads to #lost-use"),
    Defect('<label for="lost-label">x</label>', "lost-label", "names the id"),
    Defect('<p aria-labelledby="lost-name">x</p>', "lost-name", "names the id"),
    Defect('<p aria-describedby="lost-words">x</p>', "lost-words", "names the id"),
    Defect('<p aria-controls="lost-controls">x</p>', "lost-controls", "names the id"),
    Defect('<button popovertarget="lost-popover">x</button>', "lost-popover", "names the id"),
    Defect('<button data-copy="lost-copy">x</button>', "lost-copy", "names the id"),
    Defect('<button data-link="lost-link/">x</button>', "lost-link/", "not there"),
    Defect('<a data-versionurl="http://example.org/v" href="../one/">x</a>', "http://example.org/v", "plain http"),
    Defect('<a data-edition="1999-01-01" href="../one/">x</a>', "1999-01-01", "names the edition"),
    Defect('<i id="twice-here"></i><i id="twice-here"></i>', "twice-here", "given twice"),
    Defect('<blockquote cite="lost-quote/">x</blockquote>', "lost-quote/", "not there"),
]

# In the frame and for machines: file of the site, what stands there, what is to stand there, value, message.
ELSEWHERE = {
    "feed": ("feed.xml", f'{HOST}/{SECOND}/"/>', f'{HOST}/{SECOND}/lost-feed/"/>', "lost-feed/", "not there"),
    "feed, relative": ("feed.xml", f'href="{HOST}/feed.xml"', 'href="/feed.xml"', "/feed.xml", "must be a whole"),
    "site map": ("sitemap.xml", "/latest/two/<", "/latest/lost-map/<", "lost-map/", "not there"),
    "robots": (
        "robots.txt",
        "Allow: /",
        f"Allow: /\nSitemap: {HOST}/m.xml",
        "m.xml",
        "not there",
    ),
    "canonical": (
        "latest/one/index.html",
        f'canonical" href="{HOST}/latest/one/"',
        f'canonical" href="{HOST}/lost-c/"',
        "lost-c/",
        "not there",
    ),
    "og:url": (
        "latest/two/index.html",
        f'og:url" content="{HOST}/latest/two/"',
        f'og:url" content="{HOST}/lost-og/"',
        "lost-og/",
        "not there",
    ),
    "og:image": (
        "latest/lists/index.html",
        'og:image" content="',
        f'og:image" content="{HOST}/lost-card.png" lang="',
        "lost-card.png",
        "not there",
    ),
    "og:image, relative": (
        "latest/customers/index.html",
        'og:image" content="',
        'og:image" content="/latest/" lang="',
        "/latest/",
        "must be a whole",
    ),
    "JSON-LD": (
        "latest/project/index.html",
        '"url":"',
        '"url":"https://me@example.org/ld","sameAs":"',
        "https://me@example.org/ld",
        "a user name",
    ),
    "JSON-LD, own": (
        "latest/sources/index.html",
        '"url":"',
        f'"url":"{HOST}/lost-ld/","sameAs":"',
        "lost-ld/",
        "not there",
    ),
    "calendar": (
        f"{SECOND}/deadlines.ics",
        f"URL:{HOST}/{SECOND}/deadlines.ics",
        f"URL:{HOST}/{SECOND}/lost.ics",
        "lost.ics",
        "not there",
    ),
    "calendar, anchor": (
        f"{SECOND}/data/deadline/meeting.ics",
        "URL:",
        f"URL:{HOST}/latest/one/#deadline-lost\r\nX-WAS:",
        "#deadline-lost",
        "#deadline-lost",
    ),
    "index.json": (
        f"{SECOND}/data/index.json",
        '"path": "brief.pdf"',
        '"path": "lost-brief.pdf"',
        "lost-brief.pdf",
        "not there",
    ),
    "records": (
        f"{SECOND}/data/source.json",
        '"https://government.example/text"',
        '"http://government.example/json"',
        "http://government.example/json",
        "plain http",
    ),
    "table": (
        f"{SECOND}/data/source.csv",
        "https://government.example/text",
        "ftp://government.example/csv",
        "ftp://government.example/csv",
        "the scheme",
    ),
    "bibliography": (
        f"{SECOND}/sources.bib",
        "https://government.example/text",
        "https://me:pw@government.example/bib",
        "https://me:pw@government.example/bib",
        "a user name",
    ),
    "llms.txt": (
        f"{SECOND}/llms.txt",
        f"({HOST}/{SECOND}/two/)",
        f"({HOST}/{SECOND}/lost-llms/)",
        "lost-llms/",
        "not there",
    ),
    "versions.json": (
        "versions.json",
        f'"version": "{FIRST}"',
        '"version": "1998-01-01"',
        "1998-01-01",
        "names the edition",
    ),
    "search": (f"{SECOND}/search/finds-1.json", '["two/"', '["lost-find/"', "lost-find/", "not there"),
    "redirect": ("index.html", "url=latest/", "url=lost-redirect/", "lost-redirect/", "not there"),
    "navigation": (f"{FIRST}/one/index.html", 'href="../two/"', 'href="../lost-nav/"', "../lost-nav/", "not there"),
    "not found, relative": (
        "404.html",
        'href="/latest/named/site.',
        'href="latest/named/site.',
        "latest/named/site.",
        "is relative",
    ),
    "not found, pages": ("404.html", '"two/"', '"lost-known/"', "lost-known/", "not there"),
    "style sheet": (f"{SECOND}/assets/site.css", "", "\n.x{background:url(lost-css.png)}", "lost-css.png", "not there"),
    "style sheet, import": (
        f"{FIRST}/assets/site.css",
        "",
        '\n@import "lost-import-css.css";',
        "lost-import-css.css",
        "not there",
    ),
    "script": (f"{SECOND}/assets/search.js", "", '\nimport "./lost-module.js";', "./lost-module.js", "not there"),
    "paper": (
        f"{SECOND}/brief.pdf",
        f"/URI({HOST}/{SECOND}/",
        f"/URI({HOST}/{SECOND}/lost-pdf/",
        "lost-pdf/",
        "not there",
    ),
}


def _plant(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert old.encode() in data, (path, old)
    path.write_bytes(data.replace(old.encode(), new.encode(), 1) if old else data + new.encode())


@pytest.fixture(scope="module")
def addressed(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Returns the project built for a host, without which there is no site map, and whose newest edition names it."""

    def make(folder: Path) -> None:
        copy = made.copy(folder / "project")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", f"{HOST}/latest/")
            copy.freeze(SECOND, "--again")
            done = copy.run("site")
        assert done.returncode == 0, done.stderr

    return Project.at(share(tmp_path_factory, "addressed", make) / "project")


@pytest.fixture(scope="module")
def broken(addressed: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Returns a project whose site was damaged after it was built, in every way that is listed above."""
    copy = addressed.copy(tmp_path_factory.mktemp("broken") / "project")
    site, stored = copy.top / "site", copy.top / "editions" / SECOND
    article = "".join(f"\n<div>{one.planted}</div>" for one in IN_ARTICLES)
    _plant(stored / "pages" / "two.html", "", article)
    for edition in (SECOND, "latest"):
        _plant(site / edition / "two" / "index.html", "</article>", f"{article}\n</article>")
    for place, old, new, _, _ in ELSEWHERE.values():
        _plant(site / place, old, new)
        if (stored / "files" / place.partition("/")[2]).is_file():
            shutil.copy(site / place, stored / "files" / place.partition("/")[2])
    (site / FIRST / "search" / "words-1.bin").unlink()
    (site / FIRST / "moved").mkdir()
    (site / FIRST / "moved" / "index.html").write_text('<meta http-equiv="refresh" content="0; url=../moved/">')
    return copy


def _report(project: Project, site: str) -> list[dict[str, Any]]:
    done = project.run("links", "--site", site, "--no-http", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def found(broken: Project) -> list[dict[str, Any]]:
    return _report(broken, "site")


def _line(project: Project, finding: dict[str, Any]) -> str:
    text: str = (project.top / finding["path"]).read_text(encoding="utf-8").split("\n")[finding["line"] - 1]
    return text


@pytest.mark.parametrize("defect", IN_ARTICLES, ids=lambda one: one.value or one.planted)
def test_a_broken_link_of_an_article_is_found_once_at_its_line(
    broken: Project, found: list[dict[str, Any]], defect: Defect
) -> None:
    fitting = [one for one in found if one["value"] == defect.value and defect.says in one["message"]]
    assert len(fitting) == 1, fitting
    assert fitting[0]["path"] == f"editions/{SECOND}/pages/two.html"
    assert fitting[0]["source_known"]
    assert defect.planted in _line(broken, fitting[0])
    assert {one["place"] for one in fitting[0]["shown"]} == {f"{SECOND}/two/index.html", "latest/two/index.html"}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_broken_link_in_the_frame_or_for_machines_is_found(found: list[dict[str, Any]], name: str) -> None:
    place, _, _, value, says = ELSEWHERE[name]
    fitting = [one for one in found if one["value"].endswith(value) or one["value"].startswith(value)]
    assert any(says in one["message"] and place in [shown["place"] for shown in one["shown"]] for one in fitting), (
        fitting
    )


def test_a_search_without_its_words_and_a_page_that_leads_to_itself_are_found(found: list[dict[str, Any]]) -> None:
    assert any(one["value"] == "../search/words-1.bin" for one in found)
    assert any(one["message"] == "leads on to itself" for one in found)


def test_nothing_is_found_that_was_not_planted(found: list[dict[str, Any]], made: Project, addressed: Project) -> None:
    assert _report(made, "site") == []
    assert _report(addressed, "site") == []
    articles = {one.value for one in IN_ARTICLES} | {"lost-small.png", "../search/words-1.bin", "../moved/"}
    planted = tuple(value for _, _, _, value, _ in ELSEWHERE.values())
    others = [one["value"] for one in found if one["value"] not in articles]
    assert [one for one in others if not one.endswith(planted) and not one.startswith(planted)] == []
    assert len(others) <= len(ELSEWHERE) + 4
    assert [one["severity"] for one in found] == sorted(one["severity"] for one in found)


# What an editor can break: file of the project, what stands there, what is to stand there; the value found, and where.
IN_SOURCES = {
    "Markdown, own": (
        "docs/two.md",
        "something else.",
        f"[something]({DRAFT_HOST}/latest/lost-md/) else.",
        f"{DRAFT_HOST}/latest/lost-md/",
    ),
    "Markdown, words": (
        "docs/lists.md",
        "As of ",
        "[As of](https://example.org/md#:~:text=) ",
        "https://example.org/md#:~:text=",
    ),
    "Markdown, anchor": (
        "docs/one.md",
        "{{ opening() }}",
        "[A](two.md){#twice-md} [B](two.md){#twice-md}\n\n{{ opening() }}",
        "twice-md",
    ),
    "record": (
        "data/source/text.yml",
        "https://government.example/text",
        "https://stage.government.example/text",
        "https://stage.government.example/text",
    ),
    "component": (
        "overrides/components/sources.html",
        '<p class="cm-asat">',
        '<a href="lost-part/">x</a><p class="cm-asat">',
        "lost-part/",
    ),
    "frame": ("overrides/partials/footer.html", "", '<a href="/latest/lost-footer/">x</a>', "/latest/lost-footer/"),
    "style sheet": ("overrides/assets/frame.css", "", "\n.x{background:url(lost-frame.png)}", "lost-frame.png"),
    "script": ("overrides/assets/frame.js", "", '\nif (0) import("./lost-script.js");', "./lost-script.js"),
    "navigation": ("mkdocs.yml", "footer: []", "footer: [{words: Lost, page: 'two/#lost-foot'}]", "#lost-foot"),
}


@pytest.fixture(scope="module")
def mistaken(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Returns a project with mistakes in its sources that `check` lets pass, built as a draft."""

    def make(folder: Path) -> None:
        copy = made.copy(folder / "project")
        copy.take_code()
        for path, old, new, _ in IN_SOURCES.values():
            _plant(copy.top / path, old, new)
        done = copy.run("draft")
        assert done.returncode == 0, done.stderr

    return Project.at(share(tmp_path_factory, "mistaken", make) / "project")


@pytest.fixture(scope="module")
def mistakes(mistaken: Project) -> list[dict[str, Any]]:
    return _report(mistaken, "draft")


@pytest.mark.parametrize("name", IN_SOURCES)
def test_a_mistake_of_an_editor_is_found_at_the_line_that_made_it(
    mistaken: Project, mistakes: list[dict[str, Any]], name: str
) -> None:
    path, _, _, value = IN_SOURCES[name]
    alike = [one for one in mistakes if one["value"].endswith(value)]
    fitting = [one for one in alike if one["path"] == path]
    assert len(fitting) == 1, alike
    assert value in _line(mistaken, fitting[0])


@pytest.mark.parametrize("form", ["text", "junit", "sarif", "github"])
def test_every_form_of_the_report_says_every_finding(broken: Project, found: list[dict[str, Any]], form: str) -> None:
    done = broken.run("links", "--site", "site", "--no-http", "--format", form)
    assert done.returncode == 1
    errors = sum(one["severity"] == "error" for one in found)
    if form == "junit":
        assert len(etree.fromstring(done.stdout.encode()).findall(".//failure")) == errors
    elif form == "sarif":
        run = json.loads(done.stdout)["runs"][0]
        assert len(run["results"]) == len(found)
        assert {one["ruleId"] for one in run["results"]} <= {one["id"] for one in run["tool"]["driver"]["rules"]}
    else:
        mark = "::error file=" if form == "github" else ": error"
        assert sum(mark in line for line in done.stdout.splitlines()) == errors
    assert f"{errors} errors" in done.stderr


def test_linkchecker_gives_a_second_opinion_and_nothing_is_said_twice(project: Project) -> None:
    for edition in (SECOND, "latest"):
        _plant(project.top / "site" / edition / "two" / "index.html", "</article>", '<a href="gone/">x</a></article>')
    done = project.run("links", "--format", "json")
    assert done.returncode == 1
    assert [one["value"] for one in json.loads(done.stdout)] == ["gone/"]
    assert "with LinkChecker" in done.stderr


def test_any_folder_can_be_checked(project: Project, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text("<h1 id=here>A</h1><a href='#here'>x</a><a href='b.html'>y</a>")
    found = _report(project, str(tmp_path / "pages"))
    assert [one["value"] for one in found] == ["b.html"]
    assert project.run("links", "--site", str(tmp_path / "nothing")).returncode == 2

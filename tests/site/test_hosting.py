"""What hosts are told of a published site, asked of nginx and of a browser."""

from __future__ import annotations

import hashlib
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.publication.hosting import A_DAY, ASK, FOR_EVER, Hosting, find_moved, write_caddy, write_nginx
from macros.publication.releases import publish_release
from macros.security.policy import header_policy
from macros.tree import NAMED
from tests.conftest import ROOT
from tests.site.guarding import open_page
from tests.site.project import FIRST, SECOND, Project
from tests.site.serving import serve_caddy, serve_nginx

MOVED = '<!doctype html><meta http-equiv="refresh" content="0; url=../two/"><p><a href="../two/">Two</a></p>'
WATCH = """window.refused = [];
document.addEventListener("securitypolicyviolation", (one) => {
  window.refused.push(`${one.violatedDirective} ${one.blockedURI}`);
});"""


@pytest.fixture(scope="module")
def place(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the folder into which the two small editions are published, with one page more that has moved."""
    top = tmp_path_factory.mktemp("srv")
    shutil.copytree(made.top / "site", top / "site")
    for edition in ("latest", SECOND):
        (top / "site" / edition / "old").mkdir()
        (top / "site" / edition / "old" / "index.html").write_text(MOVED)
    hosting = Hosting(published=(FIRST,), moved=find_moved(top / "site"))
    told = {"nginx.conf": write_nginx(hosting), "Caddyfile": write_caddy(hosting)}
    publish_release(top / "site", top / "out", told)
    return top / "out" / "current"


@pytest.fixture(scope="module")
def served(place: Path) -> Iterator[str]:
    with serve_nginx(place / "site", place / "nginx.conf") as address:
        yield address


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def ask(url: str, **headers: str) -> tuple[int, Message]:
    """Returns status and headers of an answer; follows nothing."""
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("latest/", "text/html; charset=utf-8"),
        ("latest/deadlines.ics", "text/calendar; charset=utf-8"),
        ("latest/data/deadline/meeting.ics", "text/calendar; charset=utf-8"),
        ("latest/sources.bib", "application/x-bibtex; charset=utf-8"),
        ("latest/data/term.csv", "text/csv; charset=utf-8"),
        ("latest/data/index.json", "application/json; charset=utf-8"),
        ("latest/brief.pdf", "application/pdf"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("latest/assets/frame.js", "text/javascript; charset=utf-8"),
    ],
)
def test_each_kind_of_file_has_its_type(served: str, path: str, media_type: str) -> None:
    status, headers = ask(served + path)
    assert (status, headers["Content-Type"]) == (200, media_type)


def test_each_kind_of_file_is_kept_as_long_as_it_stays_the_same(served: str, place: Path) -> None:
    named = next((place / "site" / "latest" / NAMED).glob("*.css")).name
    kept = {path: ask(served + path)[1]["Cache-Control"] for path in (f"latest/{NAMED}/{named}", f"{FIRST}/brief.pdf")}
    assert list(kept.values()) == [FOR_EVER, A_DAY]
    for path in ("latest/", "latest/brief.pdf", f"{FIRST}/", f"{SECOND}/brief.pdf", "latest/assets/site.css"):
        assert ask(served + path)[1]["Cache-Control"] == ASK, path
    assert ask(f"{served}latest/{NAMED}/none.css")[1]["Cache-Control"] is None


def test_the_one_style_sheet_of_an_edition_has_the_rules_of_its_parts(place: Path, browser: Browser) -> None:
    main = (ROOT / "overrides" / "partials" / "sheets.html").read_text(encoding="utf-8")
    names = re.findall(r'"([a-z]+)"', re.findall(r"common = \[(.*)\]", main)[0])
    parts = [(ROOT / "overrides" / "assets" / f"{name}.css").read_text(encoding="utf-8") for name in names]
    page = browser.new_page()
    read = r"""(texts) => texts.flatMap((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        // Variables and conditions keep the white space that was written.
        return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\s*([,:()])\s*/g, "$1"));
    })"""
    together = page.evaluate(read, [(place / "site" / "latest" / "assets" / "site.css").read_text(encoding="utf-8")])
    apart = page.evaluate(read, parts)
    page.close()
    assert together == apart
    assert len(apart) > 300
    said = (place / "site" / "latest" / "one" / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(r'<link rel="stylesheet" href="[./]+named/site\.', said)) == 1


def test_every_answer_has_the_safety_headers(served: str) -> None:
    for path in ("latest/", "latest/deadlines.ics", "none/"):
        headers = ask(served + path)[1]
        assert headers["Content-Security-Policy"] == header_policy()
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "camera=()" in headers["Permissions-Policy"]


def test_old_addresses_and_the_root_lead_on(served: str) -> None:
    assert [(ask(served + path)[0], ask(served + path)[1]["Location"]) for path in ("", "latest/old/")] == [
        (302, "/latest/"),
        (301, "/latest/two/"),
    ]
    assert ask(f"{served}_headers")[0] == 404


def test_packed_forms_are_handed_out(served: str) -> None:
    assert ask(f"{served}latest/", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"


def test_no_page_breaks_the_policy_and_the_search_finds(served: str, place: Path, browser: Browser) -> None:
    with open_page(browser, served) as tab:
        tab.add_init_script(WATCH)
        for page in sorted((place / "site" / "latest").rglob("index.html")):
            tab.goto(served + page.parent.relative_to(place / "site").as_posix() + "/")
            assert tab.evaluate("window.refused") == [], page
        find(tab, f"{served}latest/", "offtake")
        assert tab.evaluate("window.refused") == []
        used = tab.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)")
        assert any(path.startswith(f"/latest/{NAMED}/search-words.") for path in used)
        assert [path for path in used if "/assets/" in path] == []


def find(tab: Page, url: str, words: str) -> None:
    tab.goto(url)
    tab.keyboard.press("/")
    tab.locator("#cm-find-words").fill(words)
    expect(tab.locator(".cm-find__list li").first).to_be_visible()


def test_the_missing_page_has_its_files(served: str, browser: Browser) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        failed: list[str] = []
        tab.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
        answer = tab.goto(f"{served}latest/nothing/here/")
        assert answer
        assert answer.status == 404
        assert failed == [f"{served}latest/nothing/here/"]
        assert tab.evaluate("performance.getEntriesByType('resource').length") > 0


def test_every_name_with_a_digest_is_that_of_its_content(place: Path) -> None:
    pages = [page.read_text(encoding="utf-8") for page in (place / "site" / "latest").rglob("index.html")]
    frames = [
        re.sub(r"<article\b.*</article>", "", page, flags=re.DOTALL) for page in pages
    ]  # an article keeps its bytes
    assert not any(re.search(r'(href|src)="[^"]*assets/(?!cards/)', frame) for frame in frames)
    names = {name for page in pages for name in re.findall(rf'="[./]*{NAMED}/([^"]+)"', page)}
    assert len(names) > 6
    for name in names:
        content = (place / "site" / "latest" / NAMED / name).read_bytes()
        assert name.split(".")[-2] == hashlib.sha256(content).hexdigest()[:12], name


def test_caddy_does_what_it_is_told(place: Path, tmp_path: Path) -> None:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("caddy is not installed (Debian: apt-get install caddy)")
    named = next((place / "site" / "latest" / NAMED).glob("*.css")).name
    with serve_caddy(caddy, place, tmp_path) as served:
        asked = {path: ask(served + path)[1] for path in (f"latest/{NAMED}/{named}", f"{FIRST}/brief.pdf", "latest/")}
        assert [one["Cache-Control"] for one in asked.values()] == [FOR_EVER, A_DAY, ASK]
        assert all(one["Content-Security-Policy"] == header_policy() for one in asked.values())
        typed = ("latest/deadlines.ics", "latest/sources.bib", "feed.xml")
        types = [ask(served + path)[1]["Content-Type"].removesuffix("; charset=utf-8") for path in typed]
        assert types == ["text/calendar", "application/x-bibtex", "application/atom+xml"]
        assert [ask(served + path)[0] for path in ("", "latest/old/", "none/", "_headers")] == [302, 301, 404, 404]

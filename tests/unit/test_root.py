"""What stands at the root of the site, the packed forms of its files, and the feed; made of editions without pages."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
from pathlib import Path

import brotli
import feedparser
import pytest
from lxml import etree

from macros.publication.feed import MOST, Entry, Masthead, create_feed
from macros.publication.hosting import HEADERS, Hosting, find_moved, write_caddy, write_headers, write_nginx
from macros.publication.packing import link_or_copy, list_packed, pack_files
from macros.publication.root import describe_hosting, list_pages, list_versions, write_root
from macros.site.release import IDENTITIES
from macros.store.digests import hash_file
from macros.store.edition import MANIFEST, Edition
from macros.tree import BETWEEN, ROOT_FILES
from tests.unit.test_store import FIRST, SECOND, THIRD, keep

ROOT = "https://www.firm.example/minerals/"


@pytest.fixture
def editions(tmp_path: Path) -> list[Edition]:
    """Returns a published edition, a candidate and a published one, oldest first."""
    first = keep(tmp_path, FIRST, published="2026-08-01")
    return [first, keep(tmp_path, SECOND), keep(tmp_path, THIRD, published="2026-10-01")]


URLS = {FIRST: ["", "old/"], SECOND: ["", "gone/", "old/"], THIRD: ["", "new/"]}


def test_the_map_has_every_page_once_at_its_newest_place(editions: list[Edition]) -> None:
    found = etree.fromstring(list_pages(editions, URLS, ROOT))
    entries = [[(part.tag.rpartition("}")[2], part.text) for part in entry] for entry in found]
    assert entries == [
        [("loc", f"{ROOT}latest/"), ("lastmod", "2026-10-01")],
        [("loc", f"{ROOT}latest/new/"), ("lastmod", "2026-10-01")],
        [("loc", f"{ROOT}{SECOND}/gone/")],
        [("loc", f"{ROOT}{SECOND}/old/")],
    ]
    text = list_pages(editions, URLS, ROOT)
    assert text.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<urlset")
    assert b"\n  <url>\n    <loc>" in text, "a line for each address, for those who read it"


def test_the_versions_are_listed_newest_first(editions: list[Edition]) -> None:
    versions = list_versions(editions)
    assert [(one["version"], one["aliases"], one["published"]) for one in versions] == [
        (THIRD, ["latest"], "2026-10-01"),
        (SECOND, [], None),
        (FIRST, [], "2026-08-01"),
    ]
    assert versions[0]["manifest_sha256"] == hash_file(editions[-1].folder / MANIFEST)
    assert versions[0]["title"] == "As of September 30, 2026"


@pytest.mark.parametrize(("root", "base"), [(None, "/"), (ROOT, "/minerals/"), ("https://a.example/", "/")])
def test_servers_are_told_the_path_of_the_site_and_what_is_published(
    editions: list[Edition], tmp_path: Path, root: str | None, base: str
) -> None:
    hosting = describe_hosting(tmp_path, editions, root)
    assert (hosting.base, hosting.published) == (base, (FIRST, THIRD))


@pytest.mark.parametrize("root", [None, ROOT])
def test_the_root_has_its_files_and_a_map_only_where_the_address_is_known(
    editions: list[Edition], tmp_path: Path, root: str | None
) -> None:
    site = tmp_path / "site"
    for name in ("latest", FIRST, SECOND, THIRD):
        (site / name).mkdir(parents=True)
        for file, text in ((BETWEEN, "<p>two"), ("404.html", "<p>none"), ("llms.txt", "[a](b/) [c](https://x/)\n")):
            (site / name / file).write_text(text, encoding="utf-8")
    write_root(site, editions, URLS, root)
    assert (site / "between" / "index.html").read_text() == "<p>two"
    assert (site / "404.html").read_text() == "<p>none"
    for name in ("latest", THIRD):
        assert [path.name for path in (site / name).iterdir()] == ["llms.txt"]
    assert len(list((site / FIRST).iterdir())) == 3, "an older edition keeps its own"
    assert (site / "llms.txt").read_text() == "[a](latest/b/) [c](https://x/)\n"
    assert (site / "sitemap.xml").is_file() == (root is not None)
    assert (site / "index.html").read_bytes() == (ROOT_FILES / "index.html").read_bytes()
    base = "/minerals/" if root else "/"
    assert (site / "_redirects").read_text() == f"{base} {base}latest/ 302\n"
    assert (site / "_headers").read_text().startswith(f"{base}*\n  Content-Security-Policy: ")
    robots = (site / "robots.txt").read_text()
    assert robots == "User-agent: *\nAllow: /\n" + (f"Sitemap: {ROOT}sitemap.xml\n" if root else "")
    assert json.loads((site / "versions.json").read_text()) == list_versions(editions)
    assert (site / "versions.json").read_text().startswith('[\n {\n  "version"')


@pytest.mark.usefixtures("strict")
def test_files_are_packed_that_get_smaller_by_it(tmp_path: Path) -> None:
    contents = {
        "least.txt": b"a" * 256,
        "less.txt": b"a" * 255,
        "same.html": b"b" * 300,
        "again.html": b"b" * 300,
        "picture.png": b"c" * 300,
        "drawn.txt": os.urandom(300),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    pack_files([tmp_path / name for name in contents])
    packed = {path.name for path in tmp_path.iterdir()} - contents.keys()
    assert packed == {f"{name}.{form}" for name in ("least.txt", "same.html", "again.html") for form in ("br", "gz")}
    assert brotli.decompress((tmp_path / "least.txt.br").read_bytes()) == contents["least.txt"]
    assert gzip.decompress((tmp_path / "again.html.gz").read_bytes()) == contents["again.html"]
    assert (tmp_path / "same.html.br").stat().st_ino == (tmp_path / "again.html.br").stat().st_ino
    assert (tmp_path / "least.txt.br").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "least.txt.gz").read_bytes()[4:8] == b"\0\0\0\0", (
        "the same file makes the same bytes at any time"
    )
    assert [one.name for one in list_packed(tmp_path / "least.txt")] == ["least.txt.br", "least.txt.gz"]
    assert list_packed(tmp_path / "less.txt") == []


@pytest.mark.usefixtures("strict")
def test_a_file_is_copied_where_it_can_have_no_second_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x")
    source.chmod(0o600)
    link_or_copy(source, target)
    assert target.stat().st_ino == source.stat().st_ino
    (tmp_path / "c").write_bytes(b"other")
    link_or_copy(source, tmp_path / "c")
    assert (tmp_path / "c").read_bytes() == b"other", "what is there is left"

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    link_or_copy(source, tmp_path / "d")
    assert ((tmp_path / "d").read_bytes(), (tmp_path / "d").stat().st_mode & 0o777) == (b"x", 0o644)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c", "d"]


def entry(number: int, name: str, *, published: bool = True) -> Entry:
    day = dt.datetime(2026, 1, number, tzinfo=dt.UTC)
    return Entry(f"urn:uuid:{number}-{name}", name, f"{ROOT}{number}/", f"Said of {name}", day, published)


def test_the_feed_has_the_newest_first_and_room_for_each_edition() -> None:
    many = [entry(3, f"c{number}") for number in range(MOST)]
    entries = [[entry(1, "first"), entry(1, "a")], [entry(2, "second", published=False)], [entry(3, "third"), *many]]
    feed = feedparser.parse(create_feed(Masthead("A site", ROOT), entries))
    titles = [one.title for one in feed.entries]
    assert len(titles) == MOST
    assert titles[:2] == ["third", "c0"]
    assert titles[-2:] == ["second", "first"]
    assert feed.feed.updated.startswith("2026-01-03")
    assert (feed.feed.title, feed.feed.language, feed.feed.author) == ("A site", "en", "A site")
    assert (feed.feed.id, feed.feed.subtitle) == (f"urn:uuid:{IDENTITIES}", "What changed, edition by edition.")
    assert {one.rel: one.href for one in feed.feed.links} == {
        "self": f"{ROOT}feed.xml",
        "alternate": f"{ROOT}latest/changes/",
    }
    assert feed.entries[-1].id == "urn:uuid:1-first"
    assert feed.entries[-1].updated.startswith("2026-01-01")
    assert [("published" in one) for one in feed.entries[-2:]] == [False, True]
    assert feed.entries[-1].link == f"{ROOT}1/"
    assert feed.entries[-1].content[0].value == "Said of first"
    few = feedparser.parse(create_feed(Masthead("A site", ROOT), entries[:2]))
    assert [one.title for one in few.entries] == ["second", "first", "a"]


def test_servers_keep_frozen_files_a_day_and_named_ones_for_ever() -> None:
    hosting = Hosting(base="/m/", published=(FIRST,), moved={"latest/a/": "latest/b/"})
    named = ("^/m/[^/]+/named/", "public, max-age=31536000, immutable")
    assert hosting.caching[-1] == named
    assert hosting.caching[0][1] == "public, max-age=86400"
    assert Hosting(base="/m/").caching == [named]
    assert hosting.redirects == [("/m/", "/m/latest/", 302), ("/m/latest/a/", "/m/latest/b/", 301)]
    many = Hosting(moved={f"a/{number}/": "b/" for number in range(3000)})
    assert len(many.redirects) == 2000
    for text in (write_nginx(hosting), write_caddy(hosting)):
        assert "/m/latest/a/" in text
        assert f"/m/({FIRST}".replace("-", "\\-") in text
        assert all(name in text for name in HEADERS)
    assert "@kept0" in write_caddy(hosting)
    assert write_headers(hosting).count("Cache-Control") == 1


def test_only_a_small_page_that_leads_on_is_moved(tmp_path: Path) -> None:
    leads = '<meta http-equiv="refresh" content="0; url=../b/">'
    for name, text in (("a", leads), ("large", f"{leads}{' ' * 4000}"), ("page", "<p>")):
        (tmp_path / "latest" / name).mkdir(parents=True)
        (tmp_path / "latest" / name / "index.html").write_text(text)
    assert find_moved(tmp_path) == {"latest/a/": "latest/b/"}

"""What the published site is told to be: its address, its files' second names, what servers read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from macros.commands.audit import list_licenses, read_weaknesses
from macros.configuration.config import PLACEHOLDER
from macros.problems import UsageError
from macros.publication.address import read_root
from macros.publication.hosting import Hosting, find_moved, types_by_suffix, write_headers, write_redirects
from macros.publication.naming import name_files
from tests.conftest import ROOT, write_texts


def test_the_address_is_the_whole_one_of_the_latest_edition() -> None:
    assert read_root({}) is None
    assert read_root({"SITE_URL": f"https://{PLACEHOLDER}/latest/"}) is None
    assert read_root({"SITE_URL": "https://www.firm.com/minerals/latest/"}) == "https://www.firm.com/minerals/"
    assert PLACEHOLDER in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "said",
    [
        "www.firm.com/latest/",
        "/latest/",
        "https://www.firm.com/",
        "ftp://www.firm.com/latest/",
        "https:///latest/",
        "https://me@www.firm.com/latest/",
        "https://www.firm.com/latest/?a=b",
        "https://www.firm.com/latest/#a",
    ],
)
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="cannot be the address of the latest edition"):
        read_root({"SITE_URL": said})


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    files = {
        "assets/frame.js": 'if (found) import("./search.js");',
        "assets/search.js": 'import "./vendor/mini.js"; fetch(new URL("search/index.json", base)); "other.js";',
        "assets/vendor/mini.js": "export const a = 1;",
        "assets/base.css": '@import "more.css"; b { background: url(images/mark.png) }',
        "assets/more.css": "c {}",
        "assets/images/mark.png": "picture",
        "assets/cards/home.png": "card",
        "search/index.json": "{}",
        "deep/page/index.html": '<link href="../../assets/base.css"><script src="../../assets/frame.js"></script>'
        '<img src="../../assets/cards/home.png"><a href="../../assets/none.css">',
        "404.html": '<script src="/sub/latest/assets/frame.js"></script>',
    }
    write_texts(tmp_path, files)
    return tmp_path


def named(edition: Path, stem: str) -> Path:
    found = list((edition / "named").glob(f"{stem}.*"))
    assert len(found) == 1
    assert found[0].suffixes[0] == f".{hashlib.sha256(found[0].read_bytes()).hexdigest()[:12]}"
    return found[0]


def test_pages_and_files_name_each_other_by_digest_and_plain_names_go_on(edition: Path) -> None:
    name_files(edition)
    frame, search, base = (named(edition, stem) for stem in ("frame", "search", "base"))
    page = (edition / "deep" / "page" / "index.html").read_text()
    assert f'href="../../named/{base.name}"' in page
    assert f'src="../../named/{frame.name}"' in page
    assert 'src="../../assets/cards/home.png"' in page
    assert 'href="../../assets/none.css"' in page
    assert (edition / "404.html").read_text() == f'<script src="/sub/latest/named/{frame.name}"></script>'
    assert frame.read_text() == f'if (found) import("./{search.name}");'
    assert f'"./{named(edition, "vendor-mini").name}"' in search.read_text()
    assert f'"named/{named(edition, "search-index").name}"' in search.read_text()
    assert '"other.js"' in search.read_text()
    assert f"url(./{named(edition, 'images-mark').name})" in base.read_text()
    assert (edition / "assets" / "frame.js").read_text() == 'if (found) import("./search.js");'


def test_what_an_edition_says_itself_is_left_as_it_was_frozen(edition: Path) -> None:
    page = edition / "deep" / "page" / "index.html"
    link = '<a href="../../assets/base.css">'
    page.write_text(f"{link}<article>{link}</article>{link}")
    name_files(edition)
    new = f'<a href="../../named/{named(edition, "base").name}">'
    assert page.read_text() == f"{new}<article>{link}</article>{new}"


def test_a_changed_file_changes_the_names_of_those_that_name_it_and_no_other(edition: Path) -> None:
    name_files(edition)
    before = {path.name for path in (edition / "named").iterdir()}
    (edition / "assets" / "vendor" / "mini.js").write_text("export const a = 2;")
    (edition / "deep" / "page" / "index.html").write_text('<script src="../../assets/frame.js"></script>')
    name_files(edition)
    after = {path.name for path in (edition / "named").iterdir()} - before
    assert {name.partition(".")[0] for name in after} == {"frame", "search", "vendor-mini"}


def test_files_that_name_each_other_are_refused(edition: Path) -> None:
    (edition / "assets" / "vendor" / "mini.js").write_text('import "../search.js";')
    with pytest.raises(LookupError, match=r"cannot have digests: assets/frame\.js, assets/search\.js"):
        name_files(edition)


def test_what_moved_leads_on(tmp_path: Path) -> None:
    for old, target in (("latest/old", "../new/"), ("latest/deep/old page", "../../new/%C3%A9/#part")):
        (tmp_path / old).mkdir(parents=True)
        (tmp_path / old / "index.html").write_text(f'<meta http-equiv="refresh" content="0; url={target}">')
    (tmp_path / "latest" / "index.html").write_text("<p>A page")
    hosting = Hosting(base="/sub/", moved=find_moved(tmp_path))
    assert write_redirects(hosting).splitlines() == [
        "/sub/ /sub/latest/ 302",
        "/sub/latest/deep/old%20page/ /sub/latest/new/%C3%A9/ 301",
        "/sub/latest/old/ /sub/latest/new/ 301",
    ]


def test_no_host_joins_two_values_of_a_header_nor_refuses_the_file() -> None:
    lines = write_headers(Hosting(policy="default-src 'none'")).splitlines()
    names = [line.strip().partition(":")[0] for line in lines if line.startswith("  ")]
    everywhere = lines[1 : lines.index("/:edition/named/*")]
    elsewhere = names[len(everywhere) :]
    assert "  Content-Security-Policy: default-src 'none'" in everywhere
    assert not {line.strip().partition(":")[0] for line in everywhere} & set(elsewhere)
    assert all(len(line) < 2000 for line in lines)


def test_every_exported_form_has_its_type() -> None:
    types = types_by_suffix()
    assert (types["ics"], types["bib"], types["csv"]) == ("text/calendar", "application/x-bibtex", "text/csv")
    assert types["json"] == "application/json"


def test_everything_that_readers_are_served_has_a_license(tmp_path: Path) -> None:
    assert all(said for _, said in list_licenses(ROOT / "overrides"))
    (tmp_path / "assets" / "vendor").mkdir(parents=True)
    (tmp_path / "assets" / "vendor" / "unknown.js").write_text("let a")
    assert dict(list_licenses(tmp_path))["overrides/assets/vendor/unknown.js"] == ""


def test_a_package_that_nobody_could_be_asked_about_is_not_called_well() -> None:
    report = '{"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"},'
    report += '{"name": "c", "version": "2", "vulns": [{"id": "CVE-1"}]}]}'
    assert read_weaknesses(report) == {"a": [], "b": None, "c": ["CVE-1"]}
    assert read_weaknesses("connection refused") == {}

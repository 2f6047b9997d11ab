"""The commands that put the site on a host, run as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.publication.address import UNKNOWN
from tests.site.project import Project

URL = "https://www.firm.example/latest/"


def test_without_an_address_nothing_is_published_and_site_says_so(project: Project, tmp_path: Path) -> None:
    done = project.run("publish", "--to", str(tmp_path / "srv"))
    assert (done.returncode, done.stderr.strip()) == (2, UNKNOWN)
    assert not (tmp_path / "srv").exists()
    done = project.run("site")
    assert UNKNOWN in done.stdout
    assert not (project.top / "site" / "sitemap.xml").exists()


def test_an_address_that_is_none_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "www.firm.example")
    done = project.run("site")
    assert done.returncode == 2
    assert "SITE_URL is 'www.firm.example', which cannot be the address" in done.stderr


def test_published_from_one_command_and_refused_when_a_link_is_broken(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", URL)
    done = project.run("publish", "--to", str(tmp_path / "srv"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Release 1 is what readers get" in done.stdout
    current = tmp_path / "srv" / "current"
    places = BeautifulSoup((current / "site" / "sitemap.xml").read_bytes(), "xml").find_all("loc")
    assert places
    assert all(place.text.startswith("https://www.firm.example/") for place in places)
    assert "location = / { return 302 /latest/; }" in (current / "nginx.conf").read_text()
    assert (current / "site" / "latest" / "index.html.br").is_file()
    project.take_code()
    project.change("overrides/partials/footer.html", "<footer", '<a href="nowhere/">Nowhere</a><footer')
    done = project.run("publish", "--to", str(tmp_path / "srv"))
    assert done.returncode == 1
    assert "nowhere" in done.stdout + done.stderr
    assert [one.name for one in (tmp_path / "srv" / "releases").iterdir()] == ["1"]
    done = project.run("rollback", "--to", str(tmp_path / "srv"))
    assert done.returncode == 2
    assert "release 1 is the oldest that is kept" in done.stderr


def test_a_folder_that_holds_the_project_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", URL)
    for place in (".", "..", "site/live"):
        done = project.run("publish", "--to", place)
        assert done.returncode == 2
        assert "name a folder of the web server" in done.stderr


def test_the_summary_names_what_changed_and_what_to_read_again(project: Project) -> None:
    project.change("docs/two.md", "It says something else.", "It says a third thing.")
    done = project.run("summary")
    assert done.returncode == 0, done.stderr
    assert "- changed `docs/two.md`" in done.stdout
    assert "## Read again" in done.stdout

"""Where a web server reads the site: releases side by side, the one that readers get, the way back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from macros.problems import UsageError
from macros.publication.releases import KEPT, publish_release, read_live, roll_back

pytestmark = pytest.mark.usefixtures("strict")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Returns a built site of one page and one file with a digest in its name."""
    site = tmp_path / "site"
    (site / "latest" / "named").mkdir(parents=True)
    (site / "latest" / "index.html").write_text("page " * 100)
    (site / "latest" / "named" / "a.1.js").write_text("one")
    return site


def test_a_release_has_the_named_files_of_those_before_it(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    assert read_live(place) is None
    assert publish_release(site, place, {"nginx.conf": "told"}) == 1
    (site / "latest" / "named" / "a.1.js").rename(site / "latest" / "named" / "a.2.js")
    (site / "latest" / "more.txt").write_text("x")
    assert publish_release(site, place, {}) == 2
    live = read_live(place)
    assert live is not None
    assert (live.number, live.follows, live.named) == (2, 1, ("latest/named/a.2.js",))
    served = place / "current" / "site" / "latest"
    assert sorted(path.name for path in (served / "named").iterdir()) == ["a.1.js", "a.2.js"]
    older = place / "releases" / "1" / "site" / "latest"
    for name in ("index.html", "index.html.br"):
        assert (served / name).stat().st_ino == (older / name).stat().st_ino, "one file with two names"
    assert (place / "releases" / "1" / "nginx.conf").read_text() == "told"
    assert {path.stat().st_mode & 0o777 for path in (served, served / "named")} == {0o755}
    assert {path.stat().st_mode & 0o777 for path in served.rglob("*") if path.is_file()} == {0o644}
    assert (served / "more.txt").stat().st_mode & 0o777 == 0o644
    assert roll_back(place) == 1
    assert (place / "current" / "site" / "latest" / "named" / "a.2.js").is_file(), "open pages may still ask for it"
    with pytest.raises(UsageError, match="release 1 is the oldest that is kept"):
        roll_back(place)


def test_some_releases_are_kept_to_go_back_to(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    with pytest.raises(UsageError, match="nothing is published in"):
        roll_back(place)
    for number in range(1, KEPT + 3):
        assert publish_release(site, place, {}) == number
    kept = sorted(int(path.name) for path in (place / "releases").iterdir())
    assert kept == list(range(3, KEPT + 3))
    assert (place / "current").readlink() == Path("releases", str(KEPT + 2))
    assert sorted(path.name for path in place.iterdir() if path.name != ".lock") == ["current", "releases"]


def test_a_folder_that_is_not_ours_is_left_alone(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    (place / "current").mkdir(parents=True)
    for text in (None, "{", "[]", "{}"):
        if text is not None:
            (place / "current" / "release.json").write_text(text)
        with pytest.raises(UsageError, match="was not made by make publish"):
            publish_release(site, place, {})
    assert not (place / "releases" / "1").exists()


def test_what_a_killed_command_left_does_not_stand_in_the_way(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    publish_release(site, place, {})
    (place / "releases" / ".incoming" / "site").mkdir(parents=True)
    (place / "releases" / ".old-7").mkdir()
    (place / ".next").symlink_to("nowhere")
    assert publish_release(site, place, {}) == 2
    assert sorted(path.name for path in (place / "releases").iterdir()) == ["1", "2"]
    (place / "current").unlink()
    assert publish_release(site, place, {}) == 3
    live = read_live(place)
    assert live is not None
    assert live.follows == 2, "the newest whole one was what readers got"


def test_a_file_of_the_same_size_and_day_may_be_another(site: Path, tmp_path: Path) -> None:
    place, page = tmp_path / "srv", site / "latest" / "index.html"
    publish_release(site, place, {})
    old, stamp = page.read_text(), page.stat().st_mtime
    served = place / "current" / "site" / "latest" / "index.html"
    os.utime(served, (stamp, stamp))
    page.write_text(old.replace("page", "text"))
    os.utime(page, (stamp, stamp))
    publish_release(site, place, {})
    assert served.read_text().startswith("text ")


def test_a_release_that_is_gone_is_not_gone_back_to(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    publish_release(site, place, {})
    (site / "latest" / "named" / "a.1.js").unlink()
    (site / "latest" / "named").rmdir()
    publish_release(site, place, {})
    assert (place / "current" / "site" / "latest" / "named" / "a.1.js").is_file(), (
        "in a folder that the site has no more"
    )
    shutil.rmtree(place / "releases" / "1")
    with pytest.raises(UsageError, match="release 2 is the oldest that is kept"):
        roll_back(place)


def test_without_links_the_folder_itself_is_moved(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(Path, "symlink_to", refuse)
    place = tmp_path / "srv"
    publish_release(site, place, {})
    (site / "latest" / "named" / "a.1.js").rename(site / "latest" / "named" / "a.2.js")
    publish_release(site, place, {})
    assert not (place / "current").is_symlink()
    assert sorted(path.name for path in (place / "current" / "site" / "latest" / "named").iterdir()) == [
        "a.1.js",
        "a.2.js",
    ]
    assert roll_back(place) == 1
    assert sorted(path.name for path in (place / "releases").iterdir()) == ["2"]
    assert (place / "current" / "site" / "latest" / "named" / "a.2.js").is_file()

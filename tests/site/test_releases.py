"""Publishing: readers get the whole old site or the whole new one, whatever happens to the command."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from macros.locking import only_one
from macros.machine.server import serve
from macros.problems import UsageError
from macros.publication import releases
from macros.publication.releases import KEPT, publish_release, read_live, roll_back
from tests.conftest import ROOT
from tests.site.releasing import AFTER, BEFORE, command, make_site, publish, readers, version_of
from tests.site.serving import find_nginx, serve_nginx


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    """Returns the folders of two versions of a site."""
    return [make_site(tmp_path / name, name) for name in ("one", "two")]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "srv"


def own(site: Path) -> list[Path]:
    return sorted((site / "latest" / "named").iterdir())


def live(place: Path) -> str:
    return version_of(place / "current" / "site")


def test_each_file_has_its_packed_forms_beside_it_and_same_files_are_one(sites: list[Path], place: Path) -> None:
    for site in sites:
        publish_release(site, place, {"nginx.conf": "told"})
    page = place / "current" / "site" / "latest" / "page1" / "index.html"
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert page.with_name("index.html.gz").is_file()
    assert (place / "current" / "nginx.conf").read_text() == "told"
    same = [place / "releases" / number / "site" / "same.txt" for number in ("1", "2")]
    assert same[0].stat().st_ino == same[1].stat().st_ino
    assert same[0].with_name("same.txt.br").stat().st_ino == same[1].with_name("same.txt.br").stat().st_ino


def test_servers_may_read_what_is_published_whatever_the_umask(sites: list[Path], place: Path) -> None:
    before = os.umask(0o077)
    try:
        publish_release(sites[0], place, {})
    finally:
        os.umask(before)
    paths = [*(place / "current").resolve().rglob("*")]
    assert paths
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in paths if path.name != "release.json")
    assert all(path.stat().st_mode & 0o011 == 0o011 for path in paths if path.is_dir())


def test_an_open_page_still_finds_the_files_that_it_names(sites: list[Path], place: Path) -> None:
    for site in (*sites, sites[0]):
        publish_release(site, place, {})
    for site in sites:
        name = own(site)[0].name
        assert (place / "current" / "site" / "latest" / "named" / name).is_file()
        assert (place / "current" / "site" / "latest" / "named" / f"{name}.br").is_file()
    assert read_live(place) == releases.Release(3, 2, tuple(f"latest/named/{one.name}" for one in own(sites[0])))


def test_rolling_back_leads_to_what_readers_got_before(sites: list[Path], place: Path, tmp_path: Path) -> None:
    bad = make_site(tmp_path / "bad", "bad")
    for site in (*sites, bad):
        publish_release(site, place, {})
    assert roll_back(place) == 2
    assert live(place) == "two"
    assert publish_release(sites[0], place, {}) == 4
    assert roll_back(place) == 2  # never to the bad one
    assert roll_back(place) == 1
    assert live(place) == "one"
    with pytest.raises(UsageError, match="release 1 is the oldest that is kept"):
        roll_back(place)


def test_only_some_releases_are_kept(sites: list[Path], place: Path) -> None:
    for number in range(KEPT + 3):
        publish_release(sites[number % 2], place, {})
    assert sorted(int(one.name) for one in (place / "releases").iterdir()) == list(range(4, KEPT + 4))


def test_a_folder_that_somebody_else_made_is_left_alone(sites: list[Path], place: Path) -> None:
    (place / "current").mkdir(parents=True)
    (place / "current" / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="was not made by make publish"):
        publish_release(sites[0], place, {})
    assert (place / "current" / "index.html").read_text() == "mine"


def test_nothing_is_published_yet(place: Path) -> None:
    with pytest.raises(UsageError, match="nothing is published"):
        roll_back(place)


def test_two_at_once_one_says_so_and_the_site_is_whole(sites: list[Path], place: Path) -> None:
    publish_release(sites[0], place, {})
    with only_one(place / ".lock", "make publish"):
        done = publish(sites[1], place)
    assert done.returncode == 1
    assert "another make publish or make rollback is running here" in done.stderr
    assert live(place) == "one"
    both = [subprocess.Popen(command(site, place), cwd=ROOT, stdout=subprocess.DEVNULL) for site in (*sites, sites[1])]
    assert 0 in [one.wait() for one in both]
    assert live(place) in ("one", "two")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yields a folder on a disk of 400 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=400k", "none", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["/bin/umount", str(disk)], check=True)


def test_on_a_full_disk_readers_get_what_they_got_before(sites: list[Path], small_disk: Path, tmp_path: Path) -> None:
    publish_release(sites[0], small_disk, {})
    big = make_site(tmp_path / "big", "big", size=9000)
    for _ in range(2):
        with pytest.raises(UsageError, match=r"readers get what they got before \(No space left on device"):
            publish_release(big, small_disk, {})
        assert live(small_disk) == "one"
    publish_release(sites[1], small_disk, {})  # nothing of the attempts is left
    assert live(small_disk) == "two"


def kill_at(instants: int, sites: list[Path], place: Path) -> None:
    """Publishes, and every fifth time rolls back, each time killed at another step, while readers read."""
    for one in sites:
        done = publish(one, place)
        assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    before, killed = live(place), 0
    with serve(place / "current" / "site") as address, readers(address) as faults:
        for number in range(instants):
            site: Path | str = "" if number % 5 == 4 else sites[number % 2]
            done = publish(site, place, 1 + round(number * steps / instants))
            assert done.returncode in (0, -signal.SIGKILL) or "is the oldest that is kept" in done.stderr, done.stderr
            killed += done.returncode < 0
            now = live(place)
            assert now in (before, site.name if isinstance(site, Path) else "one", "two")
            before = now
    assert faults == []
    assert killed >= instants * 2 // 3  # a rollback has fewer steps than a publication
    assert publish(sites[0], place).returncode == 0
    assert live(place) == "one"


def test_killed_at_eight_instants_readers_read_on(sites: list[Path], place: Path) -> None:
    kill_at(8, sites, place)


@pytest.mark.audit
def test_killed_at_fifty_instants_readers_read_on(sites: list[Path], place: Path) -> None:
    kill_at(50, sites, place)


def test_killed_on_either_side_of_the_switch(sites: list[Path], place: Path) -> None:
    for site in sites:
        publish_release(site, place, {})
    assert publish(sites[0], place, BEFORE).returncode == -signal.SIGKILL
    assert live(place) == "two"
    assert publish(sites[0], place, AFTER).returncode == -signal.SIGKILL
    assert live(place) == "one"
    assert publish("", place, BEFORE).returncode == -signal.SIGKILL
    assert live(place) == "one"
    assert roll_back(place) == 2


def publish_under_load(times: int, sites: list[Path], place: Path) -> None:
    """Publishes so many times while readers ask nginx, or Python's server, for pages and what they name."""
    publish_release(sites[0], place, {})
    server = serve_nginx if find_nginx() else serve
    with server(place / "current" / "site") as address, readers(address, 4) as faults:
        for number in range(times):
            publish_release(sites[(number + 1) % 2], place, {})
        roll_back(place)
    assert faults == []


def test_a_server_serves_on_through_four_publications(sites: list[Path], place: Path) -> None:
    publish_under_load(4, sites, place)


@pytest.mark.audit
def test_a_server_serves_on_through_twenty_publications(sites: list[Path], place: Path) -> None:
    publish_under_load(20, sites, place)


def test_where_there_are_no_links_the_folder_itself_is_switched(
    sites: list[Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for site in sites:
        publish_release(site, place, {})
        assert not (place / "current").is_symlink()
        assert live(place) == site.name
    assert roll_back(place) == 1
    assert live(place) == "one"
    (place / "current").rename(place / "releases" / "1")  # as if killed between the two steps
    assert publish_release(sites[1], place, {}) == 3
    assert live(place) == "two"

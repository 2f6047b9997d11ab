"""The same tree gives the same bytes: in any folder, at any place, under any settings, on any day, with no network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site.project import COMMAND, SECOND, Project

# Python reads this module when it starts: every clock that it has is then another day's.
_OTHER_DAY = """
import datetime, time
_BY = 40 * 86_400 + 12_345
_time, _local, _gm = time.time, time.localtime, time.gmtime
time.time = lambda: _time() + _BY
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gm(time.time() if seconds is None else seconds)
class like(type):
    def __instancecheck__(cls, other):
        return isinstance(other, cls.__mro__[1])
class date(datetime.date, metaclass=like):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
class datetime_(datetime.datetime, metaclass=like):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(time.time())
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
datetime.date, datetime.datetime = date, datetime_
"""
_UNSHARE = shutil.which("unshare") or ""
_HERE = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
_THERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711", "LANG": "ja_JP.UTF-8"}


def _run(project: Project, settings: dict[str, str], umask: str, *words: str) -> None:
    if settings is _THERE:
        (project.top / "sitecustomize.py").write_text(_OTHER_DAY, encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        ["/bin/sh", "-c", f'umask {umask}; exec "$@"', "sh", *COMMAND, *words],
        cwd=project.top,
        env=variables | settings | {"PYTHONPATH": str(project.top)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _can_unplug() -> bool:
    """Whether this machine lets us run a command without any network."""
    return bool(_UNSHARE) and not subprocess.run([_UNSHARE, "--net", "/bin/true"], check=False).returncode


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _build(folder: Path, settings: dict[str, str], umask: str, *verbs: tuple[str, ...]) -> Project:
    folder.mkdir(parents=True)
    project = Project(folder / "project", own_code=True)
    for words in verbs:
        _run(project, settings, umask, *words)
    return project


def test_a_draft_is_the_same_everywhere(tmp_path: Path) -> None:
    here = _build(tmp_path / "a", _HERE, "022", ("draft",))
    there = _build(tmp_path / "other place" / "ü", _THERE, "077", ("draft",))
    assert _digests(here.top / "draft") == _digests(there.top / "draft")


@pytest.mark.audit
def test_an_edition_and_the_site_are_the_same_everywhere(tmp_path: Path) -> None:
    verbs = (("edition", SECOND), ("site",))
    here = _build(tmp_path / "a", _HERE, "022", *verbs)
    there = _build(tmp_path / "other place" / "ü", _THERE, "077", *verbs)
    assert _digests(here.top / "editions") == _digests(there.top / "editions")
    assert _digests(here.top / "site") == _digests(there.top / "site")


def test_the_day_of_a_build_can_be_given(tmp_path: Path) -> None:
    project = _build(tmp_path / "a", _HERE | {"SOURCE_DATE_EPOCH": "1700000000"}, "022", ("draft",))
    assert "<lastmod>2023-11-14</lastmod>" in (project.top / "draft/latest/sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.skipif(not _can_unplug(), reason="only root may take the network away")
def test_a_draft_needs_no_network(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", own_code=True)
    done = subprocess.run(
        [_UNSHARE, "--net", *COMMAND, "draft"], cwd=project.top, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

"""What runs on GitHub: every action pinned, every job limited, nothing allowed that it does not need."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.machine.environment import tool
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"- (?:id: \S+\n\s+)?uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", re.MULTILINE)


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_pinned_limited_and_may_do_little(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("uses: ") == len(PINNED.findall(text))
    workflow = read(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert 0 < job["timeout-minutes"] <= 180
        writes = {name for name, level in job["permissions"].items() if level != "read"}
        assert writes == ({"pages", "id-token"} if "environment" in job else set())
        assert set(job["permissions"]) - writes <= {"actions", "contents"}


def test_every_command_of_a_workflow_is_one_of_ours() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = {name for path in WORKFLOWS for name in re.findall(r"make ([a-z-]+)", path.read_text(encoding="utf-8"))}
    assert {"check", "draft", "summary", "site", "links", "audit"} <= called
    assert called - targets <= {"links-external"}


def test_zizmor_finds_nothing() -> None:
    line = [tool("zizmor"), "--offline", "--no-progress", "--persona", "auditor", ".github"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_actionlint_finds_nothing() -> None:
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        pytest.skip("actionlint is not installed")
    done = subprocess.run([actionlint, *map(str, WORKFLOWS)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_problems_are_shown_at_their_lines() -> None:
    pattern = json.loads((ROOT / ".github" / "problems.json").read_text())["problemMatcher"][0]["pattern"][0]
    expected = (ROOT / "tests" / "specimens" / "broken" / "expected.txt").read_text(encoding="utf-8").splitlines()
    places = [line for line in expected if re.match(r"\S+:\d+:\d+: ", line)]
    assert places
    for line in places:
        found = re.search(pattern["regexp"], line)
        assert found, line
        assert f"{found[1]}:{found[2]}:{found[3]}: {found[4]}" == line

"""`make bench` ends, in every part, and writes what it found."""

from __future__ import annotations

import json
from pathlib import Path

from tests.site.conftest import Command


def test_every_part_of_the_bench_ends(tree: Path, run: Command) -> None:
    before = sorted(path for path in tree.rglob("*"))
    done = run("bench", "--quick", "--scale")
    assert done.returncode == 0, done.stderr
    found = json.loads((tree / "bench.json").read_text())
    assert {"build_to_plain", "draft_to_plain", "check_unchanged_to_interpreter"} <= found["ratio"].keys()
    assert {"site_2_cold", "site_unchanged", "each_further_edition", "build_20_pages"} <= found["seconds"].keys()
    assert {name for name, value in found["seconds"].items() if value <= 0} <= {"each_further_edition"}, "a difference"
    assert found["files"]["site_3"] > found["files"]["site_2"], "an edition more is more files"
    assert sorted(tree.rglob("*")) == sorted([*before, tree / "bench.json"]), "all of it happens in copies"

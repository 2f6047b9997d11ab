"""`audit`: what takes too long for every change: each page, weights and times, packages, licenses, known weaknesses."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from macros.machine.browser import ensure_browser
from macros.machine.environment import LOCKS
from macros.tree import COMPONENTS, Tree

REPORTS = "audit"
SBOM = "sbom.cdx.json"
LICENSES = "licenses.txt"
# How a file from outside says what it is, in its first line: name and version, where it is from, its license.
_NOTICE = re.compile(r"/\*! (?P<name>[^,]+), [^,]+, (?P<license>[\w .-]+ License)")
_OWN = "MIT License, this project"


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Runs every step, also after one has failed; returns 1 when any has. Raises UsageError without a browser."""
    ensure_browser()
    folder = tree.root / REPORTS
    folder.mkdir(exist_ok=True)
    steps: dict[str, Callable[[], int]] = {
        "every page": lambda: _call(tree, "pytest", "tests", "-m", "audit", "--numprocesses", "auto"),
        "packages": lambda: write_sbom(folder / SBOM),
        "licenses": lambda: write_licenses(folder / LICENSES),
        "known weaknesses": check_weaknesses,
        "site": lambda: _call(tree, "macros", "site"),
        "weights": lambda: _call(tree, "macros", "weigh"),
        "times": lambda: _call(tree, "macros", "bench"),
    }
    failed = []
    for name, step in steps.items():
        print(f"== {name}", flush=True)
        if step() != 0:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else f"Nothing failed; reports are in {REPORTS}/")
    return 1 if failed else 0


def write_sbom(path: Path) -> int:
    """Writes the packages that the site is built with, as a CycloneDX bill of materials; the same bytes each time."""
    done = _run("cyclonedx_py", "requirements", str(LOCKS["site"]), "--output-reproducible", "--output-file", str(path))
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
        return 1
    count = len(json.loads(path.read_text(encoding="utf-8"))["components"])
    print(f"{count} packages, each with its digests: {REPORTS}/{path.name}")
    return 0


def write_licenses(path: Path) -> int:
    """Writes the license of everything that readers are served beside our words; 1 when one is not known."""
    found = list(list_licenses(COMPONENTS.parent))
    path.write_text("".join(f"{name}: {said or 'no license is named'}\n" for name, said in found), encoding="utf-8")
    print(path.read_text(encoding="utf-8"), end="")
    return 0 if all(said for _, said in found) else 1


def list_licenses(overrides: Path) -> Iterator[tuple[str, str]]:
    """Yields what readers are served and under which license, an empty one when a file from outside names none."""
    for file in sorted((overrides / "assets" / "vendor").iterdir()):
        notice = _NOTICE.match(file.read_text(encoding="utf-8", errors="replace"))
        yield f"overrides/assets/vendor/{file.name}", f"{notice['license']}, {notice['name']}" if notice else ""
    yield "overrides/assets", _OWN
    for font in sorted((overrides.parent / "macros" / "brief" / "fonts").glob("*.[ot]tf")):
        terms = font.with_name("OFL.txt")
        yield f"macros/brief/fonts/{font.name} (in the briefs)", "SIL Open Font License" if terms.is_file() else ""
    yield (
        "Libertinus Serif (in the briefs, from Typst)",
        "SIL Open Font License",
    )  # Typst's own license is not the face's
    yield "mkdocs-material (icons and the skeleton of pages)", _license_of("mkdocs-material")


def check_weaknesses() -> int:
    """Asks whether weaknesses of the locked packages are known, and says so when nobody could be asked."""
    asked: dict[str, list[str] | None] = {}
    for lock in LOCKS.values():
        done = _run("pip_audit", "-r", str(lock), "--disable-pip", "--require-hashes", "-f", "json", "--timeout", "20")
        asked |= read_weaknesses(done.stdout)
    found = {name: ids for name, ids in asked.items() if ids}
    for name, ids in sorted(found.items()):
        print(f"{name}: {', '.join(ids)}", file=sys.stderr)
    unknown = [name for name, ids in asked.items() if ids is None]
    if unknown or not asked:
        which = f"{len(unknown)} of {len(asked)} packages" if asked else "all packages"
        print(f"NOT CHECKED, {which}: the lists of known weaknesses could not be reached or do not have them")
    print(f"{len(found)} packages with known weaknesses, of {len(asked) - len(unknown)} that were asked about")
    return 1 if found else 0


def read_weaknesses(report: str) -> dict[str, list[str] | None]:
    """Returns the ids of the weaknesses of each package in a report of pip-audit; None where it could not ask."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return {}
    return {one["name"]: [each["id"] for each in one["vulns"]] if "vulns" in one else None for one in packages}


def _license_of(package: str) -> str:
    said = metadata.metadata(package).json
    classified = [one.rpartition(" :: ")[2] for one in said.get("classifier", ()) if one.startswith("License ::")]
    return str(said.get("license_expression") or "; ".join(classified) or said.get("license") or "")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False)


def _call(tree: Tree, *words: str) -> int:
    return subprocess.run([sys.executable, "-m", *words], cwd=tree.root, check=False).returncode

"""`bench`: how long checks and builds take here, against plain MkDocs, and as editions or pages grow."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from macros.benchmarks.measures import Action, Measures, measure_folder
from macros.benchmarks.places import copy_edition, copy_tree, write_config, write_plain
from macros.benchmarks.saving import choose_edits, measure_saved_to_seen
from macros.benchmarks.searching import measure_first_queries
from macros.benchmarks.synthetic import choose_queries, write_tree
from macros.catalog.loading import load_settings
from macros.store.edition import load_editions
from macros.tree import Tree

RESULT = "bench.json"


@dataclass
class Bench:
    """What the parts measure: a copy of the tree, a folder to work in, how often and how much."""

    tree: Tree
    original: Tree
    folder: Path
    found: Measures
    rounds: int
    starts: int
    edits: int
    growth: tuple[int, ...]
    pages: tuple[int, ...]

    def verb(self, *words: str, tree: Tree | None = None) -> list[str]:
        """Returns the command line of a verb."""
        return [sys.executable, "-m", "macros", "--tree", str((tree or self.tree).root), *words]

    def mkdocs(self, config: Path, target: str) -> list[str]:
        """Returns the command line of a build of pages alone."""
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config)]
        return [*command, "--site-dir", str(self.folder / target)]


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Measures in a copy of the tree, prints medians and ratios, and writes them to bench.json."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy = copy_tree(tree, folder / "copy")
        quick: bool = options.quick
        bench = Bench(
            copy,
            tree,
            folder,
            Measures(),
            rounds=1 if quick else 5,
            starts=1 if quick else 3,
            edits=1 if quick else 10,
            growth=(2, 3) if quick else (2, 10, 20),
            pages=(10, 20) if quick else (500, 2000, 5000),
        )
        chosen = options.only or [name for name in PARTS if options.scale or name != "scale"]
        for name in chosen:
            print(f"{name}:", flush=True)
            PARTS[name](bench)
            # After each part, for a run that is broken off has measured something too.
            text = json.dumps(bench.found.as_json(), indent=1)
            (tree.root / RESULT).write_text(f"{text}\n", encoding="utf-8")
    print(f"The figures are in {RESULT} too.")
    return 0


def measure_checks(bench: Bench) -> None:
    """A check from cold, after one file was changed, and with nothing changed, against a bare interpreter."""
    check = bench.verb("check")
    record = next(one for one in choose_edits(bench.tree) if one.name == "record")
    path = bench.tree.root / record.file
    whole, rounds = path.read_text(encoding="utf-8"), itertools.count(1)

    def change() -> None:
        """Says something else in a record each time, so that what prints it is another too."""
        new = record.old + "Once more. " * next(rounds)
        path.write_text(whole.replace(record.old, new, 1), encoding="utf-8")

    bench.found.measure(
        bench.rounds,
        Action("interpreter", [sys.executable, "-c", "import pydantic, yaml"]),
        Action("check_cold", check, lambda: shutil.rmtree(bench.tree.cache, ignore_errors=True)),
        Action("check_one_changed", check, change),
        Action("check_unchanged", check),
    )
    bench.found.compare("check_one_changed_to_interpreter", "check_one_changed", "interpreter")
    bench.found.compare("check_unchanged_to_interpreter", "check_unchanged", "interpreter")


def measure_builds(bench: Bench) -> None:
    """The pages, and the whole draft with all files, against the same expanded pages by plain MkDocs and Material."""
    plain = write_plain(bench.tree, bench.folder / "plain")
    bench.found.measure(
        bench.rounds,
        Action("build", bench.mkdocs(bench.tree.config, "pages")),
        Action("plain", bench.mkdocs(plain, "plain-site")),
        Action("draft", bench.verb("draft")),
    )
    bench.found.compare("build_to_plain", "build", "plain")
    bench.found.compare("draft_to_plain", "draft", "plain")


def measure_growth(bench: Bench) -> None:
    """The whole site from cold, with copies of the newest edition under other dates, and with nothing changed."""
    editions, _ = load_editions(bench.tree.project, dt.date.max)
    if not editions:
        settings, _ = load_settings(bench.tree)
        as_at = settings.as_at.text if settings else ""
        bench.found.measure(1, Action("freeze", bench.verb("edition", as_at, "--title", "Measured")))
        editions, _ = load_editions(bench.tree.project, dt.date.max)
    grown = Tree(bench.folder / "grown")
    (grown.data).mkdir(parents=True)
    write_config(grown.root, {"INHERIT": str(bench.original.config)})
    for number in bench.growth:
        copy_edition(editions[-1], grown.root, number)
        shutil.rmtree(grown.cache, ignore_errors=True)
        bench.found.measure(1, Action(f"site_{number}_cold", bench.verb("site", tree=grown)))
        bench.found.files[f"site_{number}"], bench.found.megabytes[f"site_{number}"] = measure_folder(grown.site)
    bench.found.measure(bench.rounds, Action("site_unchanged", bench.verb("site", tree=grown)))
    first, last = bench.growth[0], bench.growth[-1]
    for figures, ending in ((bench.found.seconds, "_cold"), (bench.found.files, ""), (bench.found.megabytes, "")):
        step = (figures[f"site_{last}{ending}"] - figures[f"site_{first}{ending}"]) / (last - first)
        figures["each_further_edition"] = round(step, 2)
    step_said = [one["each_further_edition"] for one in (bench.found.seconds, bench.found.files, bench.found.megabytes)]
    print("each further edition: {:.2f} s, {:.0f} files, {:.1f} MB".format(*step_said), flush=True)


def measure_scale(bench: Bench) -> None:
    """The build of made-up trees of many pages: the time of a page, the memory, and what the first query fetches."""
    for pages in bench.pages:
        print(f"{pages} pages, made up:", flush=True)
        tree = write_tree(bench.original, bench.folder / f"made-{pages}", pages)
        bench.found.measure(1, Action(f"check_{pages}_pages", bench.verb("check", tree=tree)))
        bench.found.measure(1, Action(f"build_{pages}_pages", bench.mkdocs(tree.config, "made")))
        bench.found.cpu[f"page_at_{pages}"] = round(bench.found.cpu[f"build_{pages}_pages"] / pages, 5)
        bench.found.measure(1, Action(f"draft_{pages}_pages", bench.verb("draft", tree=tree)))
        found = list(measure_first_queries(tree.root / "draft", choose_queries(pages)))
        bench.found.add(f"first_query_{pages}_pages", [one.seconds for one in found])
        most = max(one.kilobytes for one in found), max(one.files for one in found)
        bench.found.megabytes[f"first_query_{pages}_pages"] = round(most[0] / 1000, 3)
        bench.found.files[f"first_query_{pages}_pages"] = most[1]
        print(f"a first query fetches at most {most[0]:.0f} KB in {most[1]} files", flush=True)
    first, last = (bench.found.cpu[f"page_at_{pages}"] for pages in (bench.pages[0], bench.pages[-1]))
    bench.found.ratio["page_at_most_to_page_at_fewest"] = round(last / first, 3)
    print(f"a page of {bench.pages[-1]} takes {last / first:.2f} of the time of a page of {bench.pages[0]}", flush=True)


def measure_saving(bench: Bench) -> None:
    """From a file saved to the page seen, in the preview and a real browser."""
    for name, times in measure_saved_to_seen(bench.tree, bench.starts, bench.edits):
        bench.found.add(f"saved_to_seen_{name.replace(' ', '_')}", times)


# In this order; the last is left out unless it is asked for.
PARTS: dict[str, Callable[[Bench], None]] = {
    "checks": measure_checks,
    "builds": measure_builds,
    "saving": measure_saving,
    "growth": measure_growth,
    "scale": measure_scale,
}

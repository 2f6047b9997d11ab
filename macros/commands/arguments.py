"""The verbs of the command line, and what each takes beside its name."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# verb: (what it does, what it needs installed). Each is `run(tree, options)` in the module of its name.
VERBS = {
    "site": ("build every frozen edition into site/", "site"),
    "draft": ("build the working tree into draft/, marked as a draft", "site"),
    "edition": ("freeze the working tree as an edition: edition AS_AT", "site"),
    "correct": ("bring the sources of an edition back, to correct it: correct EDITION", "site"),
    "edition-migrate": ("better the markup of a stored edition, its words unchanged: edition-migrate EDITION", "site"),
    "check": ("check every record and page", "site"),
    "serve": ("show the working tree as a draft, live, while you edit", "site"),
    "summary": ("say what the working tree changes, and what to read again, in Markdown", "site"),
    "new": ("begin a record or a page: new KIND ID", "site"),
    "source": ("begin the record of a source from its address: source URL", "site"),
    "rename": ("give a record or a page a new name: rename OLD NEW", "site"),
    "where": ("list every page and record that a fact reaches: where ID", "site"),
    "stale": ("list what to read again today: states, sources, reviews by role", "site"),
    "schemas": ("write what the editor's program knows of records and macros", "site"),
    "help": ("print what each macro does and how it is written", "site"),
    "publish": ("build the site, check it, and put it where a web server reads it", "dev"),
    "rollback": ("give readers the release before", "site"),
    "audit": ("run what takes long: every page, packages, licenses, known weaknesses", "dev"),
    "links": ("check every link of site/, or of another built folder", "dev"),
    "links-external": ("ask the other sites to which records lead, and say which links are dead", "dev"),
    "archive-list": ("list the sources that have no archived copy, or no day on which they were seen", "site"),
    "test": ("lint, types, tests, browser and links", "dev"),
    "fuzz": ("look for input that is neither taken nor refused: fuzz [--seconds 600] [--seed 0]", "dev"),
    "mutate": ("plant faults in the code: do the unit tests notice? mutate [--seed 0] [--count 200]", "dev"),
    "style": ("measure how the built pages read", "dev"),
    "reread": ("list what to read again before as_at is moved: reread AS_AT", "site"),
    "search-quality": ("ask the search a file of questions: hit@1, hit@3, misses", "dev"),
    "bench": ("measure checks and builds", "dev"),
    "weigh": ("measure what each page of site/ costs on the wire", "dev"),
    "lock": ("renew the lock files from requirements*.in", "dev"),
}


# What a verb takes beside its name, as argparse has it.
ARGUMENTS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "new": (
        ("kind", {"help": "the kind of record, or page"}),
        ("id", {"nargs": "?", "default": "", "help": "its id, or the page's path: energy/smr-loans"}),
        ("--title", {"default": "", "help": "the page's title"}),
        ("--record", {"default": "", "help": "the record of which the page is about: provision/financing"}),
    ),
    "source": (
        ("url", {"help": "the address: https://www.meti.go.jp/..."}),
        ("--id", {"default": "", "help": "its id, where the one that we would choose will not do"}),
    ),
    "rename": (
        ("old", {"help": "the record or page as it is named now: term/offtake, docs/energy/smr.md"}),
        ("new", {"help": "its new name"}),
    ),
    "where": (("id", {"help": "the record: provision/financing"}),),
    "stale": (
        ("--on", {"default": "", "help": "the day on which it is asked (default: today)"}),
        ("--role", {"default": "", "help": "the reviews of one role only"}),
    ),
    "edition": (
        ("as_at", {"help": "the as-at date, and the number of a correction: 2026-09-30, 2026-09-30.2"}),
        ("--again", {"action": "store_true", "help": "freeze a candidate anew"}),
        *((f"--{key}", {"help": f"the {key} in edition.yml"}) for key in ("title", "note", "supersedes")),
        ("--published", {"help": "publish it: the day of publication, 2026-12-01"}),
        ("--sources", {"type": Path, "help": "the folder of the records and pages to freeze (default: here)"}),
    ),
    "edition-migrate": (
        ("edition", {"help": "the edition: 2025-10-28"}),
        ("--css", {"required": True, "help": "which elements, as a CSS selector"}),
        ("--set", {"action": "append", "metavar": "NAME=VALUE", "help": "an attribute that they get"}),
        ("--remove", {"action": "append", "metavar": "NAME", "help": "an attribute that they lose"}),
        ("--reason", {"help": "why: the edition's record says so"}),
    ),
    "correct": (("edition", {"help": "the edition to be corrected: 2025-10-28"}),),
    "style": (("--built", {"type": Path, "help": "a built edition (default: draft/latest)"}),),
    "search-quality": (
        ("--built", {"type": Path, "help": "a built site (default: draft)"}),
        ("--queries", {"type": Path, "default": Path("tests/site/queries.yml"), "help": "a file of questions"}),
    ),
    "reread": (("as_at", {"help": "the day to which as_at is to be moved: 2026-11-29"}),),
    "fuzz": (
        ("--seconds", {"type": int, "default": 600, "help": "how long it looks (default: 600)"}),
        ("--seed", {"type": int, "default": 0, "help": "the number from which everything is drawn (default: 0)"}),
    ),
    "mutate": (
        ("--seed", {"type": int, "default": 0, "help": "the number from which the faults are drawn (default: 0)"}),
        ("--count", {"type": int, "default": 200, "help": "how many faults (default: 200)"}),
        ("--seconds", {"type": int, "default": 600, "help": "how long at most (default: 600)"}),
    ),
    "bench": (
        ("--scale", {"action": "store_true", "help": "also build made-up trees of up to 5,000 pages"}),
        ("--quick", {"action": "store_true", "help": "one round, on little, to see that every part ends"}),
        (
            "--only",
            {"nargs": "+", "choices": ("checks", "builds", "saving", "growth", "scale"), "help": "these parts alone"},
        ),
    ),
    "serve": (("--port", {"type": int, "default": 8000}),),
    "publish": (("--to", {"type": Path, "required": True, "help": "the folder that the web server reads"}),),
    "rollback": (("--to", {"type": Path, "required": True, "help": "the folder that was published into"}),),
    "links": (
        ("--site", {"type": Path, "help": "the built folder: draft, or any other (default: site/)"}),
        ("--format", {"choices": ("text", "json", "junit", "sarif", "github"), "default": "text"}),
        ("--no-http", {"action": "store_false", "dest": "http", "help": "do not ask LinkChecker, which takes longest"}),
    ),
    "links-external": (
        ("--history", {"type": Path, "help": "what earlier runs found (default: .cache/links-history.json)"}),
        ("--report", {"type": Path, "help": "a file for the report, beside the terminal"}),
    ),
}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Returns the verb and its options. Raises SystemExit(2) when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Build and check the explainer site.")
    parser.add_argument(
        "--tree", type=Path, default=Path(), help="the folder with mkdocs.yml and data/ (default: here)"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for name, (what, _) in VERBS.items():
        verb = verbs.add_parser(name, help=what, description=what)
        for flag, settings in ARGUMENTS.get(name, ()):
            verb.add_argument(flag, **settings)
    return parser.parse_args(arguments)

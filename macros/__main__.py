"""The command line: `python -m macros <verb>`. `make <verb>` is the same.

Exit codes: 0 done; 1 the content is at fault; 2 the command was misused or the machine lacks something.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.commands.environment import ensure_environment
from macros.problems import ContentError, UsageError
from macros.tree import find_tree

# verb: (what it does, what it needs installed). Each is `run(tree, options)` in macros/commands/<verb>.py.
VERBS = {
    "site": ("build every frozen edition into site/", "site"),
    "draft": ("build the working tree into draft/, marked as a draft", "site"),
    "edition": ("freeze the working tree as an edition: edition AS_AT", "site"),
    "correct": ("bring the sources of an edition back, to correct it: correct EDITION", "site"),
    "edition-migrate": ("better the markup of a stored edition, its words unchanged: edition-migrate EDITION", "site"),
    "check": ("check every record and page", "site"),
    "serve": ("show the working tree as a draft, live, while you edit", "site"),
    "new": ("begin a record: new KIND ID", "site"),
    "help": ("print what each macro does and how it is written", "site"),
    "links": ("check every link and anchor of site/", "dev"),
    "test": ("lint, types, tests, browser and links", "dev"),
    "style": ("measure how the built pages read", "dev"),
    "reread": ("list what to read again before as_at is moved: reread AS_AT", "site"),
    "search-quality": ("ask the search a file of questions: hit@1, hit@3, misses", "dev"),
    "bench": ("measure checks and builds", "dev"),
    "weigh": ("measure what each page of site/ costs on the wire", "dev"),
    "lock": ("renew the lock files from requirements*.in", "dev"),
}


# What a verb takes beside its name, as argparse has it.
ARGUMENTS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "new": (("kind", {}), ("id", {})),
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
    "serve": (("--port", {"type": int, "default": 8000}),),
    "links": (("--site", {"type": Path, "help": "the built site (default: site/)"}),),
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


def main(arguments: Sequence[str]) -> int:
    """Runs one verb in the project's own environment and returns the exit code."""
    options = parse(arguments)
    try:
        ensure_environment(VERBS[options.verb][1], arguments)
        command = importlib.import_module(f"macros.commands.{options.verb.replace('-', '_')}")
        return int(command.run(find_tree(options.tree), options))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

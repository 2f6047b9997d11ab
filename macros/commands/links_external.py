"""`links-external`: asks the sites to which records lead, remembers, and says which links are dead or have moved."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from macros.catalog.loading import load_records
from macros.links.exceptions import LinkSettings, load_link_settings
from macros.links.remembering import Memory, list_due, read_history, remember, write_history
from macros.links.visiting import Manners, Outcome, visit_all
from macros.tree import Tree

HISTORY = "links-history.json"


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints the report; returns 1 when a link is dead. `--history` is kept from run to run."""
    return ask(tree, options.history or tree.cache / HISTORY, dt.date.today(), options.report)


def ask(tree: Tree, kept: Path, today: dt.date, report: Path | None = None, manners: Manners | None = None) -> int:
    """Asks what is due today, keeps what it learned, and prints the report, into a file too when one is named."""
    settings, places = load_link_settings(tree), list_addresses(tree)
    history = read_history(kept)
    asked = list_due([one for one in places if not settings.excuses(one, today)], history, today)
    for visit in visit_all(asked, manners):
        remember(history, visit, today)
        write_history(kept, history)  # each time, so that a run that is stopped has not asked in vain
    text = "\n".join(write_report(places, history, settings, today, len(asked)))
    print(text)
    if report:
        report.write_text(text + "\n", encoding="utf-8")
    dead = [one for one in places if one in history and history[one].is_dead and not settings.excuses(one, today)]
    return 1 if dead else 0


def list_addresses(tree: Tree) -> dict[str, str]:
    """Returns each address of another site that a record names under `url`, with the line on which it stands."""
    found: dict[str, str] = {}
    for document in load_records(tree).documents.values():
        for path in _addresses(document.value):
            address = document.value
            for step in path:
                address = address[step]
            found.setdefault(str(address).partition("#")[0], f"{document.path}:{document.place(path)[0]}")
    return dict(sorted(found.items()))


def _addresses(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "url" and isinstance(inner, str) and inner.startswith("http"):
                yield (*path, key)
            else:
                yield from _addresses(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _addresses(inner, (*path, number))


def write_report(
    places: Mapping[str, str], history: Mapping[str, Memory], settings: LinkSettings, today: dt.date, asked: int
) -> Iterator[str]:
    """Yields the lines of the report, in Markdown: what is dead first, then what may be, then what has moved."""
    known = {one: history[one] for one in places if one in history and not settings.excuses(one, today)}
    dead = {one: memory for one, memory in known.items() if memory.is_dead}
    yield f"# Links to other sites, {today}"
    yield f"\n{len(places)} addresses, {asked} asked today, {len(dead)} dead."
    groups = {"Dead: they failed on three days": dead}
    for outcome in (
        Outcome.gone,
        Outcome.failed,
        Outcome.parked,
        Outcome.doubtful,
        Outcome.moved,
        Outcome.limited,
        Outcome.refused,
    ):
        title = (
            f"{str(outcome).capitalize()} (not yet dead)"
            if outcome in (Outcome.gone, Outcome.failed)
            else str(outcome).capitalize()
        )
        groups[title] = {one: memory for one, memory in known.items() if memory.outcome == outcome and one not in dead}
    for title, members in groups.items():
        if members:
            yield f"\n## {title}\n"
        for address, memory in members.items():
            days = f"; failed on {', '.join(memory.failed)}" if memory.failed else ""
            last = f"; last answered {memory.answered}" if memory.answered and memory.answered != memory.asked else ""
            yield f"- {places[address]}: {address} ({memory.says or memory.outcome}; asked {memory.asked}{days}{last})"
    for one in settings.expired(today):
        yield f"\nThe exception for {one.begins} in data/links.yml ended on {one.until}: look again."

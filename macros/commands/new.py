"""`new`: begins a record with every key that its kind has, or a page with its header and its line in the navigation."""

from __future__ import annotations

import argparse
import sys

from macros.cache import write_whole
from macros.catalog.ids import write_ids
from macros.catalog.loading import ID
from macros.catalog.references import split_key
from macros.catalog.validating import ID_FORM
from macros.catalog.vocabularies import load_vocabularies
from macros.problems import UsageError, suggest
from macros.renames.pages import source_of
from macros.schema import KINDS
from macros.skeletons.pages import add_to_navigation, create_page
from macros.skeletons.records import create_record, list_ids
from macros.tree import Tree

PAGE = "page"


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Writes the file and says what comes next. Raises UsageError when it cannot."""
    if options.kind == PAGE:
        return _begin_page(tree, options)
    model = KINDS.get(options.kind)
    if model is None:
        raise UsageError(f"no kind of record '{options.kind}'; {suggest(options.kind, [*KINDS, PAGE], what='kinds')}")
    record_id = options.id or _ask(
        "Its id (rapid-response)", f"name it: make new KIND={options.kind} ID=rapid-response"
    )
    if not ID.fullmatch(record_id):
        raise UsageError(f"'{record_id}' cannot be an id: {ID_FORM}")
    path = tree.data / model.kind / f"{record_id}.yml"
    if path.exists():
        raise UsageError(f"{tree.shown(path)} exists already")
    write_whole(path, create_record(model, list_ids(tree), load_vocabularies(tree)[0]).encode())
    write_ids(tree)
    print(f"Wrote {tree.shown(path)}: fill in what is open, delete the comments, then run make check")
    if model.own_page:
        print("It needs a page of its own:")
        print(f'  make new KIND=page ID=folder/{record_id} RECORD={model.kind}/{record_id} TITLE="Its title"')
    return 0


def _begin_page(tree: Tree, options: argparse.Namespace) -> int:
    written = options.id or _ask("Its path under docs/ (energy/smr-loans)", "name it: make new KIND=page ID=energy/smr")
    source = source_of(written if written.endswith(".md") else f"{written}.md")
    path = tree.docs / source
    if path.exists():
        raise UsageError(f"{tree.shown(path)} exists already")
    title = options.title or _ask("Its title", 'name it: TITLE="Loans for small reactors"')
    kind, record_id = split_key(options.record)
    if options.record and not (kind and (tree.data / kind / f"{record_id}.yml").is_file()):
        raise UsageError(f"no record '{options.record}': begin it first, make new KIND={kind or 'term'} ID={record_id}")
    config, line = add_to_navigation(tree.config.read_bytes().decode("utf-8"), source)
    write_whole(path, create_page(title, options.record).encode())
    write_whole(tree.config, config.encode())
    print(f"Wrote {tree.shown(path)}: write its description and its text, then run make check")
    print(f"It is in the navigation, mkdocs.yml:{line}: move that line where readers would look for the page")
    return 0


def _ask(question: str, otherwise: str) -> str:
    """Returns what a person answers. Raises UsageError where nobody can be asked."""
    answer = input(f"{question}: ").strip() if sys.stdin.isatty() else ""
    if not answer:
        raise UsageError(otherwise)
    return answer

"""The files under `.vscode/` that come from classes, lists and macros: written by `schemas`, held fresh by `check`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros.cache import digest, digest_code, keep_alone, list_files, write_whole
from macros.problems import Problem
from macros.tree import CODE, IDS, LISTS, SCHEMAS, Tree

SNIPPETS = ".vscode/explainer.code-snippets"
SETTINGS = ".vscode/settings.json"
_TIED = "yaml.schemas"  # the one key of the settings that is ours; what else stands there is its owner's
_HINT = "write it anew: make schemas, or python -m macros schemas"


def generate_files(tree: Tree) -> dict[str, str]:
    """Returns the text of every generated file by its path from the project's top."""
    # Not loaded when the answer is known.
    from macros.catalog.vocabularies import load_vocabularies  # noqa: PLC0415
    from macros.editor.schemas import author_schemas  # noqa: PLC0415
    from macros.editor.snippets import create_snippets  # noqa: PLC0415

    lists, _ = load_vocabularies(tree)
    made = {f"{SCHEMAS}/{name}.json": _print(schema) for name, schema in author_schemas(lists).items()}
    return made | {SNIPPETS: _print(create_snippets())}


def tie_folders() -> dict[str, str]:
    """Returns which files each schema is for, as the YAML extension wants it."""
    from macros.schema import KINDS  # noqa: PLC0415 - as above

    files = {kind: f"data/{kind}/*.yml" for kind in KINDS}
    files |= {"catalog": "data/catalog.yml", LISTS: f"data/{LISTS}/*.yml"}
    return {f"{folder}/{name}.json": glob for name, glob in files.items() for folder in (SCHEMAS, IDS)}


def write_files(tree: Tree) -> list[str]:
    """Writes every generated file that is not as it should be, and returns their paths. Raises ValueError.

    A ValueError means that the settings are no plain JSON, so that nothing can be put into them.
    """
    made = generate_files(tree)
    settings = _read_settings(tree)
    if settings.get(_TIED) != tie_folders():
        made[SETTINGS] = _print(settings | {_TIED: tie_folders()})
    stale = [name for name, text in made.items() if not _is_same(tree, name, text)]
    for name in stale:
        write_whole(tree.root / name, made[name].encode())
    for old in _left_over(tree, made):
        (tree.root / old).unlink()
    return stale


def check_files(tree: Tree) -> Iterator[Problem]:
    """Yields each generated file that is stale, in the tree that holds this code, when it has any.

    When no code, list or file has changed since they were last found fresh, nothing is generated.
    """
    if tree.root != CODE.parent or not (tree.root / SCHEMAS).is_dir():
        return
    stamp = tree.cache / "editing" / _fingerprint(tree)
    if stamp.is_file():
        return
    problems = list(find_stale(tree))
    if not problems:
        keep_alone(stamp.parent, stamp.name)
        write_whole(stamp, b"")
    yield from problems


def find_stale(tree: Tree) -> Iterator[Problem]:
    """Yields each generated file that is missing, stale or left over; none while the closed lists cannot be read."""
    from macros.catalog.vocabularies import load_vocabularies  # noqa: PLC0415 - as above

    if load_vocabularies(tree)[1]:
        return
    made = generate_files(tree)
    for name, text in made.items():
        if not _is_same(tree, name, text):
            yield Problem(name, 1, 1, "the file is older than the classes, lists and macros that it describes", _HINT)
    for name in _left_over(tree, made):
        yield Problem(name, 1, 1, "no kind of record has this schema any more", _HINT)
    try:
        tied = _read_settings(tree).get(_TIED)
    except ValueError as error:
        yield Problem(SETTINGS, 1, 1, f"not plain JSON: {error}", "remove comments and commas before a bracket")
        return
    if tied != tie_folders():
        yield Problem(SETTINGS, 1, 1, f"{_TIED} does not name the schema of every kind", _HINT)


def _left_over(tree: Tree, made: dict[str, str]) -> list[str]:
    found = sorted((tree.root / SCHEMAS).glob("*.json"))
    return [name for path in found if (name := tree.shown(path)) not in made]


def _is_same(tree: Tree, name: str, text: str) -> bool:
    path = tree.root / name
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == text.encode()


def _read_settings(tree: Tree) -> dict[str, Any]:
    path = tree.root / SETTINGS
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def _fingerprint(tree: Tree) -> str:
    paths = [*tree.lists, *list_files(tree.root / ".vscode")]
    return digest(digest_code(), [tree.shown(path) for path in paths], *paths)


def _print(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

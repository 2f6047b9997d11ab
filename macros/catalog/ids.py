"""The ids that records may name, for an editor's program: a schema beside each kind's own, under `.cache/ids/`.

They are no part of the committed schemas, for then every new record would make those stale, in its author's way and in
everybody's merges. What is kept here is renewed by `check`, `new`, `schemas` and the preview, is read from the files'
names alone, and refuses nothing that the check accepts: earlier ids are in it too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from macros.cache import digest, digest_code, write_whole
from macros.schema import KINDS
from macros.schema.base import NAMES
from macros.text.document import read_document
from macros.text.files import list_folder
from macros.text.memory import Memory, stamp
from macros.tree import IDS, SCHEMAS, Tree

# By kind: each id, and the name of its record, which tells an author what the id means.
Ids = dict[str, dict[str, str]]

_NAME = re.compile(r"^(?:short_title|heading|title): *[\"']?([^\n>|].*?)[\"']?$", re.MULTILINE)


def list_ids(tree: Tree, memory: Memory | None = None) -> Ids:
    """Returns every id under data/ and every earlier one, also of records that are not valid now."""
    memory = memory or Memory()
    found: Ids = {}
    for kind in KINDS:
        ids = found[kind] = {}
        for path in list_folder(tree.data / kind):
            if path.suffix == ".yml":
                ids |= memory.recall(("ids", str(path)), stamp(path), partial(_read_ids, path))
    return found


def _read_ids(path: Path) -> dict[str, str]:
    data = path.read_bytes()
    text = data.decode("utf-8", "replace")
    name = _NAME.search(text)
    ids = {path.stem: name[1] if name else ""}
    if "\naliases:" in text:
        value = read_document(path.name, data)[0].value
        aliases = value.get("aliases") if isinstance(value, dict) else None
        ids |= {str(alias): f"now {path.stem}" for alias in aliases or ()}
    return ids


def write_ids(tree: Tree, memory: Memory | None = None) -> None:
    """Writes, for each schema in `.vscode/schemas/`, what ids may be where; a file is touched only when it changes."""
    schemas = sorted((tree.root / SCHEMAS).glob("*.json"))
    if not schemas:
        return
    ids, folder = list_ids(tree, memory), tree.root / IDS
    made_of, mark = digest(digest_code(), ids, *schemas).encode(), folder / ".made-of"
    if all((folder / one.name).is_file() for one in schemas) and mark.is_file() and mark.read_bytes() == made_of:
        return
    for schema in schemas:
        path = folder / schema.name
        content = json.dumps(ids_schema(json.loads(schema.read_bytes()), ids), ensure_ascii=False).encode()
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
    write_whole(mark, made_of)


def ids_schema(schema: dict[str, Any], ids: Ids) -> dict[str, Any]:
    """Returns the schema that refuses an id which no record has, wherever a kind's own schema wants the id of one."""
    pruned = _prune(schema)
    definitions = pruned.setdefault("$defs", {})
    for kind in sorted(set(_named(schema))):
        keys = ids.get(kind, {}) if kind != "*" else _keys(ids)
        what = f"data/{kind}/ has no such file" if kind != "*" else "no record has this kind and id"
        definitions[_definition(kind)] = {
            "enum": list(keys),
            "enumDescriptions": list(keys.values()),
            "errorMessage": f"{what}, or `make check` has not seen it yet",
        }
    return {"$schema": schema["$schema"], **pruned}


def _keys(ids: Ids) -> dict[str, str]:
    return {f"{kind}/{one}": name for kind, of_kind in ids.items() for one, name in of_kind.items()}


def _definition(kind: str) -> str:
    return f"ids-{'any' if kind == '*' else kind}"


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if NAMES in node:
            yield node[NAMES]
        for one in node.values():
            yield from _named(one)


def _prune(node: dict[str, Any]) -> dict[str, Any]:
    """Returns the part of a schema that leads to ids: its properties, items and references to parts."""
    if NAMES in node:
        return {"$ref": f"#/$defs/{_definition(node[NAMES])}"}
    kept: dict[str, Any] = {"$ref": node["$ref"]} if "$ref" in node else {}
    for key in ("properties", "$defs"):
        if key in node:
            kept[key] = {name: pruned for name, one in node[key].items() if (pruned := _prune(one)) or key == "$defs"}
    if "items" in node and (inner := _prune(node["items"])):
        kept["items"] = inner
    return kept

"""`new`: begins a record with every key that its kind must have."""

from __future__ import annotations

import argparse
from enum import Enum
from typing import get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.catalog.loading import ID
from macros.catalog.validating import flatten_types
from macros.editing.ids import write_ids
from macros.problems import UsageError, suggest
from macros.schema import KINDS
from macros.schema.base import Record, ordered_fields
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Writes data/<kind>/<id>.yml with the keys to fill in. Raises UsageError when it cannot."""
    model = KINDS.get(options.kind)
    if model is None:
        raise UsageError(f"no kind of record '{options.kind}'; {suggest(options.kind, KINDS, what='kinds')}")
    if not ID.fullmatch(options.id):
        raise UsageError(f"'{options.id}' cannot be an id: small letters, digits and single hyphens (rapid-response)")
    path = tree.data / model.kind / f"{options.id}.yml"
    if path.exists():
        raise UsageError(f"{tree.shown(path)} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton(model), encoding="utf-8")
    write_ids(tree)
    print(f"Wrote {tree.shown(path)}: fill in what is empty, delete what you do not need, then run make check")
    if model.own_page:
        print(f"It deserves a page of its own under docs/, with record: {model.kind}/{options.id} in its header")
    return 0


def skeleton(model: type[Record]) -> str:
    """Returns the text of a record to be filled in: keys that must stand are open, the others are comments."""
    lines = [f"# {' '.join((model.__doc__ or '').split())}"]
    lines += [line for name, field in ordered_fields(model).items() for line in _lines(name, field)]
    return "\n".join(lines) + "\n"


def _lines(name: str, field: FieldInfo) -> list[str]:
    kinds = list(flatten_types(field.annotation))
    choices = [str(one.value) for kind in kinds if issubclass(kind, Enum) for one in kind]
    hint = f"one of: {', '.join(choices)}" if choices else field.description or ""
    comment = f"  # {hint}" if hint else ""
    if not field.is_required():
        return [f"# {name}:{comment}"]
    if name == "sources":
        return ["sources:", '  - {id: , pinpoint: ""}']
    models = [kind for kind in kinds if issubclass(kind, BaseModel)]
    if get_origin(field.annotation) is list and models:
        inner = ", ".join(f"{key}: " for key in models[0].model_fields)
        return [f"{name}:{comment}", f"  - {{{inner}}}"]
    return [f"{name}:{comment}"]

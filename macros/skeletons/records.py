"""The text with which a record begins: every key of its kind, what it means, and the ids that it may name."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.catalog.references import kind_named_by
from macros.catalog.validating import flatten_types
from macros.schema.base import Record, ordered_fields
from macros.schema.choices import Choice, Vocabularies
from macros.schema.labels import label_field
from macros.tree import Tree

# More ids than these are not written out.
_SOME = 12
_WIDTH = 100

Ids = Mapping[str, list[str]]


def list_ids(tree: Tree) -> dict[str, list[str]]:
    """Returns the ids of all records by their kind, from the names of their files."""
    folders = sorted(path for path in tree.data.iterdir() if path.is_dir())
    return {folder.name: sorted(path.stem for path in folder.glob("*.yml")) for folder in folders}


def create_record(model: type[Record], ids: Ids, lists: Vocabularies, given: Mapping[str, str] | None = None) -> str:
    """Returns the text of a record to be filled in: keys that must be there are open, the others are comments.

    `lists` are the closed lists, `given` values known already. Those are written as text of YAML.
    """
    known = dict(given or {})
    fields = ordered_fields(model)
    lines = [f"# {line}" for line in textwrap.wrap(" ".join((model.__doc__ or "").split()), _WIDTH)]
    lines.append("# Fill in what is open, then delete the comments.")
    for name, field in fields.items():
        if field.is_required() or name in known:
            lines += ["", *_explain(model, name, field, ids, lists), *_open(name, field, known.get(name, ""))]
    lines += ["", "# What follows can be left out. Take the # away from a key to use it."]
    for name, field in fields.items():
        if not field.is_required() and name not in known:
            lines += ["#", *_explain(model, name, field, ids, lists), *(f"# {line}" for line in _open(name, field, ""))]
    return "\n".join(lines) + "\n"


def _explain(model: type[BaseModel], name: str, field: FieldInfo, ids: Ids, lists: Vocabularies) -> Iterator[str]:
    """Yields comments on what a key is for, the choices of a closed list, and the ids that it may name."""
    about = field.description or label_field(name)
    many = " A list." if get_origin(field.annotation) is list and "list" not in about.lower() else ""
    text = f"{about[:1].upper()}{about[1:].rstrip('.')}.{many}"
    for line in textwrap.wrap(text, _WIDTH):
        yield f"## {line}"
    for one in _choices(field, lists):
        yield f"##   {one.value}: {one.meaning or one}"
    if kind := kind_named_by(model, name):
        yield from _ids(kind, ids)
    for part in _groups(field):
        for key, inner in part.model_fields.items():
            about = inner.description or ", ".join(str(one.value) for one in _choices(inner, lists))
            if not about and (kind := kind_named_by(part, key)):
                about = f"an id of data/{kind}/" if kind != "*" else "kind/id of a record"
            need = "" if inner.is_required() else "can be left out"
            said = "; ".join(words for words in (about.rstrip("."), need) if words)
            yield from (f"##   {line}" for line in textwrap.wrap(f"{key}: {said or label_field(key)}", _WIDTH))


def _ids(kind: str, ids: Ids) -> Iterator[str]:
    if kind == "*":
        yield "##   any record, named kind/id: provision/financing"
        return
    known = ids.get(kind, [])
    more = f", and {len(known) - _SOME} more" if len(known) > _SOME else ""
    text = f"ids in data/{kind}/: {', '.join(known[:_SOME]) or 'none yet'}{more}"
    yield from (f"##   {line}" for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False))


def _open(name: str, field: FieldInfo, value: str) -> list[str]:
    """Returns the lines of a key to be filled in, or with its value."""
    if value:
        return [f"{name}: {value}"]
    if name == "sources":
        return ["sources:", '  - {id: , pinpoint: ""}']
    groups = list(_groups(field))
    if not groups:
        return [f"{name}:"]
    keys = [key for key, inner in groups[0].model_fields.items() if inner.is_required()]
    inner = f"{{{', '.join(f'{key}: ' for key in keys)}}}"
    return [f"{name}:", f"  - {inner}"] if get_origin(field.annotation) is list else [f"{name}: {inner}"]


def _choices(field: FieldInfo, lists: Vocabularies) -> list[Choice]:
    kinds = (kind for kind in flatten_types(field.annotation) if issubclass(kind, Choice))
    return [one for kind in kinds for one in lists.all(kind)]


def _groups(field: FieldInfo) -> list[type[BaseModel]]:
    return [kind for kind in flatten_types(field.annotation) if issubclass(kind, BaseModel)]

"""A JSON Schema of each kind of file that authors write, from the classes that check the file.

They say what an author may write, with words for a person; `exports/schemas.py` describes what is published. The
keywords `enumDescriptions`, `patternErrorMessage` and `errorMessage` are VS Code's; other programs ignore them.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from macros.catalog.loading import Settings
from macros.catalog.validating import ID_FORM
from macros.catalog.vocabularies import VocabularyFile
from macros.pages.page import PageHeader
from macros.schema import KINDS
from macros.schema.base import NAMES, RUNNING, ordered_fields
from macros.schema.choices import Vocabularies, Vocabulary, fill_choices
from macros.schema.dates import LENGTH_PATTERN, WRITTEN_DATE
from macros.schema.labels import capitalize, label_field
from macros.tree import LISTS

HEADER, SETTINGS = "page-header", "catalog"
_ID = "[a-z0-9]+(-[a-z0-9]+)*"
_ONE_LINE = r"^[^\n]*$"
_MESSAGES = {
    f"^{_ID}$": f"write {ID_FORM}",
    _ONE_LINE: "write it on one line",
    WRITTEN_DATE["pattern"]: "write 2025-10-28, 2025-10 or 2025",
    LENGTH_PATTERN: "write 180 days, 6 months or 1 year",
}


class WrittenShape(GenerateJsonSchema):
    """A key with nothing to say is left out, never empty."""

    def get_title_from_name(self, name: str) -> str:
        return capitalize(label_field(name))

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner: Any = schema["schema"]
        if schema.get("default") is None and "default_factory" not in schema:
            return self.generate_inner(inner["schema"] if inner["type"] == "nullable" else inner)
        shape = super().default_schema(schema)
        return {key: value for key, value in shape.items() if key != "default" or value != []}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        return super().enum_schema(schema) | {"enumDescriptions": [str(one) for one in schema["members"]]}


def author_schemas(vocabularies: Vocabularies) -> dict[str, dict[str, Any]]:
    """Returns the schema (2020-12) of a record of each kind, of a page's header, of a closed list, of the settings."""
    models: dict[str, type[BaseModel]] = {**KINDS, HEADER: PageHeader, SETTINGS: Settings, LISTS: VocabularyFile}
    return {name: author_schema(model, vocabularies) for name, model in models.items()}


def author_schema(model: type[BaseModel], vocabularies: Vocabularies) -> dict[str, Any]:
    """Returns the schema of what an author writes for this class, in JSON's own values."""
    shape = json.loads(_shape_of(model))
    fill_choices(shape, _say_choices, vocabularies)
    _put_into_words(shape)
    shape["properties"] = {name: shape["properties"][name] for name in ordered_fields(model)}
    return {"$schema": WrittenShape.schema_dialect, **shape}


@cache
def _shape_of(model: type[BaseModel]) -> str:
    """Returns what the class itself says, as JSON: the same whatever becomes of the closed lists."""
    return json.dumps(model.model_json_schema(mode="validation", schema_generator=WrittenShape))


def _say_choices(vocabulary: Vocabulary) -> JsonSchemaValue:
    """Returns what may be written, each with its label and what it means."""
    said = [f"{one.label}: {one.meaning}" if one.meaning else one.label for one in vocabulary.choices]
    return {"enum": [one.value for one in vocabulary.choices], "enumDescriptions": said}


def _put_into_words(node: Any) -> None:
    """Says in a schema what our marks mean, what a pattern wants, and which records a field may name."""
    if isinstance(node, list):
        for one in node:
            _put_into_words(one)
    if not isinstance(node, dict):
        return
    for one in node.values():
        _put_into_words(one)
    if isinstance(kind := node.get(NAMES), str):
        named = _ID if kind != "*" else f"({'|'.join(KINDS)})/{_ID}"
        what = (
            f"The id of a file in data/{kind}/." if kind != "*" else "Another record, as kind/id: provision/financing."
        )
        node |= {"pattern": f"^{named}$", "patternErrorMessage": f"write {_form(kind)}"}
        _describe(node, what)
    elif node.get(RUNNING) is True:
        _describe(node, "[[kind/id]] and [[kind/id|words]] become links.")
    elif isinstance(pattern := node.get("pattern"), str) and pattern in _MESSAGES:
        node["patternErrorMessage"] = _MESSAGES[pattern]


def _form(kind: str) -> str:
    return "kind/id: provision/financing" if kind == "*" else f"the id alone, as the file in data/{kind}/ is called"


def _describe(node: dict[str, Any], words: str) -> None:
    said = node.get("description")
    node["description"] = f"{said.rstrip('.')}. {words}" if said else words

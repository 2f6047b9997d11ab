"""A JSON Schema for each kind, from the classes that validate the records; the exported lists keep to it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from macros.exports.records import parts_of
from macros.schema import KINDS
from macros.schema.choices import Vocabulary, fill_choices
from macros.site.output import Output, as_json
from macros.site.release import Release
from macros.store.files import DATA, SCHEMA, kind_path


class ExportedShape(GenerateJsonSchema):
    """Every field is written, null when it is empty."""

    def field_is_required(self, field: object, total: bool) -> bool:  # noqa: ARG002 - pydantic's own signature
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # what is always written has no default


def _say_choices(vocabulary: Vocabulary) -> JsonSchemaValue:
    """Returns what a value may be, each with what it means."""
    members = [{"const": one.value, "description": one.meaning, "title": one.label} for one in vocabulary.choices]
    return {"oneOf": [{key: text for key, text in one.items() if text} for one in members]}


def export_schema(release: Release, kind: str) -> dict[str, Any]:
    """Returns the JSON Schema (2020-12) of `data/<kind>.json`."""
    properties: dict[str, object] = {}
    definitions: dict[str, object] = {}
    for part in parts_of(kind):
        shape = part.model_json_schema(mode="serialization", schema_generator=ExportedShape)
        fill_choices(shape, _say_choices, release.catalog.vocabularies)
        properties |= shape.get("properties", {})
        definitions |= shape.get("$defs", {})
    model = KINDS[kind]
    definitions[model.__name__] = {
        "title": model.label,
        "description": model.__doc__,
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }
    return {
        "$schema": ExportedShape.schema_dialect,
        "$id": release.link(kind_path(kind, SCHEMA), DATA),
        "title": model.plural,
        "type": "array",
        "items": {"$ref": f"#/$defs/{model.__name__}"},
        "$defs": definitions,
    }


OUTPUT = Output(
    "schemas",
    lambda _: [kind_path(kind, SCHEMA) for kind in KINDS],
    lambda context: [(kind_path(kind, SCHEMA), as_json(export_schema(context.release, kind))) for kind in KINDS],
)

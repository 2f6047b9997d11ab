"""The manager's configuration: a collection for each kind and one for pages, with forms from the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.editor.schemas import HEADER, author_schemas
from macros.schema import KINDS
from macros.schema.base import RUNNING
from macros.schema.choices import Vocabularies
from macros.schema.labels import capitalize, label_field

API = "api"
Form = dict[str, Any]
_PLAIN: dict[str, Form] = {
    "boolean": {"widget": "boolean"},
    "integer": {"widget": "number", "value_type": "int"},
    "number": {"widget": "number", "value_type": "float", "step": 0.0001},
}
_NAMES = ("title", "short_title", "heading")
_WHEN_GIVEN = "Needed when anything of this group is given."


def create_config(vocabularies: Vocabularies) -> Form:
    """Returns what Decap CMS reads as its config.yml; it talks to the preview alone, and saves without branches."""
    schemas = author_schemas(vocabularies)
    return {
        "backend": {"name": "proxy", "proxy_url": f"/admin/{API}", "branch": "main"},
        "publish_mode": "simple",
        "media_folder": "overrides/assets/images",
        "site_url": "/",
        "show_preview_links": False,
        "collections": [*(_records(kind, schemas[kind]) for kind in KINDS), _pages(schemas[HEADER])],
    }


def _records(kind: str, schema: Form) -> Form:
    name = next(one for one in _NAMES if one in schema["properties"])
    return {
        "name": kind,
        "label": capitalize(KINDS[kind].plural),
        "label_singular": KINDS[kind].label,
        "description": schema["description"],
        "folder": f"data/{kind}",
        "create": True,
        "delete": False,
        "extension": "yml",
        "format": "yml",
        "slug": f"{{{{fields.{name}}}}}",
        "identifier_field": name,
        "summary": f"{{{{{name}}}}} ({{{{slug}}}})",
        "editor": {"preview": False},
        "fields": list(_fields(schema, schema.get("$defs", {}))),
    }


def _pages(schema: Form) -> Form:
    body = {"name": "body", "label": "Text", "widget": "text", "required": False, "hint": "Markdown and macros."}
    return {
        "name": "pages",
        "label": "Pages",
        "label_singular": "page",
        "folder": "docs",
        "create": False,
        "delete": False,
        "extension": "md",
        "format": "yaml-frontmatter",
        "nested": {"depth": 9, "subfolders": False},
        "summary": "{{title}}",
        "editor": {"preview": False},
        "fields": [*_fields(schema, schema.get("$defs", {})), body],
    }


def _fields(schema: Form, definitions: Form) -> Iterator[Form]:
    needed = schema.get("required", [])
    for name, written in sorted(schema["properties"].items(), key=lambda item: item[0] not in needed):
        field = {"name": name, "label": capitalize(label_field(name)), "required": name in needed}
        if hint := written.get("description"):
            field["hint"] = hint
        form = field | _widget(written, definitions)
        yield form if name in needed else _ask_nothing(form)


def _ask_nothing(form: Form) -> Form:
    """Returns an optional field; nothing within a group is asked for, for a manager asks it of an empty group too."""
    if form["widget"] != "object":
        return form
    return form | {"fields": [_ask_nothing(_set_free(one)) for one in form["fields"]]}


def _set_free(field: Form) -> Form:
    if not field["required"]:
        return field
    return field | {"required": False, "hint": f"{field.get('hint', '')} {_WHEN_GIVEN}".strip()}


def _widget(written: Form, definitions: Form) -> Form:
    """Returns how a value is edited: a choice, a group, a list, or a line of text that must have a certain form."""
    target = definitions.get(str(written.get("$ref", "")).rpartition("/")[2], written)
    if "enum" in target:
        meanings = target.get("enumDescriptions", target["enum"])
        options = [{"label": label, "value": value} for value, label in zip(target["enum"], meanings, strict=True)]
        return {"widget": "select", "options": options}
    if "properties" in target:
        return {"widget": "object", "collapsed": True, "fields": list(_fields(target, definitions))}
    if "items" in target:
        return {"widget": "list", "collapsed": True, **_items(target["items"], definitions)}
    return _plain_widget(target)


def _plain_widget(target: Form) -> Form:
    if (kind := target.get("type")) in ("boolean", "integer", "number"):
        return dict(_PLAIN[kind])
    if RUNNING in target:
        return {"widget": "text"}
    pattern = target.get("pattern")
    form = {"pattern": [pattern, target.get("patternErrorMessage", pattern)]} if pattern else {}
    return {"widget": "string", **form}


def _items(items: Form, definitions: Form) -> Form:
    """Returns the fields of a list's items; items that are no groups are one field, and saved as plain values."""
    inner = _widget(items, definitions)
    if inner["widget"] == "object":
        return {"fields": inner["fields"]}
    return {"field": {"name": "one", "label": "Item", **inner}}

"""A document against the class of its kind, with every fault said in the author's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.problems import Problem, find_near, suggest
from macros.schema.base import NOT_AN_ADDRESS, ordered_fields
from macros.schema.choices import NOT_A_CHOICE, Vocabularies
from macros.schema.dates import NOT_A_DATE
from macros.schema.instruments import LENGTH_FORM, OFFICIAL_WORDS_FORM
from macros.security.addresses import HINT
from macros.text.characters import fold_twins
from macros.text.positions import Document, Path

ID_FORM = "small letters, digits and single hyphens: rapid-response"


class Fault(NamedTuple):
    """One of pydantic's findings: where, what was given, its message, the class expected there, what else it says."""

    path: Path
    given: object
    message: str
    model: type[BaseModel]
    context: Mapping[str, object]

    @property
    def field(self) -> str:
        """Returns the name of the key at fault; for an item of a list, that of the list."""
        return next((str(part) for part in reversed(self.path) if isinstance(part, str)), "value")


Explanation = tuple[str, str]
UNKNOWN = "extra_forbidden"  # as pydantic names it


def validate(
    document: Document, model: type[BaseModel], vocabularies: Vocabularies | None = None
) -> tuple[BaseModel | None, list[Problem]]:
    """Returns the document's value as a model, or None and what is wrong with it.

    `vocabularies` hold what may be chosen, for models in which something is chosen.
    """
    if not isinstance(document.value, dict):
        message = "the file is empty" if document.value is None else "keys are expected here"
        return None, [document.problem((), message, f"keys: {_keys(model)}")]
    try:
        return model.model_validate(document.value, context=vocabularies), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_explain(document, model, one) for one in details if not _is_misspelt(one, details)]


def _is_misspelt(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """Whether a key is missing only because it is written wrongly beside where it is missed."""
    if detail["type"] != "missing":
        return False
    beside = [one["loc"][-1] for one in details if one["type"] == UNKNOWN and one["loc"][:-1] == detail["loc"][:-1]]
    return any(find_near(_bare(str(name)), [str(detail["loc"][-1])]) for name in beside)


def _bare(written: str) -> str:
    """Returns what is written as a key, without what is no part of it."""
    return fold_twins(written.partition(":")[0]).strip()


def _explain(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    fault = Fault(tuple(detail["loc"]), detail["input"], detail["msg"], model, detail.get("ctx", {}))
    kind = detail["type"]
    if kind == "missing":
        return document.problem(fault.path[:-1], *_missing(fault))
    if kind == UNKNOWN:
        return document.problem(fault.path, *_unknown(fault), key=True)
    if fault.given is None:
        message = f"'{fault.field}' is empty"
        return document.problem(fault.path, message, "write a value, or remove the key", key=True)
    if kind in PLAIN:
        return document.problem(fault.path, fault.message, PLAIN[kind])
    explain = EXPLANATIONS.get(kind, _plainly)
    return document.problem(fault.path, *explain(fault))


# Said by the class itself; here is only the cure.
PLAIN = {
    "row_length": "give each row one value for each column, ~ where there is none",
    "row_total": "correct the values, or remove parts_make_total",
    "row_year": "add year: with the year or years that the values belong to",
    OFFICIAL_WORDS_FORM: "three to six words at each end are enough to find the paragraph",
    "ungrounded": "name provisions:, or other records: about: [point/alaska-lng]",
}


def _plainly(fault: Fault) -> Explanation:
    return f"'{fault.field}': {fault.message}", ""


def _missing(fault: Fault) -> Explanation:
    owner, name = model_at(fault.model, fault.path[:-1]), str(fault.path[-1])
    about = owner.model_fields[name].description or f"every {owner.__name__.lower()} has it"
    return f"key '{name}' is missing", about


def _unknown(fault: Fault) -> Explanation:
    name = str(fault.path[-1])
    known = model_at(fault.model, fault.path[:-1]).model_fields
    key, colon, rest = name.partition(":")
    if colon and key in known:
        return "the space after the colon is missing", f"write: {key}: {rest}"
    return f"unknown key '{name}'", suggest(_bare(name), known, what="keys")


def _choice(fault: Fault) -> Explanation:
    known = cast("list[str]", fault.context["known"])  # as `Choice.read` says it
    return f"'{fault.given}' is not a choice for '{fault.field}'", suggest(str(fault.given), known)


def _language(fault: Fault) -> Explanation:
    known = re.findall(r"'([^']+)'", str(fault.context["expected"]))
    return f"'{fault.given}' is not a choice for '{fault.field}'", suggest(str(fault.given), known)


def _pattern(fault: Fault) -> Explanation:
    hint = "write it on one line" if "\n" in str(fault.given) else ID_FORM
    return f"'{fault.field}' has the wrong form", hint


def _group(fault: Fault) -> Explanation:
    return f"'{fault.field}' should be a group of keys", f"keys: {_keys(model_at(fault.model, fault.path))}"


def _short(fault: Fault) -> Explanation:
    if fault.field == "sources":
        return "an assertion without a source", "give at least one: - {id: ..., pinpoint: ...}"
    return f"'{fault.field}' has nothing in it", "write at least one item, or remove the key"


def _boolean(fault: Fault) -> Explanation:
    return f"'{fault.field}' should be true or false", "write true, or false"


EXPLANATIONS: dict[str, Callable[[Fault], Explanation]] = {
    NOT_A_CHOICE: _choice,
    "enum": _language,
    "string_pattern_mismatch": _pattern,
    "model_type": _group,
    "model_attributes_type": _group,
    "too_short": _short,
    "bool_parsing": _boolean,
    "bool_type": _boolean,
    NOT_A_DATE: lambda fault: (f"'{fault.field}': {fault.message}", "write 2025-10-28, 2025-10 or 2025"),
    NOT_AN_ADDRESS: lambda fault: (f"'{fault.field}': {fault.message}", HINT),
    "old_address": lambda fault: (fault.message, "write framework/old/ for a page, #old-heading for a heading"),
    LENGTH_FORM: lambda fault: (fault.message, "write 180 days, 6 months or 1 year"),
    "string_type": lambda fault: (f"'{fault.field}' should be text", 'put it in quotes: "..."'),
    "string_too_short": lambda fault: (f"'{fault.field}' is too short", "write it out, or remove the key"),
    "int_type": lambda fault: (f"'{fault.field}' should be a whole number", "write it in digits, without quotes: 3"),
    "float_type": lambda fault: (
        f"'{fault.field}' should be a number",
        "write it in digits, without quotes: 1300, 8.6",
    ),
    "greater_than_equal": lambda fault: (f"'{fault.field}': {fault.message.lower()}", "correct the number"),
    "less_than_equal": lambda fault: (f"'{fault.field}': {fault.message.lower()}", "correct the number"),
    "too_long": lambda fault: (f"'{fault.field}' has too many items", fault.message.lower()),
    "list_type": lambda fault: (f"'{fault.field}' should be a list", "put each item on its own line after a hyphen"),
}


def _keys(model: type[BaseModel]) -> str:
    """Returns the names of the keys, those that must stand first."""
    fields = sorted(ordered_fields(model).items(), key=lambda item: not item[1].is_required())
    return ", ".join(name for name, _ in fields)


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Returns the class of the part at the path; the record's own class when the path leads to none."""
    return next((part for part in _types_at(model, path) if issubclass(part, BaseModel)), model)


def _types_at(model: type[BaseModel], path: Path) -> list[type]:
    """Returns every type that may stand at the path."""
    types: list[type] = [model]
    for part in path:
        if isinstance(part, str):
            owners = [one for one in types if issubclass(one, BaseModel) and part in one.model_fields]
            types = [inner for owner in owners for inner in flatten_types(owner.model_fields[part].annotation)]
    return types


def flatten_types(annotation: object) -> Iterator[type]:
    """Yields every plain type inside an annotation such as `list[X] | None`."""
    arguments = get_args(annotation)
    if arguments:
        for argument in arguments:
            yield from flatten_types(argument)
    elif isinstance(annotation, type):
        yield annotation

"""Closed lists as data: a class for each list names the choices that programs act on, `data/vocabulary/` says them all.

A record holds a `Choice` of its vocabulary, with the words that readers see. Which choices there are is said while a
record is validated: pydantic's context is the `Vocabularies` of the tree, or of a stored edition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar, Self, TypeVar, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

NOT_A_CHOICE = "choice"  # as pydantic names the fault; its context lists what may be chosen
VOCABULARY = "x-vocabulary"  # in a schema: the vocabulary whose choices belong there

C = TypeVar("C", bound="Choice")


class Known:
    """A choice that programs act on, by its id: the name in the class, with hyphens. Equal to the one in a record.

    It has no words of its own; those are in the vocabulary, which must have it.
    """

    def __init__(self, value: str = "") -> None:
        self.value = value

    def __set_name__(self, owner: type[object], name: str) -> None:
        self.value = self.value or name.replace("_", "-")

    def __get__(self, instance: object, owner: type[C]) -> C:
        return owner(self.value)


@dataclass(frozen=True)
class Choice:
    """One choice of a vocabulary: `value` is what authors write, `label` what readers see.

    `meaning` is what it stands for, `label_ja` the label on a page in Japanese, `short` the label where there is little
    room; `position` counts from 0. Two choices of one vocabulary are equal when they have the same value.
    """

    value: str
    label: str = field(default="", compare=False)
    meaning: str = field(default="", compare=False)
    label_ja: str = field(default="", compare=False)
    short: str = field(default="", compare=False)
    position: int = field(default=0, compare=False)

    known: ClassVar[tuple[str, ...]] = ()
    vocabulary: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """Names the vocabulary like its class: that of `SourceKind` is `source-kind`."""
        cls.vocabulary = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        cls.known = tuple(one.value for one in vars(cls).values() if isinstance(one, Known))

    def __str__(self) -> str:
        """Returns what readers see. Raises ValueError for a choice that only its class names: it has no words."""
        if not self.label:
            raise ValueError(f"'{self.value}' of {self.vocabulary} has no words here: get it from the vocabularies")
        return self.label

    def say(self, language: str) -> str:
        """Returns the label in a language; the English one where it has none in that."""
        return (language == "ja" and self.label_ja) or self.label

    @classmethod
    def extras(cls) -> set[str]:
        """Returns the keys that choices of this vocabulary alone may have."""
        return {one.name for one in fields(cls)} - {one.name for one in fields(Choice)}

    @classmethod
    def read(cls, given: object, info: ValidationInfo) -> Self:
        """Returns the choice that is written. Raises PydanticCustomError when the vocabulary has none like it."""
        if isinstance(given, cls):
            return given
        if not isinstance(info.context, Vocabularies):
            raise TypeError(f"validate with the vocabularies as context: {cls.vocabulary}")
        choice = info.context.find(cls, given)
        if choice is None:
            if cls.vocabulary not in info.context.lists and isinstance(given, str):
                return cls(given, given)  # its list is at fault, and that is said of the list
            known = [one.value for one in info.context.all(cls)]
            raise PydanticCustomError(NOT_A_CHOICE, "'{given}' is not a choice", {"given": str(given), "known": known})
        return choice

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls.read,
            ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
            serialization=core_schema.plain_serializer_function_ser_schema(
                _write, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Returns a schema without the choices, which `fill_choices` puts in."""
        return {"title": cls.__name__, "type": "string", VOCABULARY: cls.vocabulary}


def _write(choice: Choice) -> str:
    return choice.value


@dataclass(frozen=True)
class Vocabulary:
    """A closed list: what it is about, and its choices in their order."""

    about: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Vocabularies:
    """The closed lists of a tree, by name. `stamp` tells one state of them from another."""

    lists: Mapping[str, Vocabulary]
    stamp: str = ""
    _found: dict[tuple[str, str], Choice] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._found.update({(name, one.value): one for name, found in self.lists.items() for one in found.choices})

    def all(self, model: type[C]) -> tuple[C, ...]:
        """Returns the choices of a vocabulary, in their order; nothing when the tree does not have it."""
        found = self.lists.get(model.vocabulary)
        return cast("tuple[C, ...]", found.choices) if found else ()

    def find(self, model: type[C], value: object) -> C | None:
        """Returns the choice that is written so, or None."""
        found = self._found.get((model.vocabulary, value)) if isinstance(value, str) else None
        return cast("C | None", found)

    def get(self, model: type[C], value: str | C) -> C:
        """Returns the choice with its words, by its value or from one without them; as it is where there is none."""
        name = value.value if isinstance(value, Choice) else value
        return self.find(model, name) or model(name, name)

    def extended(self, other: Vocabularies) -> Vocabularies:
        """Returns these, and after them the choices that only the others have."""
        lists = dict(other.lists)
        for name, own in self.lists.items():
            more = other.lists[name].choices if name in other.lists else ()
            lists[name] = Vocabulary(own.about, (*own.choices, *(one for one in more if one not in own.choices)))
        return Vocabularies(lists, f"{self.stamp} {other.stamp}")


def fill_choices(shape: JsonSchemaValue, explain: Callable[[Vocabulary], JsonSchemaValue], lists: Vocabularies) -> None:
    """Puts into the definitions of a schema what each vocabulary is about, and what `explain` says of its choices."""
    for name, written in shape.get("$defs", {}).items():
        if found := lists.lists.get(written.get(VOCABULARY, "")):
            shape["$defs"][name] = {
                "description": found.about,
                **explain(found),
                "title": written["title"],
                "type": "string",
            }

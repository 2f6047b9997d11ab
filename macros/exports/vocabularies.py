"""data/vocabulary.json: every closed list that records choose from, as an edition had it; and read back from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from macros.schema import VOCABULARIES
from macros.schema.choices import Vocabularies, Vocabulary
from macros.site.output import Output, as_json
from macros.store.files import VOCABULARY

Lists = dict[str, dict[str, Any]]


def export_vocabularies(vocabularies: Vocabularies) -> Lists:
    """Returns, by the name of the list, what it is about and its choices in their order; no key is empty."""
    return {
        name: {"about": found.about, "choices": [_plain(asdict(one)) for one in found.choices]}
        for name, found in vocabularies.lists.items()
    }


def restore_vocabularies(lists: Mapping[str, Any]) -> Vocabularies:
    """Returns the closed lists of a stored edition; a list or a key that there is no more is left out."""
    restored: dict[str, Vocabulary] = {}
    for name, written in lists.items():
        if model := VOCABULARIES.get(name):
            known = set(model.__dataclass_fields__)
            rows = [{"value": row["id"], "short": row["label"], **row} for row in written["choices"]]
            choices = [
                model(**{key: value for key, value in row.items() if key in known}, position=position)
                for position, row in enumerate(rows)
            ]
            restored[name] = Vocabulary(written["about"], tuple(choices))
    return Vocabularies(restored)


def _plain(choice: dict[str, Any]) -> dict[str, Any]:
    row = {"id": choice.pop("value")} | {key: value for key, value in choice.items() if key != "position"}
    if row["short"] == row["label"]:
        del row["short"]
    return {key: value for key, value in row.items() if value not in ("", 0, False)}


OUTPUT = Output(
    "vocabularies",
    lambda _: [VOCABULARY],
    lambda context: [(VOCABULARY, as_json(export_vocabularies(context.release.catalog.vocabularies)))],
)

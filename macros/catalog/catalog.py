"""The catalog: what every macro reads from. It does not change after it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar, cast, overload

from markupsafe import Markup

from macros.catalog.maps import MapEntry
from macros.catalog.references import LINK, Reference, iter_references
from macros.problems import suggest
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.choices import Choice, Vocabularies
from macros.schema.dates import PartialDate
from macros.schema.news import NewsItem
from macros.text.characters import curl_quotes
from macros.text.positions import Document

R = TypeVar("R", bound=Record)
# Records, earlier keys, and references to each record, as a catalog is pickled.
Kept = tuple[dict[str, Record], dict[str, str], dict[str, tuple[Reference, ...]]]
NO_LISTS = Vocabularies({})


class UnknownRecordError(LookupError):
    """No record has the key; `hint` names the nearest one. `broken`: its file is there, but is not valid itself."""

    def __init__(self, key: str, hint: str, *, broken: bool = False) -> None:
        super().__init__(f"no record '{key}'")
        self.key = key
        self.hint = hint
        self.broken = broken


class SelectionError(LookupError):
    """No record is selected; `hint` says how to select one, `token` is the word at fault.

    `doubtful`: a record of the kind is not valid itself, and may be the one that would be.
    """

    def __init__(self, message: str, hint: str, token: str, *, doubtful: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.token = token
        self.doubtful = doubtful


@dataclass(frozen=True)
class Catalog:
    """Every record by `kind/id`, the references between them, and the as-at date.

    `incoming` maps a record's key to the references made to it, in a fixed order. `aliases` maps old keys to new.
    `news` is what is new, in sentences; `vocabularies` are the closed lists, `maps` those of `data/maps.yml`.
    `made` keeps small pieces of HTML that are the same wherever they stand.
    """

    as_at: PartialDate
    records: Mapping[str, Record]
    documents: Mapping[str, Document]
    aliases: Mapping[str, str]
    incoming: Mapping[str, tuple[Reference, ...]]
    news: tuple[NewsItem, ...] = ()
    vocabularies: Vocabularies = NO_LISTS
    maps: tuple[MapEntry, ...] = ()
    made: dict[tuple[object, ...], Markup] = field(default_factory=dict, repr=False, compare=False)
    _sorted: dict[str, tuple[Record, ...]] = field(default_factory=dict, repr=False, compare=False)
    _indexes: dict[tuple[str, str], dict[str, set[int]]] = field(default_factory=dict, repr=False, compare=False)
    _outgoing: dict[str, tuple[Reference, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """Keeps the records and how they refer to one another; places in files are for the check alone."""
        kept = (dict(self.records), dict(self.aliases), dict(self.incoming))
        return _restore, (self.as_at, kept, self.news, self.vocabularies, self.maps)

    def as_read(self) -> dict[str, Mapping[str, Any]]:
        """Returns all that is read of a catalog, by name, for a memory that notes what was; `kinds` as `of_kind` has
        them."""
        kinds = {kind: self.of_kind(kind) for kind in KINDS}
        known = {"records": self.records, "documents": self.documents, "aliases": self.aliases}
        return {**known, "incoming": self.incoming, "kinds": kinds}

    def resolve(self, key: str) -> str:
        """Returns the present key of a record named by its key or by an earlier one. Raises UnknownRecordError."""
        key = self.aliases.get(key, key)
        if key not in self.records:
            raise UnknownRecordError(key, nearest_key(key, self.records), broken=key in self.documents)
        return key

    def get(self, key: str) -> Record:
        """Returns the record. Raises UnknownRecordError."""
        return self.records[self.resolve(key)]

    def one(self, model: type[R], record_id: str) -> R:
        """Returns the record of a kind by its id, or by an earlier one. Raises UnknownRecordError."""
        return cast("R", self.get(f"{model.kind}/{record_id}"))  # a kind has one class

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Returns the records of a kind in their own order."""
        return cast("tuple[R, ...]", self.of_kind(model.kind))

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Returns the records of a kind that a page or a template names, in their own order."""
        if kind not in self._sorted:
            found = [record for record in self.records.values() if record.kind == kind]
            self._sorted[kind] = tuple(sorted(found, key=_order))
        return self._sorted[kind]

    def select(self, kind: str, where: Mapping[str, object]) -> list[Record]:
        """Returns the records of a kind whose fields have these values, in their own order. Raises SelectionError.

        A field that is a list fits when the value is in it, and a date when it lies in the year or month: date='2025'.
        """
        model = KINDS.get(kind)
        if model is None:
            raise SelectionError(f"no kind of record '{kind}'", suggest(kind, KINDS, what="kinds"), kind)
        for name in where:
            if name not in model.model_fields:
                message = f"records of the kind {kind} have no '{name}'"
                raise SelectionError(message, suggest(name, model.model_fields, what="keys"), name)
        whole = self.of_kind(kind)
        fitting = [self._index(kind, name).get(_key(wanted), set()) for name, wanted in where.items()]
        found = [whole[place] for place in sorted(set.intersection(*fitting))] if fitting else list(whole)
        if not found:
            doubtful = any(key.startswith(f"{kind}/") and key not in self.records for key in self.documents)
            message = f"no record of the kind {kind} fits"
            raise SelectionError(message, "check the words after the kind", kind, doubtful=doubtful)
        return found

    def _index(self, kind: str, name: str) -> dict[str, set[int]]:
        """Returns the places of a kind's records in their order, by each value that the field has in them; made when it
        is first asked."""
        if (kind, name) not in self._indexes:
            found: dict[str, set[int]] = {}
            for place, record in enumerate(self.of_kind(kind)):
                for key in _keys(getattr(record, name)):
                    found.setdefault(key, set()).add(place)
            self._indexes[kind, name] = found
        return self._indexes[kind, name]

    def outgoing(self, record: Record) -> tuple[Reference, ...]:
        """Returns every reference that one of the catalog's records makes, in the order of its fields."""
        if record.key not in self._outgoing:
            self._outgoing[record.key] = tuple(iter_references(record))
        return self._outgoing[record.key]

    @overload
    def referrers(self, key: str, kind: type[R], *fields: str) -> list[R]: ...
    @overload
    def referrers(self, key: str, kind: str, *fields: str) -> list[Record]: ...
    def referrers(self, key: str, kind: type[Record] | str, *fields: str) -> Sequence[Record]:
        """Returns the records of a kind that refer to the record, by one of the fields when any are named.

        Each stands once, in their own order.
        """
        origins = {
            reference.origin for reference in self.incoming.get(key, ()) if not fields or reference.field in fields
        }
        name = kind if isinstance(kind, str) else kind.kind
        found = (self.records[key] for key in origins if key.partition("/")[0] == name)
        return sorted(found, key=_order)


@dataclass(frozen=True)
class WatchedCatalog(Catalog):
    """A catalog over mappings that note what is read of them; the records of a kind are read as one."""

    kinds: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, given: Mapping[str, Mapping[str, Any]]) -> WatchedCatalog:
        """Returns the catalog as `given`, what its `as_read` has returned, has it."""
        watched: dict[str, Any] = dict(given)
        watched |= {
            name: getattr(catalog, name) for name in ("news", "vocabularies", "maps", "made", "_indexes", "_outgoing")
        }
        return cls(catalog.as_at, **watched)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        return self.kinds.get(kind, ())


def _order(record: Record) -> tuple[Any, str]:
    return record.order, record.id


def _keys(value: object) -> Iterator[str]:
    """Yields the keys under which a value is found: a list under each of its values, a date under year and month."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, PartialDate):
            parts = one.text.split("-")
            yield _key(int(parts[0]))
            yield from ("-".join(parts[: number + 1]) for number in range(len(parts)))
        else:
            yield _key(one.value if isinstance(one, Choice) else one)


def _key(value: object) -> str:
    """Returns the same for values that are equal, and unlike keys for words and numbers."""
    return value if isinstance(value, str) else f"\0{value!r}"


def nearest_key(key: str, known: Iterable[str]) -> str:
    """Returns a hint that names the record most like the key, first among those of its kind."""
    kind, _, record_id = key.partition("/")
    if not record_id:
        same_id = sorted(name for name in known if name.endswith(f"/{kind}"))
        return f"write the kind too: '{same_id[0]}'" if same_id else "records are named kind/id: provision/financing"
    if kind not in KINDS:
        same_id = sorted(name for name in known if name.endswith(f"/{record_id}"))
        return f"did you mean '{same_id[0]}'?" if same_id else suggest(kind, KINDS, what="kinds")
    of_kind = [name.partition("/")[2] for name in known if name.startswith(f"{kind}/")]
    return suggest(record_id, of_kind, what=f"ids of the kind {kind}") or f"no id like it in data/{kind}/"


def plain_words(catalog: Catalog, text: str) -> str:
    """Returns running text as readers see it, each `[[kind/id|words]]` as its words or the record's name."""
    return curl_quotes(LINK.sub(lambda match: match[2] or catalog.get(match[1].strip()).name, text))


def freeze_catalog(
    as_at: PartialDate,
    records: Mapping[str, Record],
    documents: Mapping[str, Document],
    aliases: Mapping[str, str],
    references: Iterable[Reference],
    *,
    news: tuple[NewsItem, ...] = (),
    vocabularies: Vocabularies = NO_LISTS,
) -> Catalog:
    """Returns the catalog of these records; `references` are resolved ones."""
    incoming: dict[str, list[Reference]] = {}
    for reference in references:
        if reference.origin != reference.target:
            incoming.setdefault(reference.target, []).append(reference)
    return Catalog(
        as_at,
        MappingProxyType(dict(records)),
        MappingProxyType(dict(documents)),
        MappingProxyType(dict(aliases)),
        MappingProxyType({key: tuple(found) for key, found in incoming.items()}),
        news,
        vocabularies,
    )


def _restore(as_at: PartialDate, kept: Kept, news: tuple[NewsItem, ...], *beside: Any) -> Catalog:
    records, aliases, incoming = kept
    nowhere: dict[str, Document] = {}
    return Catalog(
        as_at,
        MappingProxyType(records),
        MappingProxyType(nowhere),
        MappingProxyType(aliases),
        MappingProxyType(incoming),
        news,
        *beside,
    )

"""What a macro sees: the catalog, the page that is being written, and the notes collected on it so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from macros.catalog.catalog import Catalog, R, plain_words
from macros.catalog.references import LINK
from macros.components.past import PastEditions
from macros.components.phrases import translate
from macros.components.registry import Macro, MacroError
from macros.components.templates import as_block, as_inline, piece, render
from macros.pages.layouts import Layout, choose_layout
from macros.pages.page import Page, Pages, relative_url
from macros.schema import KINDS
from macros.schema.base import Citation, Record
from macros.schema.choices import Choice
from macros.schema.dates import PartialDate
from macros.schema.sources import Source
from macros.schema.subjects import Term
from macros.schema.vocabularies import Language
from macros.store.files import TABLE, kind_path
from macros.style.sentences import split_first
from macros.text.characters import curl_quotes

# More numbers of sources than these in one place would interrupt the reading.
_SIDE_BY_SIDE = 3


@dataclass
class Note:
    """A source cited on the page: its number, and the pinpoints in the order in which they were cited."""

    number: int
    source: Source
    pinpoints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Opening:
    """A text that folds: `first` is its first sentence in plain words, for what folds it may hold no link, `named` are
    the records to which that sentence links, and `rest` is what follows it, with its links."""

    first: str
    named: list[Record]
    rest: Markup


@dataclass
class PageContext:
    """One page while it is being written. Macros and templates use it to link, cite and print records.

    A `dry` view picks records and keeps notes as any other, but fills in no template: for checking a page's calls.
    `terms` are those to which the page has linked so far and which another page explains.
    `history` holds the earlier editions; it is None where they do not matter, as in a check.
    `gathered` counts the places so far in which the numbers of sources stand behind one button.
    `written` names the parts of the layout that are on the page so far; `headed` has the headings that each call for
    such parts wrote. `linked` keeps the links that were made, for a long page makes each of them many times.
    """

    catalog: Catalog
    pages: Pages
    page: Page
    notes: dict[str, Note] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    terms: dict[str, Term] = field(default_factory=dict)
    dry: bool = False
    history: PastEditions | None = None
    gathered: int = 0
    written: list[str] = field(default_factory=list)
    headed: list[list[str]] = field(default_factory=list)
    linked: dict[tuple[object, ...], Markup] = field(default_factory=dict)

    def call(self, macro: Macro, *args: object, **kwargs: object) -> str:
        """Returns what a macro writes into the page's Markdown. Raises MacroError or UnknownRecordError."""
        html = macro.function(self, *args, **kwargs)
        self.called.append(macro.name)
        if macro.composed:
            return html
        return as_inline(html) if macro.inline else as_block(html)

    @cached_property
    def language(self) -> str:
        """Returns the language in which the page is written: en, ja."""
        return str(self.page.language.value)

    def say(self, words: str, **values: object) -> Markup:
        """Returns what a template says in English in the page's language, with the values put in."""
        said = Markup(translate(words, self.language))  # noqa: S704 - words of ours, no reader's
        return said.format(**values) if values else said

    @property
    def record(self) -> Record | None:
        """Returns the record whose own page this is."""
        return self.catalog.get(self.page.record) if self.page.record else None

    @property
    def layout(self) -> Layout:
        """Returns the layout of the page's record. Raises MacroError where the page is no record's own."""
        if self.record is None:
            hint = "write record: in its header, or {{ sources() }} at its end"
            raise MacroError("the page is not a record's own", hint)
        return choose_layout(self.pages.layouts, self.record.kind)

    def chosen(self, key: str | None) -> Record:
        """Returns the record named, or the page's own. Raises MacroError."""
        record = self.catalog.get(key) if key is not None else self.record
        if record is None:
            hint = "name a record, or give the page a record in its header"
            raise MacroError("no record is named, and the page is not a record's own", hint)
        return record

    def chosen_as(self, key: str | None, model: type[R]) -> R:
        """Returns the record named, or the page's own, which must be of this kind. Raises MacroError."""
        record = self.chosen(key)
        if not isinstance(record, model):
            message = f"'{record.key}' is a record of the kind {record.kind}"
            raise MacroError(message, f"this macro takes one of the kind {model.kind}", record.id)
        return record

    def render(self, component: str, **values: object) -> Markup:
        """Returns a component's HTML, with this view at hand in it; nothing when the view is dry."""
        if self.dry:
            return Markup()
        return render(component, view=self, **values)

    def piece(self, name: str, *same: object, **values: object) -> Markup:
        """Returns a small component's HTML; nothing when the view is dry.

        `same` is all that the HTML depends on, where that is little: it is then made once for the whole site.
        """
        if self.dry:
            return Markup()
        if not same:
            return piece(name, **values)
        key = (name, *same)
        if key not in self.catalog.made:
            self.catalog.made[key] = piece(name, **values)
        return self.catalog.made[key]

    def same(self, name: str, record: Record) -> Markup:
        """Returns a small component's HTML about a record that is the same on every page."""
        return self.piece(name, record.key, self.language, view=self, source=record)

    def url(self, target: str) -> str:
        """Returns the way from this page to an address of the site."""
        return relative_url(target, self.page.url)

    def link(self, record: Record | str, text: str | None = None, label: str | None = None) -> Markup:
        """Returns a link to a record's home; plain words when it is this page itself.

        `label` is what a screen reader says, where the words alone would not tell one link from another.
        """
        if isinstance(record, str):
            record = self.catalog.get(record)
        asked = (record.key, text, type(text), label, type(label))  # escaped words may be equal to words that are not
        if asked not in self.linked:
            self.linked[asked] = self._write_link(record, text, label)
        return self.linked[asked]

    def _write_link(self, record: Record, text: str | None, label: str | None) -> Markup:
        home = self.pages.home(record.key)
        own = home is None or home == self.page.url
        if isinstance(record, Term) and home and home.partition("#")[0] != self.page.url:
            self.terms.setdefault(record.key, record)
        names = record.names
        language = self.language if self.language in names else next(iter(names))
        words, url = curl_quotes(text or names[language]), None if own else self.url(home or "")
        foreign = "" if language == self.language or words != curl_quotes(names[language]) else language
        if isinstance(label, Markup):  # joined in a template; its marks are escaped there
            label = curl_quotes(label.unescape())
        same = (record.key, words, url, foreign, label)
        return self.piece("link", *same, text=words, url=url, language=foreign, label=label)

    def table_file(self, kind: str) -> Markup:
        """Returns a link to the file with all records of a kind, which stands below a table of them."""
        return self.piece("table_file", url=self.url(kind_path(kind, TABLE)), plural=KINDS[kind].plural)

    def has_passed(self, date: PartialDate) -> bool:
        """Whether a date has passed at the as-at date."""
        return date.last_day < self.catalog.as_at.last_day

    def page_link(self, page: Page) -> Markup:
        """Returns a link to a page."""
        foreign = "" if page.language is self.page.language else page.language.value
        return self.piece("page_link", title=page.title, url=self.url(page.url), language=foreign)

    def note(self, source_id: str, pinpoint: str | None = None) -> Note:
        """Returns the note of a source on this page, with its number; the same source keeps its number."""
        source = self.catalog.one(Source, source_id.removeprefix("source/"))
        if "sources" in self.called:
            raise MacroError("a source is cited below the list of sources", "move sources() to the end of the page")
        note = self.notes.setdefault(source.id, Note(len(self.notes) + 1, source))
        for place in pinpoint.split("; ") if pinpoint else ():
            if place not in note.pinpoints:
                note.pinpoints.append(place)
        return note

    def cites(self, citations: list[Citation]) -> Markup:
        """Returns the numbers of these citations, each linked to its note at the foot of the page."""
        return self.numbers([(self.note(one.id, one.pinpoint), one.pinpoint) for one in citations])

    def numbers(self, cited: Iterable[tuple[Note, str | None]]) -> Markup:
        """Returns the numbers of the sources cited in one place, each once, in order; too many stand behind one button.

        `cited` gives notes with the place in the source, or None for the whole of it.
        """
        places: dict[int, list[str]] = {}
        notes: dict[int, Note] = {}
        for note, pinpoint in cited:
            notes[note.number] = note
            named = places.setdefault(note.number, [])
            if pinpoint and pinpoint not in named:
                named.append(pinpoint)
        cites = [(notes[number], "; ".join(places[number])) for number in sorted(notes)]
        if len(cites) <= _SIDE_BY_SIDE:
            return self.piece("cites", view=self, cites=cites)
        self.gathered += 1
        return self.piece("gathered_cites", view=self, cites=cites, place=self.gathered)

    def text(self, text: str) -> Markup:
        """Returns running text, escaped, with `[[kind/id|words]]` made links."""
        parts: list[str | Markup] = []
        end = 0
        for match in LINK.finditer(text):
            parts += [text[end : match.start()], self.link(match[1].strip(), match[2])]
            end = match.end()
        parts.append(text[end:])
        return Markup("").join(_curl(parts))

    def open(self, text: str) -> Opening:
        """Returns running text cut after its first sentence."""
        first, rest = split_first(self.catalog, text)
        named = {one[1].strip(): self.catalog.get(one[1].strip()) for one in LINK.finditer(first)}
        return Opening(plain_words(self.catalog, first), list(named.values()), self.text(rest))

    def short(self, value: object) -> Markup:
        """Returns a value as a table has it: dates in their short form."""
        if isinstance(value, PartialDate) and self.page.language is Language.en:
            return self.piece("short_date", value.text, date=value)
        return self.value(value)

    def value(self, value: object) -> Markup:
        """Returns any field's value in words: dates, choices, running text, records, lists of these."""
        if isinstance(value, (list, tuple)):
            return Markup(", ").join(self.value(item) for item in value)
        if isinstance(value, Record):
            return self.link(value)
        if isinstance(value, PartialDate):
            return self.piece("date", value.text, self.language, date=value, language=self.language)
        if isinstance(value, Choice):
            return self.mark(value, value.say(self.language))
        if isinstance(value, bool):
            value = "yes" if value else "no"
        return self.text(str(value))

    def mark(self, choice: Choice, words: str) -> Markup:
        """Returns a choice as a mark with these words; what it means is said in English only."""
        meaning = choice.meaning if self.page.language is Language.en else ""
        return self.piece("mark", choice, words, choice=choice, words=words, meaning=meaning)


def _curl(parts: list[str | Markup]) -> list[str | Markup]:
    """Returns running text with curly quotation marks; a mark beside a link is read as beside its words."""
    whole = "".join(str(part) if not isinstance(part, Markup) else "\ue000" * 3 for part in parts)
    curled = curl_quotes(whole)
    if len(curled) != len(whole):
        raise ValueError("quotation marks change no length")
    done: list[str | Markup] = []
    at = 0
    for part in parts:
        size = 3 if isinstance(part, Markup) else len(part)
        done.append(part if isinstance(part, Markup) else curled[at : at + size])
        at += size
    return done

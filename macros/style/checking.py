"""Every word that readers see, held against the rules of style: records, pages, templates, labels."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from macros.cache import list_files
from macros.catalog.catalog import Catalog
from macros.catalog.loading import SETTINGS
from macros.catalog.vocabularies import list_documents
from macros.configuration.publisher import read_settings
from macros.pages.page import Page, Pages
from macros.problems import Problem
from macros.schema.vocabularies import Language
from macros.style.readable import read_page, read_running, read_script, read_template, read_typst
from macros.style.rules import FILE, Rules, load_rules
from macros.style.sentences import count_words, split_sentences
from macros.text.characters import iter_strings
from macros.text.document import read_document
from macros.text.files import read_file
from macros.text.memory import Memory, stamp
from macros.text.positions import Document
from macros.tree import CODE, COMPONENTS, LAYOUTS, LISTS, Tree

# Keys of parts of records that hold no prose of ours: ids, and places in sources.
_NO_PROSE = {"id", "pinpoint", "to", "person", "party", "agreement", "feature", "starts_on", "official_words"}
_TITLES = {"title", "short_title", "heading", "label", "office"}
# An id, a record named kind/id, a choice of a closed list.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")
# A string that is a pattern or a call, and no words for a reader.
_CODE = re.compile(r"[|\\]|\w\(\)|\('|', '")
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*]|\d+\.) )")
_LIST = re.compile(r"\s*(?:[-*]|\d+\.) ")


def check_style(tree: Tree, catalog: Catalog, pages: Pages, memory: Memory | None = None) -> Iterator[Problem]:
    """Yields everything that is not written as `data/style.yml` says; nothing when there is no such file.

    What `memory` knows of a record or a page that is the same is not looked for again.
    """
    memory = memory or Memory()
    path = tree.data / FILE
    rules, problems = memory.recall(("style",), stamp(path), lambda: load_rules(tree))
    yield from problems
    if rules is None:
        return
    for key, document in catalog.documents.items():
        found = partial(_list, _check_record, rules, key, document)
        yield from memory.recall(("style", key), (rules, document), found)
    for document in list_documents(tree, memory):
        found = partial(_list, _check_record, rules, LISTS, document)
        yield from memory.recall(("style", document.path), (rules, document), found)
    for page in pages.pages:
        if page.language is Language.en:  # the rules are those of English
            yield from memory.recall(("style", page.source), (rules, page), partial(_list, _check_page, rules, page))
    news = partial(_list, _check_news, rules, tree, catalog)
    yield from memory.recall(("style", "news"), (rules, stamp(tree.data / SETTINGS), catalog.news), news)
    settings = partial(_list, _check_settings, rules, tree, memory)
    yield from memory.recall(("style", "settings"), (rules, stamp(tree.config)), settings)
    if CODE.parent == tree.project:  # templates, and the labels and messages in the code, when they belong to this tree
        for path in _list_code():
            check = partial(_check_code, rules, tree, path)
            yield from memory.recall(("style", str(path)), (rules, stamp(path)), check)


def _list(check: Callable[..., Iterator[Problem]], *given: object) -> list[Problem]:
    return list(check(*given))


def _check_record(rules: Rules, key: str, document: Document) -> Iterator[Problem]:
    kind = key.partition("/")[0]
    lines: list[str] = []
    for path, text in iter_strings(document.value):
        names = [part for part in path if isinstance(part, str)]
        if (
            not names
            or _NAME.fullmatch(text)
            or names[-1] in _NO_PROSE
            or rules.exempts(kind, names[0])
            or rules.exempts(kind, names[-1])
        ):
            continue
        readable = read_running(text)
        found = rules.find(readable)
        long = [] if names[-1] in _TITLES else _long(rules, readable)
        if not found and not long:
            continue
        lines = lines or document.text.split("\n")
        place = document.place(path)
        for one in found:
            yield _problem(document.path, _seek(lines, place, one.words), one.words, one.instead)
        for sentence in long:
            yield _too_long(document.path, _seek(lines, place, sentence[:20]), sentence, rules)


def _check_page(rules: Rules, page: Page) -> Iterator[Problem]:
    for name in ("title", "description"):
        text = str((page.file.header.value or {}).get(name, "")) if isinstance(page.file.header.value, dict) else ""
        for one in rules.find(text):
            yield _problem(page.file.path, page.file.header.place((name,)), one.words, one.instead)
    body = read_page(page.file.body)
    for one in rules.find(body):
        yield _problem(page.file.path, _place(body, one.start, page.file.body_line), one.words, one.instead)
    start = 0
    for block in [*_BLOCK.split(body)]:
        begun = body.index(block, start) if block else start
        start = begun + len(block)
        if block.lstrip().startswith(("#", "|")) or _LIST.match(block):
            continue
        for sentence in _long(rules, block):
            at = begun + block.index(sentence)
            yield _too_long(page.file.path, _place(body, at, page.file.body_line), sentence, rules)


def _check_news(rules: Rules, tree: Tree, catalog: Catalog) -> Iterator[Problem]:
    path = tree.data / SETTINGS
    data = read_file(path, tree.shown(path), tree.project)[0] if catalog.news else None
    document, _ = read_document(tree.shown(path), data or b"")
    for index, item in enumerate(catalog.news):
        for name, said in item.texts.items():
            place = document.place(("news", index, name))
            text = read_running(said)
            for one in rules.find(text):
                yield _problem(document.path, place, one.words, one.instead)
            for sentence in _long(rules, text):
                yield _too_long(document.path, place, sentence, rules)


def _check_settings(rules: Rules, tree: Tree, memory: Memory) -> Iterator[Problem]:
    """Titles of the navigation, and what the configuration says to readers."""
    document, problems = read_settings(tree, memory)
    if problems or not isinstance(document.value, dict):
        return
    for part in ("nav", "extra", "site_name", "site_description"):
        for path, text in iter_strings(document.value.get(part)):
            for one in rules.find(text if " " in text else ""):
                yield _problem(document.path, document.place((part, *path)), one.words, one.instead)
    for path, name in _keys(document.value.get("nav")):
        for one in rules.find(name):
            yield _problem(document.path, document.place(("nav", *path), key=True), one.words, one.instead)


def _list_code() -> Iterator[Path]:
    overrides, style = COMPONENTS.parent, CODE / "style"
    shown = ((".md", LAYOUTS), (".js", overrides / "assets"))
    for path in list_files(overrides):
        if path.suffix == ".html" or (path.suffix, path.parent) in shown:
            yield path
    for path in list_files(CODE):
        if path.suffix == ".typ" or (path.suffix == ".py" and path.parent != style):
            yield path


def _check_code(rules: Rules, tree: Tree, path: Path) -> list[Problem]:
    if path.suffix == ".py":
        return list(_check_python(rules, tree, path))
    return list(_check_text(rules, tree, path, _READERS[path.suffix](path.read_text(encoding="utf-8"))))


_READERS = {".html": read_template, ".js": read_script, ".md": read_page, ".typ": read_typst}


def _check_text(rules: Rules, tree: Tree, path: Path, text: str) -> Iterator[Problem]:
    for one in rules.find(text):
        yield _problem(tree.shown(path), _place(text, one.start, 1), one.words, one.instead)


def _check_python(rules: Rules, tree: Tree, path: Path) -> Iterator[Problem]:
    module = ast.parse(path.read_bytes())
    told = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    told |= {id(key) for node in ast.walk(module) if isinstance(node, ast.Dict) for key in node.keys}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            found = rules.find(node.value) if " " in node.value and not _CODE.search(node.value) else ()
            for one in found:
                yield _problem(tree.shown(path), (node.lineno, node.col_offset + 1), one.words, one.instead)


def _long(rules: Rules, text: str) -> list[str]:
    return [one for one in split_sentences(text) if count_words(one) > rules.style.longest_sentence]


def _problem(path: str, place: tuple[int, int], words: str, instead: str) -> Problem:
    return Problem(path, *place, f"'{' '.join(words.split())}' is not how the site speaks", f"write: {instead}")


def _too_long(path: str, place: tuple[int, int], sentence: str, rules: Rules) -> Problem:
    most = rules.style.longest_sentence
    begin = " ".join(sentence.split()[:6])
    return Problem(
        path, *place, f"a sentence of {count_words(sentence)} words: {begin} ...", f"at most {most}: make two"
    )


def _place(text: str, start: int, first_line: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + first_line, start - (text.rfind("\n", 0, start) + 1) + 1


def _seek(lines: list[str], place: tuple[int, int], words: str) -> tuple[int, int]:
    """Returns where the words are, from a place on; a folded text holds them on one of the following lines."""
    for wanted in (words, (words.split() or [words])[0]):
        for number, line in enumerate(lines[place[0] - 1 : place[0] + 60], place[0]):
            at = line.find(wanted, place[1] - 1 if number == place[0] else 0)
            if at >= 0:
                return number, at + 1
    return place


def _keys(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        if isinstance(name, str):
            yield (*path, name), name
        yield from _keys(inner, (*path, name))

"""Bad input is refused with its place, or taken: `make fuzz`. Nothing here runs in `make test`."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from macros.calls.checking import check_page
from macros.calls.scanning import scan_page
from macros.catalog.references import iter_references
from macros.catalog.validating import validate
from macros.components.page_context import PageContext
from macros.exports.upgrades import SCHEMA_VERSION
from macros.history.restoring import restore_edition
from macros.pages.page import Page, PageHeader, Pages
from macros.pages.source import check_sources
from macros.problems import ContentError, Problem, format_problems
from macros.schema import KINDS
from macros.schema.base import Record
from macros.site.loading import load_site
from macros.store.digests import check_chain, check_manifest
from macros.store.edition import COMPARED, FILES, MANIFEST, RECORD, load_editions
from macros.store.stored import split_page
from macros.text.characters import check_characters
from macros.text.document import read_document
from macros.text.header import read_markdown
from macros.text.positions import Document
from macros.tree import Tree
from tests.conftest import LISTS, copy_small
from tests.fuzz.drawing import CLOSED, PAGES, RECORDS, SMALL, as_bytes, edited, explore

SITE = load_site(Tree(SMALL))
TEXTS = [path.read_text(encoding="utf-8") for path in (*RECORDS, *CLOSED)]
BODIES = [path.read_text(encoding="utf-8") for path in PAGES]
EDITION = "as_at: 2026-09-30\ntitle: A title\npublished: 2026-10-01\nsupersedes: 2026-08-31\nnumber: 1\n"
STORED = [
    '{"as_at": "2026-09-30", "homes": {}, "news": [], "pages": [{"source": "a", "url": "", "title": "A", "prose":[]}]}',
    '{"kinds": ["term"]}',
    '[{"id": "a", "title": "A", "aliases": []}]',
]


def see(problems: Iterable[Problem], data: bytes = b"") -> None:
    """Every problem can be printed, and has a place within the file that was given."""
    found = list(problems)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for one in found:
        assert min(one.line, one.column) >= 1, one
        assert not data or one.line <= lines, one
    format_problems(found).encode("ascii", "backslashreplace")


def test_reader() -> None:
    def check(data: bytes) -> None:
        document, problems = read_document("x.yml", data)
        see(problems, data)
        see(check_characters(document), data)

    assert explore(check, as_bytes(edited(TEXTS)), 0.15)


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=20), st.sampled_from(TEXTS)
)
WORDS = sorted(
    {name for model in KINDS.values() for name in model.model_fields} | {"id", "pinpoint", "starts_on", "length"}
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)),
    max_leaves=20,
)


def test_schema_and_references() -> None:
    documents = {path: read_document(path.name, path.read_bytes())[0] for path in RECORDS}

    def check(drawn: tuple[Path, str, Any]) -> None:
        path, name, value = drawn
        changed = dict(documents[path].value) | {name: value}
        record, problems = validate(Document("x.yml", changed), KINDS[path.parent.name], LISTS)
        see(problems)
        if isinstance(record, Record):
            assert list(iter_references(record)) is not None
            assert record.order is not None
            assert record.model_dump_json()

    assert explore(check, st.tuples(st.sampled_from(RECORDS), st.sampled_from(WORDS), VALUES), 0.15)


def test_calls_headers_and_pages() -> None:
    def check(data: bytes) -> None:
        file, problems = read_markdown("docs/two.md", data)
        see(problems, data)
        header = validate(file.header, PageHeader, LISTS)[0] if not problems else None
        page = Page("two.md", file, header if isinstance(header, PageHeader) else None)
        pages = Pages((*(one for one in SITE.pages.pages if one.source != "two.md"), page), SITE.pages.own)
        scan = scan_page(page, SITE.catalog)
        see(scan.problems, data)
        see(check_page(PageContext(SITE.catalog, pages, page, dry=True), scan), data)
        see(check_sources(pages, set() if not scan.problems else {"two.md"}, set(), {}), b"")

    assert explore(check, as_bytes(edited(BODIES)), 0.2)


def test_files_of_editions(tmp_path: Path) -> None:
    folder = tmp_path / "editions" / "2026-09-30"
    (folder / FILES / "data").mkdir(parents=True)
    (folder / "pages").mkdir()
    parts = {
        RECORD: EDITION,
        COMPARED: STORED[0],
        f"{FILES}/data/index.json": STORED[1],
        f"{FILES}/data/term.json": STORED[2],
    }
    parts |= {"nav.json": "[]", "finds.json": "[]", MANIFEST: f"{'0' * 64}  nav.json\n", "../published.sha256": ""}
    drawn = st.tuples(st.sampled_from(sorted(parts)), as_bytes(edited([*parts.values(), *STORED])))

    def check(drawn: tuple[str, bytes]) -> None:
        for name, text in parts.items():
            (folder / name).write_text(text, encoding="utf-8")
        (folder / RECORD).write_text(f"{EDITION}schema_version: {SCHEMA_VERSION}\n", encoding="utf-8")
        name, data = drawn
        (folder / name).write_bytes(data)
        editions, problems = load_editions(tmp_path, dt.date(2026, 12, 1))
        see(problems)
        for edition in editions:
            see(check_manifest(edition))
            try:
                restore_edition(edition, tmp_path / "cache")
            except ContentError as error:
                see(error.problems)
        see(check_chain(tmp_path, editions))
        with contextlib.suppress(ValueError):
            split_page(data.decode("utf-8", "replace"))

    assert explore(check, drawn, 0.15)


def test_whole_tree(tmp_path: Path) -> None:
    top = copy_small(tmp_path / "tree")
    files = [*RECORDS, *CLOSED, *PAGES, SMALL / "data/maps.yml", SMALL / "data/catalog.yml"]
    names = [path.relative_to(SMALL).as_posix() for path in files]
    texts = {name: (top / name).read_bytes() for name in [*names, "mkdocs.yml"]}
    drawn = st.sampled_from(sorted(texts)).flatmap(
        lambda name: st.tuples(st.just(name), as_bytes(edited([texts[name].decode()])))
    )

    def check(drawn: tuple[str, bytes]) -> None:
        name, data = drawn
        (top / name).write_bytes(data)
        try:
            see(load_site(Tree(top)).problems)
        except ContentError as error:
            see(error.problems)
        finally:
            (top / name).write_bytes(texts[name])

    assert explore(check, drawn, 0.35)

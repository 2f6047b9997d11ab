"""A new output is a line in the registry: the draft, the preview and the freezing then have it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from macros import outputs
from macros.builder.draft import build_draft
from macros.editions.assembling import assemble_edition
from macros.editions.freezing import freeze_edition
from macros.editions.neighbors import describe_edition
from macros.preview.preview import Preview
from macros.schema.dates import PartialDate
from macros.site.output import Files, Output, OutputContext, Reads, Stored
from macros.store.edition import EditionRecord
from macros.tree import Tree
from tests.conftest import copy_small

COUNT, HEADINGS = "count.txt", "extra/headings.txt"


def _count(context: OutputContext) -> Files:
    yield COUNT, f"{len(context.release.catalog.records)} as of {context.dated}".encode()


def _count_headings(context: OutputContext) -> list[int]:
    return [len(list(context.read_article(page).iter("h1", "h2"))) for page in context.release.pages.pages]


def _list_headings(lengths: list[int], as_at: str) -> Files:
    yield HEADINGS, f"{as_at}: {lengths}".encode()


ADDED = (
    Output("count", lambda _: [COUNT], _count),
    Output(
        "headings",
        lambda _: [HEADINGS],
        lambda context: _list_headings(_count_headings(context), str(context.release.catalog.as_at)),
        reads=frozenset({Reads.articles}),
        stored=Stored("headings.json", _count_headings, _list_headings),
    ),
)


def test_an_output_is_in_the_draft_the_preview_and_a_frozen_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "OUTPUTS", (*outputs.OUTPUTS, *ADDED))
    tree = Tree(copy_small(tmp_path / "tree"))

    build_draft(tree, tmp_path / "draft")
    draft = tmp_path / "draft" / "latest"
    count, headings = ((draft / name).read_bytes() for name in (COUNT, HEADINGS))
    assert count.endswith(b" as of September 30, 2026")
    assert headings.startswith(b"September 30, 2026: [")

    preview = Preview(tree)
    preview.open()
    try:
        for name, built in ((COUNT, count), (HEADINGS, headings)):
            status, found = preview.find(f"latest/{name}")
            assert (status, isinstance(found, Path) and found.read_bytes()) == (200, built)
        assert preview.find("latest/count.md")[0] == 404
    finally:
        preview.close()

    today = dt.date(2026, 10, 2)
    record = EditionRecord(as_at=PartialDate("2026-09-30"), title="Position")
    edition = freeze_edition(tree, tree.root, record, "2026-09-30", today, again=False)
    assert (edition.folder / "files" / COUNT).read_bytes() == count
    assert not (edition.folder / "files" / HEADINGS).exists()
    stored = edition.read_json("headings.json")
    assert len(stored) == headings.count(b", ")
    facts = describe_edition(edition, [edition], {edition.id: []})
    assemble_edition(tree, edition, facts, tmp_path / "edition", lambda _: None)
    assert (tmp_path / "edition" / COUNT).read_bytes() == count
    assert (tmp_path / "edition" / HEADINGS).read_text() == f"September 30, 2026: {stored}"
    shutil.rmtree(tree.cache)

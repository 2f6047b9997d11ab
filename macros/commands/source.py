"""`source`: begins the record of a source from its address. Nothing is fetched."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from macros.cache import write_whole
from macros.catalog.building import load_catalog
from macros.catalog.loading import ID
from macros.catalog.references import split_key
from macros.catalog.validating import ID_FORM
from macros.problems import ContentError, UsageError
from macros.schema.sources import Source, bare_address
from macros.skeletons.records import create_record, list_ids
from macros.skeletons.sources import find_day, guess_fields, guess_id
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Writes the record and says what is guessed. Raises ContentError when another source has the address."""
    url = options.url.strip()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"'{url}' is not an address: URL=https://www.meti.go.jp/press/2026/example.html")
    catalog, _ = load_catalog(tree, rules=False)
    known = catalog.all(Source)
    for key, document in catalog.documents.items():  # of records that are not filled in yet, too
        found = document.value.get("url") if key.startswith("source/") and isinstance(document.value, dict) else None
        if found and bare_address(str(found)) == bare_address(url):
            message, hint = f"the address is that of {key}", f"cite that one: - {{id: {split_key(key)[1]}}}"
            raise ContentError([document.problem(("url",), message, hint)])
    ids = list_ids(tree)
    source_id = options.id or guess_id(
        url, known, [*ids.get("source", []), *(old for one in known for old in one.aliases)]
    )
    path = tree.data / "source" / f"{source_id}.yml"
    if not ID.fullmatch(source_id) or path.exists():
        fault = "exists already" if path.exists() else f"cannot be an id: {ID_FORM}"
        raise UsageError(f"'{source_id}' {fault}: name another with ID=")
    guess = guess_fields(url, known)
    write_whole(path, create_record(Source, ids, catalog.vocabularies, {**guess, "url": url}).encode())
    print(f"Wrote {tree.shown(path)}: fill in what is open, then run make check")
    if guess:
        said = ", ".join(f"{name}: {value}" for name, value in guess.items())
        print(f"Guessed from other sources of this host, to be checked: {said}")
    if day := find_day(url):
        print(f"The address names a day, {day}: see whether the document says the same before you write it as date:")
    print(f'Cite it: - {{id: {source_id}, pinpoint: ""}}')
    return 0

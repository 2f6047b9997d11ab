"""What an edition was when it was frozen: the SHA-256 of every file, in the form that `sha256sum -c` reads.

`editions/published.sha256` lists the manifests of what was published, in that order, so that a file and its manifest
cannot be changed together unnoticed. Each published edition names the one published before it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from macros.problems import Problem
from macros.store.edition import MANIFEST, RECORD, Edition, Link
from macros.text.files import walk_folder

LEDGER = "published.sha256"


def hash_file(path: Path) -> str:
    """Returns the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def list_files(folder: Path) -> Iterator[Path]:
    """Yields, in order, every file of an edition but its manifest; a link counts as itself, wherever it leads.

    What editors and systems leave there is no part of it, and is not copied from it.
    """
    yield from sorted(path for path in walk_folder(folder) if path != folder / MANIFEST)


def write_manifest(folder: Path) -> None:
    """Writes down what the folder holds now."""
    lines = (f"{hash_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in list_files(folder))
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_digests(path: Path) -> dict[str, str]:
    """Returns the digests in a file of the form of `sha256sum`, by path. Raises ValueError at another line."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        digest, mark, name = line.partition("  ")
        if len(digest) != hashlib.sha256().digest_size * 2 or not mark or not name:
            raise ValueError(number)
        found[name] = digest
    return found


def check_manifest(edition: Edition) -> list[Problem]:
    """Returns every file that was changed, removed or added since the edition was frozen."""
    path = edition.folder / MANIFEST
    if not path.is_file():
        return []  # said where editions are loaded
    try:
        frozen = read_digests(path)
    except ValueError as error:
        line = error.args[0] if isinstance(error.args[0], int) else 1
        hint = "take the file back from version control"
        return [Problem(edition.shown(MANIFEST), line, 1, "the manifest is broken", hint)]
    hint = (
        "a published edition never changes: take the file back, and mend mistakes in a new edition"
        if edition.is_published
        else f"take the file back, or freeze the candidate anew: make edition AS_AT={edition.id} AGAIN=1"
    )
    now = {one.relative_to(edition.folder).as_posix(): one for one in list_files(edition.folder)}
    problems = []
    for name in sorted(frozen.keys() | now.keys()):
        what = _find_fault(frozen.get(name), now.get(name))
        if what:
            problems.append(Problem(edition.shown(name), 1, 1, f"the frozen file {what}", hint))
    return problems


def _find_fault(digest: str | None, path: Path | None) -> str:
    """Returns what is wrong with a file, in words; empty when nothing is."""
    if path is None:
        return "is gone since the edition was frozen"
    if digest is None:
        return "is new since the edition was frozen"
    if path.is_symlink():
        return "is a link now: an edition holds its files itself"
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() == digest:
        return ""
    for ends in (content.replace(b"\r\n", b"\n"), content.replace(b"\n", b"\r\n")):
        if hashlib.sha256(ends).hexdigest() == digest:
            return "has other line ends since the edition was frozen, as Git makes them without .gitattributes"
    return "was changed since the edition was frozen"


def list_digests(edition: Edition) -> list[str]:
    """Returns the digest of an edition's manifest, and those that it had before its markup was migrated."""
    return [hash_file(edition.folder / MANIFEST), *(one.was for one in edition.record.migrations)]


def check_compared(editions: Sequence[Edition]) -> list[Problem]:
    """Returns the editions that say what changed since another one which is not that one any more."""
    digests = {one.id: list_digests(one) for one in editions if (one.folder / MANIFEST).is_file()}
    problems = []
    for edition in editions:
        for other in edition.record.compared:
            if other.sha256 not in digests.get(other.edition, ()):
                what = "was frozen anew" if other.edition in digests else "is gone"
                message = f"it says what changed since the edition {other.edition}, which {what} after it was frozen"
                hint = f"freeze it anew too: make edition AS_AT={edition.id} AGAIN=1"
                problems.append(Problem(edition.shown(RECORD), 1, 1, message, hint))
    return problems


def read_ledger(top: Path) -> dict[str, str]:
    """Returns the digest of each published manifest by the edition's id, in the order of publication.

    Raises ValueError when the list is broken.
    """
    path = top / "editions" / LEDGER
    found = read_digests(path) if path.is_file() else {}
    return {name.partition("/")[0]: digest for name, digest in found.items()}


def write_ledger(top: Path, ledger: Mapping[str, str]) -> None:
    """Writes the list of published manifests."""
    text = "".join(f"{digest}  {name}/{MANIFEST}\n" for name, digest in ledger.items())
    (top / "editions" / LEDGER).write_text(text, encoding="utf-8", newline="\n")


def check_chain(top: Path, editions: Sequence[Edition]) -> list[Problem]:
    """Returns where the published editions are not those of the list, or do not follow one another as it has them."""
    shown = f"editions/{LEDGER}"
    cure = "take the list and the edition back from version control"
    try:
        ledger = read_ledger(top)
    except ValueError:
        return [Problem(shown, 1, 1, "the list of published editions is broken", cure)]
    published = {one.id: one for one in editions if one.is_published}
    problems = []
    before: Edition | None = None
    for line, (name, digest) in enumerate(ledger.items(), 1):
        edition = published.get(name)
        if edition is None:
            problems.append(Problem(shown, line, 1, f"the published edition {name} is not here", cure))
            continue
        if not (edition.folder / MANIFEST).is_file():
            continue  # said where editions are loaded
        if hash_file(edition.folder / MANIFEST) != digest:
            message = "the manifest is not the one that was published"
            problems.append(Problem(edition.shown(MANIFEST), 1, 1, message, cure))
        follows = edition.record.follows
        if not _does_follow(follows, before):
            message = f"it does not follow {before.id if before else 'nothing'} as {shown} has it"
            problems.append(Problem(edition.shown(RECORD), 1, 1, message, cure))
        before = edition
    for name in published.keys() - ledger.keys():
        message = f"published: is written by hand, and {shown} does not have the edition"
        hint = f"take the line out, and publish by: make edition AS_AT={name} AGAIN=1 PUBLISHED=<day>"
        problems.append(Problem(published[name].shown(RECORD), 1, 1, message, hint))
    return problems


def _does_follow(follows: Link | None, before: Edition | None) -> bool:
    if follows is None or before is None:
        return follows is None and before is None
    return follows.edition == before.id and follows.sha256 in list_digests(before)

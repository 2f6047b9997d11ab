"""Files of the frame get a second name with a digest in it, so that browsers may keep them for ever.

Each stays at its plain name too. The second one is in `named/` of its edition, and pages, scripts and style sheets name
that one. What a page asks for is then what it was built with, whatever has been published in the meantime. An article
keeps its bytes: the sheet that it asks for itself has its plain name.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

from macros.search.indexing import FOLDER as SEARCH
from macros.search.indexing import INDEX
from macros.tree import LATEST, NAMED

_ASSETS = "assets"
_CARDS = f"{_ASSETS}/cards/"  # pictures of an edition's own, named by whole addresses
_LETTERS = 12  # of the digest: 48 bits
_SCRIPT = re.compile(r"""(?<=["'(])[\w./-]+(?=["')])""")
_ARTICLE = re.compile(r"(<article\b.*</article>)", re.DOTALL)
_PAGE = re.compile(rf"""(?<=(?:href|.src)=")[\w./-]*(?:{_ASSETS}|{SEARCH})/[\w./-]+(?=")""")


def name_files(edition: Path) -> None:
    """Copies the frame's files of a built edition to `named/` under names with digests, and makes its pages use them.

    Raises LookupError when two files name each other: neither could then have a digest.
    """
    names = _Names(edition)
    for page in edition.rglob("*.html"):
        base = page.parent.relative_to(edition).as_posix()
        text = page.read_text(encoding="utf-8")
        parts = _ARTICLE.split(text)
        parts[::2] = [_PAGE.sub(names.replacing(base), frame) for frame in parts[::2]]
        said = "".join(parts)
        if said != text:
            page.write_text(said, encoding="utf-8", newline="\n")


class _Names:
    """The second name of each file of the frame, made when it is first asked for; paths are those below the edition."""

    def __init__(self, edition: Path) -> None:
        self.edition = edition
        self.made: dict[str, str] = {}
        self.open: list[str] = []
        parts = (path for part in (_ASSETS, SEARCH) for path in (edition / part).rglob("*") if path.is_file())
        paths = (path.relative_to(edition).as_posix() for path in parts)
        self.known = {path for path in paths if not path.startswith(_CARDS)}

    def replacing(self, base: str) -> Callable[[re.Match[str]], str]:
        """Returns what `re.sub` takes: it puts the second name in the place of a path that is relative to `base`."""

        def replace(match: re.Match[str]) -> str:
            said = match[0]
            if said.startswith("/"):  # the page for what is not found, which is read at any address
                before, latest, path = said.rpartition(f"/{LATEST}/")
                return f"{before}{latest}{self.of(path)}" if path in self.known else said
            path = posixpath.normpath(posixpath.join(base, said))
            if path in self.known:
                name = posixpath.relpath(self.of(path), base)
                return f"./{name}" if said.startswith("./") else name
            return said

        return replace

    def of(self, path: str) -> str:
        """Returns the second name of a file, which is then there."""
        if path in self.open:
            raise LookupError(f"files that name each other cannot have digests: {', '.join(self.open)}")
        if path not in self.made:
            self.open.append(path)
            self.made[path] = self._make(path)
            self.open.remove(path)
        return self.made[path]

    def _make(self, path: str) -> str:
        file = self.edition / path
        content = file.read_bytes()
        if file.suffix in (".css", ".js") or path == INDEX:
            content = _SCRIPT.sub(self._replace_in(path), content.decode()).encode()
        stem = "-".join(file.relative_to(self.edition).parts).removeprefix(f"{_ASSETS}-").removesuffix(file.suffix)
        name = f"{NAMED}/{stem}.{hashlib.sha256(content).hexdigest()[:_LETTERS]}{file.suffix}"
        target = self.edition / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        return name

    def _replace_in(self, path: str) -> Callable[[re.Match[str]], str]:
        """Returns what `re.sub` takes for a file that names others and will stand in `named/`."""

        def replace(match: re.Match[str]) -> str:
            said = match[0]
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), said))
            if beside in self.known:
                return f"./{posixpath.basename(self.of(beside))}"
            return self.of(said) if said in self.known else said  # the search's files are named from the edition

        return replace

"""Where an address leads from the place where it stands: within the built folder, or to another site."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from macros.store.files import INDEX

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_BAD_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_NOWHERE = (".invalid", ".localhost", ".local", ".internal", ".test", "localhost")
_STAGING = re.compile(r"(?:stage|staging|preview|uat)[0-9]*[.-]", re.IGNORECASE)


class Target(NamedTuple):
    """Where an address leads: `path` in the folder, or `url` on another site; else the `problem` says why nowhere."""

    path: str | None = None
    fragment: str = ""
    url: str | None = None
    problem: str = ""
    hint: str = ""


@dataclass
class Folder:
    """A built folder: its files by their path, its folders, and the addresses under which it is to stand."""

    root: Path
    files: frozenset[str]
    folders: frozenset[str]
    roots: tuple[str, ...] = ()
    _known: dict[tuple[str, str], Target] = field(default_factory=dict, repr=False)

    @cached_property
    def editions(self) -> list[str]:
        """The folders that are editions, `latest` among them."""
        return sorted(one for one in self.folders if "/" not in one and f"{one}/{INDEX}" in self.files)

    @cached_property
    def bases(self) -> list[str]:
        """The paths below which the site stands on its hosts, longest first; each ends in a slash."""
        return sorted({urlsplit(one).path or "/" for one in self.roots} | {"/"}, key=len, reverse=True)

    def resolve(self, value: str, place: str) -> Target:
        """Returns where an address leads that stands in the file at `place`."""
        key = (posixpath.dirname(place) if value[:1] != "#" else place, value)
        if key not in self._known:
            self._known[key] = self._resolve(value, place)
        return self._known[key]

    def _resolve(self, value: str, place: str) -> Target:
        if value != value.strip() or _UNFIT.search(value):
            return Target(problem="has a space or a sign that no address may have", hint="write a space as %20")
        if _BAD_PERCENT.search(value):
            return Target(problem="has a % that two digits do not follow", hint="write % itself as %25")
        if value.startswith("//"):
            return Target(problem="names no scheme", hint="begin it with https:")
        own = self._below_root(value)
        if own is not None:
            return self._inside(f"/{own}", place)
        if _SCHEME.match(value):
            return _outside(value)
        return self._inside(value, place)

    def _below_root(self, value: str) -> str | None:
        for root in self.roots:
            if value.lower().startswith(root.lower()):
                return value[len(root) :]
            if value.lower().rstrip("/") == root.lower().rstrip("/"):
                return ""
        return None

    def _inside(self, value: str, place: str) -> Target:
        address, _, fragment = value.partition("#")
        address = unquote(address.partition("?")[0])
        if not address:
            return Target(place, fragment)
        if address.startswith("/"):
            base = next((one for one in self.bases if address.startswith(one)), "/")
            joined = address[len(base) :]
        else:
            joined = posixpath.join(posixpath.dirname(place), address)
        path = posixpath.normpath(joined) if joined else "."
        if path == ".." or path.startswith("../"):
            return Target(problem="leads out of the site", hint="take a ../ away")
        path = "" if path == "." else path
        if path in self.files:
            slash = joined.endswith("/")
            return Target(problem="names a file as if it were a folder") if slash else Target(path, fragment)
        page = posixpath.join(path, "index.html")
        if page in self.files:
            whole = not path or joined.endswith(("/", "/.", "/.."))
            return Target(page, fragment) if whole else Target(page, problem="needs a / at its end", hint=_REDIRECT)
        return Target(problem=f"leads to {path or '/'}, which is not there", hint=self._near(path))

    def _near(self, path: str) -> str:
        """Returns a hint when the same name is there with other capital letters or without .md."""
        low = path.lower()
        for one in (*self.files, *self.folders):
            if one.lower() in (low, low.removesuffix(".md"), low.replace(".md", ".html")):
                return f"there is {one}"
        return ""


_REDIRECT = "without it the server has to lead on, and relative addresses may break"


def _outside(value: str) -> Target:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        return Target(problem=f"is no address: {error}")
    scheme = parts.scheme.lower()
    if scheme == "http":
        return Target(url=value, problem="is plain http", hint="write https, or say why not in data/links.yml")
    if scheme != "https":
        return Target(url=value, problem=f"has the scheme {scheme}:", hint="readers' links begin with https:")
    if "@" in parts.netloc:
        return Target(url=value, problem="holds a user name or a password", hint="take out what stands before the @")
    host = (parts.hostname or "").rstrip(".")
    return Target(url=value, problem=_judge_host(host, port))


def _judge_host(host: str, port: int | None) -> str:
    if not host:
        return "names no host"
    try:
        private = not ip_address(host).is_global
        return "leads to a host that readers cannot reach" if private else ""
    except ValueError:
        pass
    if host.lower().endswith(_NOWHERE):
        return "leads to a host that readers cannot reach"
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not _HOST.fullmatch(plain):
        return f"has a host that cannot be: {host}"
    if _STAGING.match(host):
        return "leads to a staging host, which is not for the public"
    return f"names the port {port}" if port not in (None, 443) else ""


def open_folder(root: Path, roots: Iterable[str] = ()) -> Folder:
    """Returns the folder with what lies in it. `roots` are addresses known from elsewhere; editions say their own."""
    files: set[str] = set()
    folders: set[str] = set()
    for path in root.rglob("*"):
        (folders if path.is_dir() else files).add(path.relative_to(root).as_posix())
    said = {one for one in roots if one}
    for one in sorted(files):
        if one.count("/") == INDEX.count("/") + 1 and one.endswith(f"/{INDEX}"):
            said |= _said_by(root / one, one.partition("/")[0])
    return Folder(root, frozenset(files), frozenset(folders), tuple(sorted(said, key=len, reverse=True)))


def _said_by(index: Path, edition: str) -> set[str]:
    """Returns the address of the site that an edition's index names. A broken index is found by who reads it."""
    try:
        address = str(json.loads(index.read_text(encoding="utf-8"))["address"])
    except (ValueError, KeyError, TypeError):
        return set()
    return {address.removesuffix(f"{edition}/")} if address.endswith(f"/{edition}/") else set()

"""A packed form of each file of a site beside it, for servers that hand out what is there: Brotli and gzip."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import brotli

SUFFIXES = frozenset((".bib", ".bin", ".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml"))
_LEAST = 256  # bytes; below, packing saves nothing on the wire
# Brotli's highest quality saves another tenth and takes ten times as long.
_FORMS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        ".br": lambda data: bytes(brotli.compress(data, quality=9)),
        ".gz": lambda data: gzip.compress(data, 9, mtime=0),
    }
)


def pack_files(paths: Iterable[Path]) -> None:
    """Writes the packed forms of these files; those of files with the same content are one file with several names."""
    same: dict[str, list[Path]] = {}
    for path in paths:
        if path.suffix in SUFFIXES and path.stat().st_size >= _LEAST:
            same.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append(path)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # both libraries work outside of Python's lock
        list(pool.map(_pack, same.values()))


def list_packed(path: Path) -> list[Path]:
    """Returns the packed forms that stand beside a file."""
    beside = (path.with_name(path.name + form) for form in _FORMS)
    return [one for one in beside if one.is_file()]


def link_or_copy(source: Path, target: Path) -> None:
    """Gives a file a second name, or copies it where the file system cannot; leaves a target that is there."""
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:
        part = target.with_name(f".{target.name}")
        shutil.copyfile(source, part)
        part.chmod(0o644)
        part.replace(target)  # never seen half written: a release that readers get may be filled up


def _pack(paths: list[Path]) -> None:
    first, *others = paths
    content = first.read_bytes()
    for form, pack in _FORMS.items():
        packed = pack(content)
        if len(packed) < len(content):
            target = first.with_name(first.name + form)
            target.write_bytes(packed)
            target.chmod(0o644)
            for other in others:
                link_or_copy(target, other.with_name(other.name + form))

"""The content manager's own files, brought by npm when they are first wanted and kept in the cache."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from macros.problems import UsageError
from macros.tree import Tree

# Decap CMS, under the MIT License. What npm brings must be this, to the byte.
VERSION = "3.16.3"
SHA256 = "f1c0055411ebdbd5b7c77a835a68b92b5467622585838f8496223b27eee116d1"
MAIN = "decap-cms.js"
_PACKAGE = f"decap-cms-{VERSION}.tgz"
_DIST = "package/dist/"
_ENDINGS = (MAIN, ".wasm")


def ensure_bundle(tree: Tree) -> Path:
    """Returns the folder with the manager's scripts, brought by npm at the first time. Raises UsageError."""
    folder = tree.cache / "admin" / f"decap-cms-{VERSION}"
    if not (folder / MAIN).is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise UsageError("editing in the browser needs npm once, to bring the content manager: install Node.js")
        with tempfile.TemporaryDirectory() as work:
            _unpack(_bring(npm, Path(work)), folder)
    return folder


def _bring(npm: str, work: Path) -> Path:
    """Returns the package as npm brings it. Raises UsageError when it cannot, or when the package is another one."""
    command = [npm, "pack", f"decap-cms@{VERSION}", "--silent", "--pack-destination", str(work)]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    package = work / _PACKAGE
    if done.returncode != 0 or not package.is_file():
        raise UsageError(f"npm could not bring decap-cms {VERSION}: {done.stderr.strip()[-300:]}")
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != SHA256:
        raise UsageError(f"npm brought a decap-cms {VERSION} that is not the one we know: SHA-256 {found}")
    return package


def _unpack(package: Path, folder: Path) -> None:
    """Writes the scripts of the package into the folder, all or none; maps and second copies are left out."""
    part = folder.with_name(f".{folder.name}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with tarfile.open(package) as archive:
        for member in archive:
            name = member.name.removeprefix(_DIST)
            if member.isfile() and member.name.startswith(_DIST) and "/" not in name and name.endswith(_ENDINGS):
                content = archive.extractfile(member)
                if content:
                    (part / name).write_bytes(content.read())
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)

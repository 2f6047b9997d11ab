"""The project's own virtual environment, made and renewed from the lock files. Uses the standard library only."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.problems import UsageError
from macros.tree import CODE

ROOT = CODE.parent
VENV = ROOT / ".venv"
LOCKS = {"site": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
# What the one package is built with that comes as source only; pip would fetch it unpinned.
BUILD = ROOT / "requirements-build.txt"
SOURCE_ONLY = "feedgen"
OLDEST = (3, 11)


def ensure_environment(need: str, arguments: Sequence[str]) -> None:
    """Goes on in .venv with everything that is needed installed; makes or renews it first when it has to.

    `need` is `site` or `dev`. Does not return when the command has to start again inside .venv. Raises UsageError
    when Python is too old or the environment cannot be made.
    """
    if sys.version_info < OLDEST:
        raise UsageError(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}")
    if not _is_ready(need):
        _create()
        _install(need)
    if Path(sys.prefix).resolve() != VENV.resolve():
        command = [str(python()), "-m", "macros", *arguments]
        if os.name == "nt":
            import subprocess  # noqa: PLC0415 - what is ready already needs no process

            raise SystemExit(subprocess.run(command, check=False).returncode)
        sys.stdout.flush()
        os.execv(command[0], command)


def python() -> Path:
    """Returns the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def tool(name: str) -> str:
    """Returns the path of a program that the lock files install."""
    return str(python().parent / (f"{name}.exe" if os.name == "nt" else name))


def _stamp(need: str) -> Path:
    return VENV / f".installed-{need}"


def _fingerprint(need: str) -> str:
    return hashlib.sha256(LOCKS[need].read_bytes()).hexdigest()


def _is_ready(need: str) -> bool:
    names = ("dev",) if need == "dev" else ("site", "dev")
    stamps = [(_stamp(name), name) for name in names]
    return python().exists() and any(path.is_file() and path.read_text() == _fingerprint(name) for path, name in stamps)


def _create() -> None:
    if python().exists():
        return
    import subprocess  # noqa: PLC0415 - as above
    import venv  # noqa: PLC0415 - slow to load, and there is one nearly always

    print("Making the virtual environment .venv", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (OSError, subprocess.CalledProcessError) as error:
        message = "the virtual environment cannot be made: on Debian or Ubuntu install the package python3-venv"
        raise UsageError(f"{message} ({error})") from error


def _install(need: str) -> None:
    import subprocess  # noqa: PLC0415 - as above

    lock = LOCKS[need]
    print(f"Installing {lock.name} into .venv (once; hashes are checked)", flush=True)
    command = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    binary = ["--only-binary", ":all:"]
    for file, how in ((BUILD, binary), (lock, [*binary, "--no-binary", SOURCE_ONLY, "--no-build-isolation"])):
        done = subprocess.run([*command, *how, "--requirement", str(file)], check=False)
        if done.returncode != 0:
            raise UsageError(f"{file.name} could not be installed: see pip's message above")
    for name in LOCKS:
        _stamp(name).unlink(missing_ok=True)
    _stamp(need).write_text(_fingerprint(need))

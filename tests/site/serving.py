"""Debian's nginx and Caddy on loopback, for the tests that ask whether real servers do what they are told."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from macros.machine.browser import install_package

_CONFIG = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
{user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {root}; {include} }}
}}
"""


def find_nginx() -> str | None:
    """Returns the path of nginx, installed first when root on Debian; workers of one run wait for each other."""
    with FileLock(Path(tempfile.gettempdir()) / "nginx-for-tests.lock"):
        found = _which()
        if found is None and install_package("nginx-light", "a web server for the tests"):
            found = _which()
    return found


def _which() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def serve_nginx(root: Path, include: Path | None = None) -> Iterator[str]:
    """Serves a folder as nginx does, told by the lines of a file; yields the address. Skips where there is no nginx."""
    nginx = find_nginx()
    if nginx is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    port = _free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = {"root": root, "include": f"include {include};" if include else "index index.html;", "port": port}
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        config = folder / "nginx.conf"
        config.write_text(_CONFIG.format(folder=folder, user=user, **said))
        line = [nginx, "-p", str(folder), "-e", str(folder / "errors"), "-c", str(config)]
        tested = subprocess.run([*line, "-t"], capture_output=True, text=True, check=False)
        assert tested.returncode == 0, tested.stderr
        with _running(line, port) as address:
            yield address


@contextmanager
def serve_caddy(caddy: str, place: Path, folder: Path) -> Iterator[str]:
    """Serves what is published at `place` as Caddy does, told by the Caddyfile there; yields the address."""
    port = _free_port()
    config = folder / "Caddyfile"
    site = f"http://127.0.0.1:{port} {{\n\troot * {place}/site\n\timport {place}/Caddyfile\n}}\n"
    config.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + site)
    with _running([caddy, "run", "--config", str(config), "--adapter", "caddyfile"], port) as address:
        yield address


@contextmanager
def _running(line: list[str], port: int) -> Iterator[str]:
    with subprocess.Popen(line, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("the server has ended")

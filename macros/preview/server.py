"""The preview over HTTP, on this machine alone: a table of routes, and the standard library's server.

A route answers the addresses that begin with its prefix; the first that fits is taken. To add one, put a `Route` into
`ROUTES` before the last, which is the draft itself: its function takes the preview and the request and returns a reply.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from macros.machine.server import QuietServer
from macros.preview.preview import Preview

HOST = "127.0.0.1"
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_READING = ("GET", "HEAD")
HTML = "text/html; charset=utf-8"
_TYPES = {".ics": "text/calendar", ".bib": "application/x-bibtex", ".js": "text/javascript", ".csv": "text/csv"}


@dataclass(frozen=True)
class Request:
    """What is asked: `path` begins with a slash and is decoded; `query` has one value for each name."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What is answered: `body` as bytes, or as parts that are sent as they come, for as long as somebody listens.

    `headers` are sent besides those that the server sends itself.
    """

    status: int
    type: str
    body: bytes | Iterator[bytes] = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """Which function answers the addresses that begin with `prefix`, for these methods."""

    prefix: str
    answer: Callable[[Preview, Request], Reply]
    methods: tuple[str, ...] = _READING


def create_server(preview: Preview, port: int, routes: list[Route]) -> QuietServer:
    """Returns a server that listens already; it answers once `serve_forever` runs."""

    class Handler(_Handler):
        pass

    Handler.preview, Handler.routes = preview, routes
    server = QuietServer((HOST, port), Handler)
    server.daemon_threads = True
    return server


def type_of(path: str) -> str:
    """Returns the media type of a file by its name."""
    known = _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") else known


class _Handler(BaseHTTPRequestHandler):
    preview: Preview
    routes: list[Route]
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        reply = self._route(parts)
        if isinstance(reply.body, bytes):
            self._send(reply, reply.body)
        else:
            self._stream(reply, reply.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815 - the library's names

    def _route(self, parts: SplitResult) -> Reply:
        path = unquote(parts.path)
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(self.command, path, dict(parse_qsl(parts.query)), self.rfile.read(length), dict(self.headers))
        if self.command not in _READING and not self._is_own():
            return Reply(403, "text/plain", b"Only a page of this preview may ask for this.\n")
        for route in self.routes:
            if path.startswith(route.prefix) and self.command in route.methods:
                return route.answer(self.preview, request)
        return Reply(405, "text/plain", b"There is nothing here for this method.\n")

    def _is_own(self) -> bool:
        """Whether a request that writes comes from a page of ours: no other site may send one through the browser."""
        host = self.headers.get("Host", "")
        origin = self.headers.get("Origin")
        return urlsplit(f"//{host}").hostname in _LOCAL and origin in (None, f"http://{host}")

    def _send(self, reply: Reply, body: bytes) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        same = reply.status == 200 and self.headers.get("If-None-Match") == tag  # noqa: PLR2004 - OK
        self.send_response(304 if same else reply.status)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if not same:
            self.send_header("Content-Type", reply.type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not same and self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, reply: Reply, parts: Iterator[bytes]) -> None:
        self.close_connection = True
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for part in parts:
                self.wfile.write(part)
                self.wfile.flush()
        except OSError:  # the page was closed
            pass
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()

    def log_message(self, *_args: object) -> None:
        pass

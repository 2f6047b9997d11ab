"""What servers are told of a built site, from one list: types, headers, caching, redirects of pages that moved.

`_headers` and `_redirects` are read by hosts of folders (Netlify, Cloudflare Pages; GitLab Pages the second alone), the
two others by nginx and Caddy. guides/hosting.md says how each is used.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

from macros.security.policy import header_policy
from macros.store.files import BIBLIOGRAPHY, CALENDAR, FEED, FILES, SCHEMA
from macros.tree import LATEST, NAMED

HEADERS = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        "Strict-Transport-Security": "max-age=31536000",
    }
)
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ASK = "no-cache"  # kept, and asked for again each time: 304 when it is the same

_MOST_REDIRECTS = 2000  # that Cloudflare Pages takes; pages beyond lead on by themselves
_SMALL = 4000  # bytes; a page at an earlier address has fewer
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
_ATOM = "application/atom+xml"
_NOT_TEXT = ("text/html", "application/octet-stream", "application/pdf", "image/png")  # or text already, to nginx
_FROZEN = ("bib", "csv", "ics", "json", "pdf", "png")  # what an edition keeps byte for byte beside its pages
_FRAME = {
    "bin": "application/octet-stream",
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xml": "application/xml",
}


@dataclass(frozen=True)
class Hosting:
    """What is told. `base` is the site's path on its host, `/` or `/minerals/`; `published` are ids of editions.

    `policy` is the Content-Security-Policy that pages keep; `moved` leads from paths below the base to others.
    """

    base: str = "/"
    policy: str = field(default_factory=header_policy)
    published: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Security-Policy": self.policy, **HEADERS}

    @property
    def redirects(self) -> list[tuple[str, str, int]]:
        """Returns path, target and status of each redirect."""
        moved = [(self.base + quote(old), self.base + quote(new), 301) for old, new in sorted(self.moved.items())]
        return [(self.base, f"{self.base}{LATEST}/", 302), *moved][:_MOST_REDIRECTS]

    @property
    def caching(self) -> list[tuple[str, str]]:
        """Returns regular expressions of paths with how long they are kept; the last that fits holds."""
        named = (f"^{re.escape(self.base)}[^/]+/{NAMED}/", FOR_EVER)
        ids = "|".join(map(re.escape, self.published))
        files = (f"^{re.escape(self.base)}({ids})/.*\\.({'|'.join(_FROZEN)})$", A_DAY)
        return [files, named] if ids else [named]


def types_by_suffix() -> dict[str, str]:
    """Returns the media type of each suffix, without a dot, that files of the site have."""
    exported = {path: file.media_type for path, file in FILES.items() if not path.endswith(SCHEMA)}
    return dict(sorted((_FRAME | {path.rpartition(".")[2]: said for path, said in exported.items()}).items()))


def find_moved(site: Path) -> dict[str, str]:
    """Returns the pages of a built site that only lead to another one, by path below the site, with where they lead."""
    moved: dict[str, str] = {}
    for page in sorted(site.glob("*/**/index.html")):
        if page.stat().st_size < _SMALL and (found := _REFRESH.search(page.read_text(encoding="utf-8"))):
            old = f"{page.parent.relative_to(site).as_posix()}/"
            target = posixpath.normpath(posixpath.join(old, unquote(found[1].partition("#")[0])))
            moved[old] = f"{target}/"
    return moved


def write_headers(hosting: Hosting) -> str:
    """Returns `_headers`. No path fits two rules with the same header: hosts would join the values."""
    base = hosting.base
    rules = {
        f"{base}*": hosting.headers,
        f"{base}:edition/{NAMED}/*": {"Cache-Control": FOR_EVER},
        f"{base}:edition/{CALENDAR}": {"Content-Type": f"{FILES[CALENDAR].media_type}; charset=utf-8"},
        f"{base}:edition/data/deadline/*": {"Content-Type": f"{FILES[CALENDAR].media_type}; charset=utf-8"},
        f"{base}:edition/{BIBLIOGRAPHY}": {"Content-Type": f"{FILES[BIBLIOGRAPHY].media_type}; charset=utf-8"},
        f"{base}{FEED}": {"Content-Type": f"{_ATOM}; charset=utf-8"},
    }
    return "\n".join(
        "\n".join((path, *(f"  {name}: {said}" for name, said in told.items()))) for path, told in rules.items()
    )


def write_redirects(hosting: Hosting) -> str:
    """Returns `_redirects`."""
    return "".join(f"{old} {new} {status}\n" for old, new, status in hosting.redirects)


def write_nginx(hosting: Hosting) -> str:
    """Returns lines to be included in a `server` block of nginx, whose root is the site."""
    types = types_by_suffix()
    packed = (said for said in types.values() if said not in _NOT_TEXT)
    lines = [
        "# Include this in a server block: root /srv/site/current/site; include /srv/site/current/nginx.conf;",
        "index index.html;",
        f"error_page 404 {hosting.base}404.html;",
        "absolute_redirect off;",
        "gzip_static on;",
        "# With the module libnginx-mod-http-brotli-static: brotli_static on;",
        "charset utf-8;",
        f"charset_types {' '.join(sorted({*packed, _ATOM}))};",
        "types {",
        *(f"  {said} {suffix};" for suffix, said in types.items()),
        "}",
        f"location = {hosting.base}{FEED} {{ types {{ }} default_type {_ATOM}; }}",
        f"location ~ ^{hosting.base}_(headers|redirects)$ {{ return 404; }}",
        f'set $cm_cache "{ASK}";',
        *(f'if ($uri ~ "{path}") {{ set $cm_cache "{said}"; }}' for path, said in hosting.caching),
        "add_header Cache-Control $cm_cache;",
        *(f'add_header {name} "{said}" always;' for name, said in hosting.headers.items()),
        *(f"location = {old} {{ return {status} {new}; }}" for old, new, status in hosting.redirects),
    ]
    return "\n".join(lines) + "\n"


def write_caddy(hosting: Hosting) -> str:
    """Returns lines to be imported into a site block of Caddy."""
    special = {f"*.{one}": types_by_suffix()[one] for one in ("bib", "csv", "ics")}
    special[f"{hosting.base}{FEED}"] = _ATOM
    lines = [
        "# Import this in a site block: root * /srv/site/current/site, then import /srv/site/current/Caddyfile",
        "header {",
        *(f'\t{name} "{said}"' for name, said in hosting.headers.items()),
        "}",
        f'header ?Cache-Control "{ASK}"',
    ]
    for number, (path, said) in enumerate(special.items()):  # put off until the file server has named its own type
        lines += [f"@type{number} path {path}", f"header @type{number} {{", f'\tContent-Type "{said}; charset=utf-8"']
        lines += ["\tdefer", "}"]
    for number, (path, said) in enumerate(hosting.caching):
        lines += [f"@kept{number} path_regexp {path}", f'header @kept{number} Cache-Control "{said}"']
    lines += [
        *(f"redir {old} {new} {status}" for old, new, status in hosting.redirects),
        "file_server {",
        "\tprecompressed br gzip",
        "\thide _headers _redirects",
        "}",
        "handle_errors {",
        f"\trewrite * {hosting.base}404.html",
        "\tfile_server",
        "}",
    ]
    return "\n".join(lines) + "\n"

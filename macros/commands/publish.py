"""`publish`: builds the site, checks it, and puts it where a web server reads it, in one step."""

from __future__ import annotations

import argparse
import datetime as dt
import os

from macros.commands import links, site
from macros.commands.arguments import parse
from macros.problems import UsageError
from macros.publication.address import UNKNOWN, read_root
from macros.publication.hosting import write_caddy, write_nginx
from macros.publication.releases import CURRENT, SITE, publish_release
from macros.publication.root import describe_hosting
from macros.store.edition import load_editions
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Builds into site/, checks every link there, and publishes it; returns 1 when a link is broken.

    Raises ContentError; UsageError when SITE_URL is not set, or the folder cannot be written.
    """
    root = read_root(os.environ)
    if root is None:
        raise UsageError(UNKNOWN)
    place = options.to.resolve()
    if tree.project.is_relative_to(place) or place.is_relative_to(tree.site):
        raise UsageError(f"{options.to} holds the project or its site/: name a folder of the web server")
    site.run(tree, options)
    if links.run(tree, parse(["links", "--site", str(tree.site)])) != 0:
        return 1
    editions, _ = load_editions(tree.project, dt.date.today())
    hosting = describe_hosting(tree.site, editions, root)
    told = {"nginx.conf": write_nginx(hosting), "Caddyfile": write_caddy(hosting)}
    number = publish_release(tree.site, place, told)
    print(f"Release {number} is what readers get: {options.to / CURRENT / SITE}")
    return 0

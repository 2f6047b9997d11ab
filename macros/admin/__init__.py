"""Editing in the browser, in the preview alone: a content manager from npm, forms from the classes, saving by field."""

from __future__ import annotations

PREFIX = "/admin/"  # what it answers begins so

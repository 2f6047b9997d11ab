"""Editing in the browser, in the preview alone: a content manager from npm, forms from the classes, saving by field."""

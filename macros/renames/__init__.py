"""A new id for a record, a new path for a page: every place that names it, found and edited in its file's own text."""

"""The search of a release: what can be found is gathered from its built pages, and written as an index."""

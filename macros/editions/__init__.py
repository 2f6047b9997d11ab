"""Editions: what was published, frozen under editions/<as-at>/, with the words of every page."""

"""Every record by `kind/id`, with references resolved and backlinks computed once."""

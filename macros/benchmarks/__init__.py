"""How long commands take and how much they need, measured as a person would run them: `make bench`."""

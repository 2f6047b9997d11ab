"""How the site speaks, kept by a program: the rules as data, the passages they are read against, and measures."""

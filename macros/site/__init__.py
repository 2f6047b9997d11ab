"""The whole of a tree, loaded and checked once, and what is released of it."""

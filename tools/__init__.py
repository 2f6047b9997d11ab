"""Tools that developers run by hand; nothing in the project imports them."""

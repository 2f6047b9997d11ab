"""The links of a built folder, and of its citations to other sites: read, checked, and said at the line that made them."""

"""The links of a built folder and those to other sites: read, checked, and said at the line that made them."""

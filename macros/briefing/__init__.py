"""The client brief: what of the records stands in it, its endnotes and figures, and the PDF that Typst makes of them."""

"""The client brief: what of the records stands in it, its notes and figures, and the PDF that Typst makes of it."""

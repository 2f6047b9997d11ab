"""The builder's side: macros registered with MkDocs, and the site built aside and switched in."""

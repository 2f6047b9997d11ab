"""The published site: every edition at its own address, and what stands at the root beside them."""

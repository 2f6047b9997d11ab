"""The macro calls of pages: read with their places, run without the builder, and followed to what they show."""

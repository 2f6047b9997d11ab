"""The editions up to the one that is built, read back from what they store and compared."""

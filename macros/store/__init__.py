"""What an edition is on disk: its record, the form of its pages and files, and the digest of each."""

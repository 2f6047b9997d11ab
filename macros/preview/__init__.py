"""The working tree as a draft on this machine, page by page as asked for, new as soon as a file is saved."""

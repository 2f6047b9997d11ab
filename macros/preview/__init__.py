"""The working tree as a draft on this machine, page by page as they are asked for, changed as soon as a file is saved."""

"""What an editor's program is told of the records, pages and macros, and where each of them is written."""

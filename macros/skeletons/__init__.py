"""What a new record, source or page begins with: its keys explained, and what its author must fill in left open."""

"""What a page says of itself to machines, and how it is cited: head, linked data, citation, picture for a card."""

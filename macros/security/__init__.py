"""What keeps bad things out of the site and private things in: its policy, its addresses, what a page may hold."""

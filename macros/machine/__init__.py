"""What a command needs of the machine: its environment, a browser, a server on loopback."""

"""What mkdocs.yml says: the configuration as the builder has it, and who publishes."""

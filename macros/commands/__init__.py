"""What can be asked of the project from the command line: one module for each verb."""

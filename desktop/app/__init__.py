"""The program put together: window, shell and subcommands."""

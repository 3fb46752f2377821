"""The business: operations, rules and tables that run the same on every desk and on the server."""

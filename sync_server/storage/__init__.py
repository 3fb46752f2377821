"""PostgreSQL: somebody's own by URL, or one that comes with the program and lives in a folder."""

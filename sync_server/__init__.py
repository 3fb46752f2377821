"""The server: one truth for many desks, on PostgreSQL."""

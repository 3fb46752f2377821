"""The shape of every database, step by step: chains `shared`, `desktop` and `server` in one Alembic environment.

A desk follows `shared` and `desktop`, the server `shared` and `server`. Tables of facts only ever gain columns.
"""

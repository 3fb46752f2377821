"""The desk's own memory: one database, one writer, a second journal beside it, and the way back from every accident."""

"""What storage says when the world fails."""


class StorageFault(Exception):
    """A sentence for the person at the command line: what happened, what is safe, what to do."""

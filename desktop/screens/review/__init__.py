"""What waits for a person: what happened, what is in order, what is in question, how to settle it."""

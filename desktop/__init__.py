"""The desk: one program at one till."""

"""The things around the desk: each a port with a real adapter and a simulator that speaks the same bytes."""

"""The X report of the shift at hand and the Z reports of earlier ones."""

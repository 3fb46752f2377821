"""Bringing goods in from a file: what each row would do, what is wrong with it, and writing the rest."""

"""Everything a person can do by a key: declared once, bound by the screens."""

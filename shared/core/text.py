"""Sentences that people will read, marked in code and translated where they are shown."""


def N_(text: str) -> str:
    """Mark an English sentence for the catalogue; it stays English until a screen or a printer shows it."""
    return text

"""The look: tokens, themes and icons."""

"""Signing in: who, then the PIN; the way out for a forgotten PIN and a closed lock."""

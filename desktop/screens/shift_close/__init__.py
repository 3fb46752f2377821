"""Closing a shift: a blind count, its result, the handover, the Z report."""

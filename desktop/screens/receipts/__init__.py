"""Receipts of the past: finding one, seeing its paper, printing a marked copy."""

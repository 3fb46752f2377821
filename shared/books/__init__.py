"""Books: the double-entry journal through which every amount moves.

Posting: one amount on one account. Entries of an operation sum to zero per currency. Balance: Σ of an account's postings.
Drawer, revenue, taxes and stock value are balances, so two reports cannot disagree.
"""

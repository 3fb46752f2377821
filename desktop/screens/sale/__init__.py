"""The sale: finding goods, the open receipt, taking payment."""

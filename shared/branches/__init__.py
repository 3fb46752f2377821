"""Branches: the clubs, their desks, their taxes and the rules that hold at one place.

Branch: a club with its time zone, currency and business-day cutoff. Desk: a PC with the program.
Tax rate: a percentage in basis points, included in the price or added on top.
"""

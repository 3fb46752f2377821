"""Shifts: one cashier's turn at one drawer.

Float: change left in the drawer for the next shift. Blind count: what is counted before the program shows what should be
there. X report: the shift so far. Z report: the same at the close, numbered and never changed.
The drawer belongs to whoever opened the shift; a colleague may sell in it, but only the owner of the drawer or a lead counts it.
"""

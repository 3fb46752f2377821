"""Staff: the people who work here, their roles, how they sign in and what they may do.

Person: somebody with a PIN. Role: a set of rights. Right: one thing a command asks for.
Lock-out: after five wrong PINs in a row signing in is closed for five minutes.
"""

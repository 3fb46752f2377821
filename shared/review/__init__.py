"""To review: matters that a person must settle.

Matters themselves are questions over facts (stock below zero, a drawer difference), so nothing can forget to open one.
What is kept here is who settled which matter and how.
"""

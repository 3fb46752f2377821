"""Sales: goods paid together.

Cart: what is being put together, a value with undo. Sale: the fact that it was paid. Tender: one way of paying within a sale.
Receipt: what is printed of a sale; a duplicate says that it is one.
"""

"""Stock: what lies in the branch's warehouse and what it cost.

Move: goods in or out, with their value. Level: Σ of the moves of one product. Moving average cost: value ÷ quantity,
taken when a command decides and frozen on the line. Levels may go below zero; that opens a matter, never stops a sale.
"""

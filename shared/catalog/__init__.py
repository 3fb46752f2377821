"""The catalogue: what the club sells, common to all branches.

Product: goods or a service with one price and one tax rate. Barcode: a code printed on goods; several per product,
and, since desks work apart, at times several products per barcode: then the till asks which.
Quick code: a short number typed after a point. Tile: a place 1–27 on the sale screen.
"""

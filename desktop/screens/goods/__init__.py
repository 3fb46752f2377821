"""The list of goods and the card of one of them."""

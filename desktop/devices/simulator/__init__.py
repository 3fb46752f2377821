"""A receipt printer made of software: it speaks ESC/POS over TCP, shows its paper and can fail in every honest way."""

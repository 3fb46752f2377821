"""Lines of JSON from a stream that may hold anything."""

from collections.abc import Iterator
from typing import BinaryIO

LINE_BYTES_MAX = 1024 * 1024
_PIECE_BYTES = 64 * 1024


def lines_of(stream: BinaryIO) -> Iterator[bytes | None]:
    """Every line that is not blank; None in place of one longer than 1 MiB, which is passed over."""
    while piece := stream.readline(LINE_BYTES_MAX + 1):
        if len(piece) > LINE_BYTES_MAX and not piece.endswith(b"\n"):
            while piece and not piece.endswith(b"\n"):
                piece = stream.readline(_PIECE_BYTES)
            yield None
        elif piece.strip():
            yield piece

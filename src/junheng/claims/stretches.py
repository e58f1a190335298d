"""Where findings lie in a text: a piece cut wherever a figure, or a figure used by another, begins or ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from junheng.claims.claim import Claim
from junheng.documents.document import Document, Piece


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` of the text, all covered by the same figures.

    Attributes:
        figures: places of the claims in their sequence, the longest quote first; several share a quote (分别).
    """

    start: int
    end: int
    figures: tuple[int, ...]


def pieces_between(document: Document, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
    """The pieces that ``start`` to ``end`` touch, each with the characters of it that do; a quote may cross lines."""
    first = max(0, bisect_right(document.pieces, start, key=lambda piece: piece.start) - 1)
    last = bisect_left(document.pieces, end, key=lambda piece: piece.start)
    for piece in document.pieces[first:last]:
        low, high = max(start, piece.start), min(end, piece.end)
        if low < high:
            yield piece, low, high


def stretches(piece: Piece, covering: Mapping[int, tuple[int, int]], cuts: Iterable[int] = ()) -> Iterator[Stretch]:
    """The whole of a piece in stretches, in text order.

    Args:
        covering: for each figure that touches the piece, the characters it covers, as ``pieces_between`` gives them.
        cuts: other offsets at which a stretch must begin.
    """
    ends = {piece.start, piece.end, *(cut for cut in cuts if piece.start < cut < piece.end)}
    ends |= {offset for span in covering.values() for offset in span}
    by_length = sorted(covering, key=lambda figure: covering[figure][0] - covering[figure][1])
    offsets = sorted(ends)
    for start, end in pairwise(offsets):
        yield Stretch(start, end, tuple(f for f in by_length if covering[f][0] <= start and end <= covering[f][1]))


def covering_by_piece(document: Document, claims: Sequence[Claim]) -> dict[Piece, dict[int, tuple[int, int]]]:
    """For each piece with figures, what each of them covers of it."""
    found: dict[Piece, dict[int, tuple[int, int]]] = {}
    for number, claim in enumerate(claims):
        for piece, low, high in pieces_between(document, claim.start, claim.end):
            found.setdefault(piece, {})[number] = (low, high)
    return found

"""The headings of a document as it is shown: those by style, and lines that the findings below them name."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.claims.claim import Claim
from junheng.documents.document import Document, Kind, Piece


def heading_levels(document: Document, claims: Sequence[Claim]) -> dict[Piece, int]:
    """The level of each piece that is a heading: 0 for the title, 1 for chapters, and so on.

    Text files and many Word files have headings by their words only; the checker found them, and each finding names
    those above it.
    """
    said = {claim.section for claim in claims}
    named = {part: level for section in said for level, part in enumerate(section.split(" › ")) if part}
    title = document.words(document.pieces[0]).strip() if document.pieces else ""
    has_title = title in named
    found = {}
    for piece in document.pieces:
        words = document.words(piece).strip()
        if piece.kind is Kind.TITLE:
            found[piece] = 0
        elif piece.kind is Kind.HEADING:
            found[piece] = piece.level
        elif piece.kind is Kind.BODY and words in named:
            found[piece] = named[words] if has_title else named[words] + 1
    return found

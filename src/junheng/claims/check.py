"""Check a document: find its figures, relate them, judge them."""

from __future__ import annotations

from junheng.claims.claim import Claim
from junheng.documents.document import Document


def check_document(document: Document) -> tuple[Claim, ...]:
    """Every figure of a report that states something, in text order, with what was found about it.

    Figures that state no quantity (years, document numbers, numbers of headings, ages, dates) are not in it.
    """
    return ()

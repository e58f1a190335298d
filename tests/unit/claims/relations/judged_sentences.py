"""What the tests of a relation share: the claim about one figure of a sentence."""

from __future__ import annotations

from junheng.claims.check import check_document
from junheng.claims.claim import Claim, Verdict
from junheng.documents.document import plain_document

HOLDS, FAILS, OPEN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


def claim_of(text: str, quote: str) -> Claim:
    """The first claim whose quote ends in these words."""
    claims = check_document(plain_document(text))
    found = [claim for claim in claims if claim.quote.endswith(quote)]
    assert found, [claim.quote for claim in claims]
    return found[0]

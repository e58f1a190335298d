"""What the tests of figures in their sentences share."""

from __future__ import annotations

from junheng.claims.mention import Mention
from junheng.claims.report import read_report
from junheng.documents.document import plain_document


def mentions(text: str) -> dict[str, Mention]:
    """The figures of a text by what is printed, the first of each."""
    report = read_report(plain_document(text))
    found: dict[str, Mention] = {}
    for mention in report.mentions:
        found.setdefault(report.text(mention.figure.start, mention.figure.end), mention)
    return found

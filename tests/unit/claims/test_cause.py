"""Why a figure may be wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from junheng.claims.cause import slip
from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.claims.numerals import find_numerals
from junheng.claims.reasons import words
from junheng.documents.document import plain_document


@pytest.mark.parametrize(
    ("written", "right", "template"),
    [
        ("2.52", "25.2", "cause_decimal_point"),
        ("252", "2.52", "cause_decimal_point"),
        ("15.2", "12.5", "cause_swapped"),
        ("45", "54", "cause_swapped"),
        ("45", "45.3", None),  # not wrong by any of these
        ("47", "54", None),
        ("5", "50", None),  # one digit agrees with anything by chance
        ("xx", "50", None),
        ("45", "0", None),
    ],
)
def test_a_slip_of_the_pen(written: str, right: str, template: str | None):
    (numeral,) = find_numerals(written)
    found = slip(numeral, Fraction(right))
    assert (found.template if found else None) == template


@pytest.mark.parametrize(
    ("text", "quote", "template"),
    [
        ("学生720人,图书18000册,生均图书52册。", "52册", "cause_swapped"),
        ("学生720人,图书18000册,生均图书250册。", "250册", "cause_decimal_point"),
        ("学生720人,图书18000册,生均图书31.5册。", "31.5册", "cause_implied_whole"),
        ("学生720人,其中寄宿生450人,图书18000册,生均图书40册。", "40册", "cause_other_whole"),
    ],
)
def test_a_finding_says_what_would_make_it_right(text: str, quote: str, template: str):
    claim = next(one for one in check_document(plain_document(text)) if one.quote.endswith(quote))
    assert claim.verdict is Verdict.INCONSISTENT
    assert claim.cause is not None
    assert claim.cause.template == template
    assert words(claim.cause)


def test_what_holds_has_no_cause():
    for claim in check_document(plain_document("学生720人,图书18000册,生均图书25册。")):
        assert claim.cause is None

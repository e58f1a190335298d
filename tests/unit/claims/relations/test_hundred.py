"""Shares that together are all of a whole."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

HOLDS, FAILS, OPEN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("全县学生中,小学占66.4%、初中占33.6%。", [HOLDS, HOLDS]),
        ("教师中,男教师占41.2%,女教师占59.8%。", [OPEN, FAILS]),
        ("三类用房分别占57.1%、9.0%、33.9%。", [HOLDS, HOLDS, HOLDS]),
        ("三类用房分别占57.1%、9.0%、23.9%。", [OPEN, OPEN, FAILS]),
        ("城区占33.3%、镇区占33.3%、乡村占33.3%。", [HOLDS, HOLDS, HOLDS]),  # rounded
        ("贫困学生占12.5%,留守儿童占30.1%。", [OPEN, OPEN]),
    ],
)
def test_shares_of_all_parts_make_a_hundred(text: str, verdicts: list[Verdict]) -> None:
    assert [claim.verdict for claim in check_document(plain_document(text))] == verdicts

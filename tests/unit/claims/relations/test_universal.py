"""All of them, and yet some not."""

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

CASES = [
    ("全县中小学校已全部达标。存在的问题是目前还有5所未达标。", [Verdict.INCONSISTENT]),
    ("全县学校全部达到省定标准。目前还有3所学校未达到省定标准。", [Verdict.INCONSISTENT]),
    ("全县学校全部达到省定标准。目前还有3所学校未达到优质均衡标准。", []),
    ("全县小学全部达标。目前还有3所未达标。", []),  # the three may be others
    ("到2026年,全县学校将全部达标。目前还有5所未达标。", []),
    ("全县学校全部达标。还有5所学校正在扩建。", []),
]


@pytest.mark.parametrize(("text", "verdicts"), CASES)
def test_all_is_taken_back_by_an_exception_in_the_same_words(text, verdicts):
    claims = check_document(plain_document(text))
    assert [claim.verdict for claim in claims if claim.relation == "universal"] == verdicts

"""Score sheets: criteria make up the marks of an item; nobody gets more than there is."""

from __future__ import annotations

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

SHEET = (
    "领导职责(30分)\n规划先行(20分)\n评估标准:有规划得8分;有检查得12分。\n自评得分:{given}分\n"
    "责任落实(10分)\n评估标准:有制度得4分;有记录得5分。\n自评得分:9分\n"
)


def verdicts(text: str) -> dict[str, Verdict]:
    return {claim.quote: claim.verdict for claim in check_document(plain_document(text)) if claim.relation}


def test_criteria_that_add_up_are_right_and_others_may_be_meant() -> None:
    found = verdicts(SHEET.format(given=18))
    assert found["20分"] is Verdict.CONSISTENT
    assert found["30分"] is Verdict.CONSISTENT
    assert found.get("10分") is not Verdict.INCONSISTENT


def test_more_marks_than_there_are_is_a_mistake() -> None:
    assert verdicts(SHEET.format(given=18))["自评得分:18分"] is Verdict.CONSISTENT
    assert verdicts(SHEET.format(given=24))["自评得分:24分"] is Verdict.INCONSISTENT

"""“三个增长” against the growth that the report states."""

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

RATES = "2022年教育拨款增长率为{}%,财政经常性收入增长率为{}%。"
CASES = [
    (RATES.format("5.2", "7.1") + "全面落实了“三个增长”。", [Verdict.INCONSISTENT]),
    (RATES.format("9.2", "7.1") + "“三个增长”全部实现。", [Verdict.NOT_CHECKABLE]),
    ("2021年小学生均公用经费720元,2022年小学生均公用经费700元。教育投入实现了“三个增长”。", [Verdict.INCONSISTENT]),
    (RATES.format("5.2", "7.1") + "下一步要确保实现“三个增长”。", []),
    (RATES.format("5.2", "7.1") + "教育法对“三个增长”有明确规定。", []),
]


@pytest.mark.parametrize(("text", "verdicts"), CASES)
def test_three_growths_fail_when_one_of_them_is_stated_to_fail(text, verdicts):
    claims = check_document(plain_document(text))
    assert [claim.verdict for claim in claims if claim.relation == "three_growths"] == verdicts

"""Words that claim a direction for every year."""

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

CASES = [
    ("2020年培训经费30万元、2021年34万元、2022年39万元,逐年增加。", Verdict.CONSISTENT),
    ("2020年培训经费30万元、2021年34万元、2022年33万元,逐年增加。", Verdict.INCONSISTENT),
    ("2020年招生310人、2021年310人、2022年325人,逐年增长。", Verdict.INCONSISTENT),  # two equal years
    ("近三年公用经费分别为120万元、135万元和148万元,年年有增长。", Verdict.CONSISTENT),
    ("近三年公用经费分别为120万元、135万元和128万元,连年增长。", Verdict.INCONSISTENT),
    ("20xx年获奖7次,20xx年8次,20xx年11次,呈逐年上升趋势。", Verdict.CONSISTENT),
    ("2021年、2022年、2023年在校生分别为980人、940人、905人,逐年减少。", Verdict.CONSISTENT),
    ("2021年、2022年、2023年在校生分别为980人、990人、905人,逐年减少。", Verdict.INCONSISTENT),
    ("2021年、2022年、2023年县级投入310万元、350万元和420万元,连续三年增长。", Verdict.CONSISTENT),
    ("近三年毕业生分别为131人、142人、139人,升学率分别为91%、92%、95%,毕业生人数连年增加。", Verdict.INCONSISTENT),
    ("近三年毕业生分别为131人、142人、139人,升学率分别为91%、92%、95%,逐年提高。", Verdict.CONSISTENT),
    ("近三年维修费分别为36万元、28万元、41万元,材料中却称“连年增长”。", Verdict.INCONSISTENT),
    ("2020年、2021年、2022年投入分别为1.2亿元、1.15亿元、1.3亿元,逐年增长。", Verdict.INCONSISTENT),
    ("近三年财政教育拨款分别为500万元、520万元、560万元,三年共拨款1580万元,拨款逐年增加。", Verdict.CONSISTENT),
    ("教育投入逐年增长,办学条件明显改善。", Verdict.NOT_CHECKABLE),
    ("2021年在校生980人,2022年990人,教师培训次数逐年增加。", Verdict.NOT_CHECKABLE),
]


@pytest.mark.parametrize(("text", "verdict"), CASES)
def test_a_direction_holds_when_every_year_goes_that_way(text, verdict):
    found = [claim.verdict for claim in check_document(plain_document(text)) if claim.relation == "trend"]
    assert found == [verdict]


def test_each_of_two_series_in_a_row_has_its_own_direction():
    text = "近三年拨款分别为50万元、60万元、70万元,逐年增长。三年附加费分别为9万元、12万元、11万元,逐年增长。"
    found = [claim.verdict for claim in check_document(plain_document(text)) if claim.relation == "trend"]
    assert found == [Verdict.CONSISTENT, Verdict.INCONSISTENT]


def test_a_goal_for_every_year_is_no_claim():
    text = "确保教育投入逐年增长的目标。2020年培训经费30万元、2021年34万元、2022年33万元。"
    assert not [claim for claim in check_document(plain_document(text)) if claim.relation == "trend"]

"""Differences between two things at one time."""

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

CASES = [
    ("东关小学平均班额48.2人。西关小学平均班额31.7人。两校班额相差16.5人。", "16.5人", Verdict.CONSISTENT),
    ("学校有男生420人,女生390人,男生比女生多30人。", "多30人", Verdict.CONSISTENT),
    ("学校有男生420人,女生390人,男生比女生多40人。", "多40人", Verdict.INCONSISTENT),
    ("全县小学在校生8000人,初中在校生5000人,初中比小学少3000人。", "少3000人", Verdict.CONSISTENT),
    ("教育拨款增长率为9.8%,财政经常性收入增长率为6.1%,前者高出3.7个百分点。", "3.7个百分点", Verdict.CONSISTENT),
    ("教育拨款增长率为9.8%,财政经常性收入增长率为6.1%,高出4.7个百分点。", "4.7个百分点", Verdict.INCONSISTENT),
    (
        "教育拨款增长率为9.8%,财政经常性收入增长率为6.1%,教育拨款增长率比财政经常性收入增长率高3.7%。",
        "3.7%",
        Verdict.CONSISTENT,
    ),
    ("升学率98.2%,比全省平均水平高2.3个百分点。", "2.3个百分点", Verdict.NOT_CHECKABLE),
    ("全区52所学校中,达标的有47所,尚有5所未达标。", "尚有5所", Verdict.CONSISTENT),
    ("全区52所学校中,达标的有47所,尚有6所未达标。", "尚有6所", Verdict.INCONSISTENT),
    ("全年新进教师131人,退休和调出116人,净增15人。", "净增15人", Verdict.CONSISTENT),
    ("全年新进教师131人,退休和调出116人,净增25人。", "净增25人", Verdict.INCONSISTENT),
    ("食堂应配员工26人,实有31人,富余5人。", "富余5人", Verdict.CONSISTENT),
    ("食堂应配员工26人,实有31人,富余15人。", "富余15人", Verdict.INCONSISTENT),
    ("东湖小学图书6120册。核查中,东湖小学上报图书6420册,多报300册。", "多报300册", Verdict.CONSISTENT),
    ("东湖小学学生412人。东湖小学上报学生420人,与核查数相差8人。", "8人", Verdict.CONSISTENT),
    ("2020年大班额96个,占班级的8%,到2023年底只剩21个,三年消除75个。", "75个", Verdict.CONSISTENT),
    ("水电费由2021年的9.6万元降至2023年的7.2万元,节约2.4万元。", "2.4万元", Verdict.CONSISTENT),
]


@pytest.mark.parametrize(("text", "figure", "verdict"), CASES)
def test_the_distance_of_two_figures_is_recomputed(text, figure, verdict):
    found = {claim.verdict for claim in check_document(plain_document(text)) if claim.quote.endswith(figure)}
    assert found == {verdict}

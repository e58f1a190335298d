"""What is left of a whole when the other parts are taken off."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

HOLDS, FAILS = Verdict.CONSISTENT, Verdict.INCONSISTENT


def verdict_of(text: str, quote: str) -> Verdict:
    claims = check_document(plain_document(text))
    return next(claim.verdict for claim in claims if claim.quote.endswith(quote))


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("家长共反映问题36个,已解决29个,未解决7个。", "未解决7个", HOLDS),
        ("家长共反映问题36个,已解决29个,未解决9个。", "未解决9个", FAILS),
        ("督导组反馈问题18个。目前已整改到位15个,占83.3%,正在整改3个。", "正在整改3个", HOLDS),
        ("年初有16所学校不达标。今年投入2300万元。目前还剩6所,有10所已达标。", "还剩6所", HOLDS),
        ("抽查14所学校,账物相符的9所,账物不符的5所。", "不符的5所", HOLDS),
        ("抽查14所学校,账物相符的9所,账物不符的4所。", "不符的4所", FAILS),
        ("全县留守儿童6240人。由祖父母照看的4830人,由亲戚照看的1016人,其余394人由学校托管。", "394人", HOLDS),
        ("走访学校52所,其中小学33所、初中12所,其余9所为教学点。", "其余9所", FAILS),
        ("应参加体检的教师140人,实际参加131人,未参加12人。", "12人", FAILS),
        ("全年经费收入730万元,支出695万元,结余35万元。", "35万元", HOLDS),
        ("全年经费收入730万元,支出695万元,结余45万元。", "45万元", FAILS),
        ("超编学校7所,超编46人;缺编学校11所,缺编71人,两相冲抵,实际缺25人。", "25人", HOLDS),
        ("超编学校7所,超编46人;缺编学校11所,缺编71人,两相冲抵,实际缺35人。", "35人", FAILS),
    ],
)
def test_what_is_left_is_held_against_the_whole_and_the_other_parts(text: str, quote: str, verdict: Verdict) -> None:
    assert verdict_of(text, quote) is verdict


@pytest.mark.parametrize(
    "text",
    [
        "初中27所,其中达标19所、未达标7所、不能判定1所。",  # a third part follows
        "全县教师600人,其中小学400人,女教师380人,其余为男教师220人。",  # the parts overlap
        "图书室1间、实验室2间、其他功能室3间。",
        "不足100人的按100人拨付,全镇共有教学点学生82人。",
        "计划建设项目30个,明年完成20个,其余8个以后完成。",
    ],
)
def test_what_may_have_further_parts_is_no_finding(text: str) -> None:
    assert all(claim.verdict is not FAILS for claim in check_document(plain_document(text)))

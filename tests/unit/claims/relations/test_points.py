"""Score sheets: items make up the item above, marks given keep within full marks and make the total."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Claim, Verdict
from junheng.documents.document import plain_document

TREE = (
    "A1 条件保障({a1}分)\nA1—B1 经费投入(18分)\nA1-B1-C1 依法增长({c1}分)\nA1 - B1 - C2 专款专用(8分)\n"
    "A1-B2 校舍安全(12分)\nA2 队伍建设(20分)\n"
)
CRITERIA = (
    "A1-B1-C1 依法增长(10分)\n评分细则:按时拨付得6分;足额拨付得{second}分;若未做到,分项扣分。\n"
    "自评自查得分:{own}分\nA1-B1-C2 专款专用(8分)\n"
)


def judged(text: str, relation: str) -> dict[str, Claim]:
    return {claim.quote: claim for claim in check_document(plain_document(text)) if claim.relation == relation}


def test_items_make_up_the_item_above_them_whatever_the_dash() -> None:
    found = judged(TREE.format(a1=30, c1=10), "total")
    assert found["30分"].verdict is found["18分"].verdict is Verdict.CONSISTENT
    assert [item.quote for item in found["30分"].inputs] == ["18分", "12分"]


def test_a_whole_group_with_another_sum_is_a_mistake() -> None:
    claim = judged(TREE.format(a1=35, c1=10), "total")["35分"]
    assert (claim.verdict, claim.recomputed) == (Verdict.INCONSISTENT, 30)
    assert judged(TREE.format(a1=30, c1=9), "total")["18分"].recomputed == 17


@pytest.mark.parametrize(
    "text",
    [
        "A1 条件保障(90分)\nA1-B1 经费投入(18分)\n自评得分:18分\n",
        "A1 条件保障(30分)\nA1-B1 经费投入(18分)\nA1-B2 校舍安全(8分)\n",
        "A1 条件保障(30分)\nA1-B1 经费投入(12分)\nA1-B3 校舍安全(8分)\nA2 队伍建设(20分)\n",
        "A1 条件保障(30分)\nA1-B1 经费投入(12分)\nA1-B2 校舍安全(8分)\n……\nA2 队伍建设(20分)\n",
        "A1 条件保障(30分)\nA1-B1 经费投入(12分)\nA1-B2 校舍安全(8分)\nA1-B3 图书装备\nA2 队伍建设(20分)\n",
        "A1 条件保障(30分)\nA1-B1 经费投入(20分)\nA1-B2 校舍安全(10分)\nA1-B3 附加分项(5分)\nA2 队伍建设(20分)\n",
    ],
)
def test_a_sheet_shown_in_part_is_not_judged(text: str) -> None:
    claims = list(judged(text, "total").values())
    assert claims[0].verdict is Verdict.NOT_CHECKABLE


def test_numbered_headings_make_a_sheet_too() -> None:
    text = "一、办学方向(30分)\n(一)依法办学(10分)\n(二)规范招生({second}分)\n二、队伍建设(20分)\n"
    assert judged(text.format(second=20), "total")["30分"].verdict is Verdict.CONSISTENT
    assert judged(text.format(second=25), "total")["30分"].verdict is Verdict.INCONSISTENT


def test_criteria_taken_one_by_one_make_up_the_marks_of_their_item() -> None:
    assert judged(CRITERIA.format(second=4, own=9), "total")["10分"].verdict is Verdict.CONSISTENT
    assert judged(CRITERIA.format(second=5, own=9), "total")["10分"].verdict is Verdict.INCONSISTENT


def test_steps_of_a_scale_are_not_added() -> None:
    text = "A1-B1 入学率(10分) 评分细则:达到98%得10分;达到95%得8分;达到90%得6分。自评得分8分。"
    assert judged(text, "total") == {}


def test_marks_given_keep_within_full_marks() -> None:
    assert judged(CRITERIA.format(second=4, own=9), "part")["自评自查得分:9分"].verdict is Verdict.CONSISTENT
    assert judged(CRITERIA.format(second=4, own=12), "part")["自评自查得分:12分"].verdict is Verdict.INCONSISTENT
    assert judged("A1得32分(满分30分)。", "part")["A1得32分"].verdict is Verdict.INCONSISTENT


def test_what_is_lost_and_what_is_left_make_full_marks() -> None:
    text = "A1-B1 校舍安全(8分)\n扣{lost}分,自评得6分。\n"
    assert judged(text.format(lost=2), "difference")["自评得6分"].verdict is Verdict.CONSISTENT
    assert judged(text.format(lost=1), "difference")["自评得6分"].verdict is Verdict.INCONSISTENT


@pytest.mark.parametrize(
    ("total", "lost", "verdicts"),
    [
        (93, 7, (Verdict.CONSISTENT, Verdict.CONSISTENT)),
        (95, 7, (Verdict.INCONSISTENT, Verdict.INCONSISTENT)),
    ],
)
def test_marks_of_all_items_make_the_total(total: int, lost: int, verdicts: tuple[Verdict, Verdict]) -> None:
    text = f"A1—A4分别得19分、23分、26分、25分,自评总分{total}分,扣{lost}分,满分100分。"
    assert judged(text, "total")[f"自评总分{total}分"].verdict is verdicts[0]
    assert judged(text, "difference")[f"扣{lost}分"].verdict is verdicts[1]


def test_marks_given_all_over_the_sheet_make_the_total() -> None:
    text = "一、办学方向(30分)\n自评得分28分。\n二、队伍建设(20分)\n自评得分19分。\n自评总分为{}分。"
    assert judged(text.format(47), "total")["自评总分为47分"].verdict is Verdict.CONSISTENT
    assert judged(text.format(49), "total")["自评总分为49分"].verdict is Verdict.INCONSISTENT


@pytest.mark.parametrize(
    "text",
    [
        "A1 办学方向(30分)\nA2 队伍建设(20分)\n教师全部合格。\n综上,我校自评得分48分。",
        "本校自评98分,等级为优。体育中考总分由50分提高到60分。",
        "语文平均得分85分,数学得90分,总分180分。",
        "满意度测评得分92分,教师考核得分88分(优秀)。",
    ],
)
def test_marks_of_the_whole_school_are_not_those_of_an_item(text: str) -> None:
    found = check_document(plain_document(text))
    assert all(claim.verdict is not Verdict.INCONSISTENT for claim in found)

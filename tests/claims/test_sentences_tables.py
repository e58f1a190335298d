"""Tables typed into the text, with tabs or spaces between the columns: totals below, quotients at the right."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, assert_wrong, each_of

HEAD = "学校\t在校生\t教学班\t图书\t生均图书\n"
HOLDS = [
    f"{HEAD}东关小学\t620\t14\t18600\t⟦30⟧\n河口小学\t450\t12\t14400\t⟦32⟧\n合计\t⟦1070⟧\t⟦26⟧\t⟦33000⟧\t—",
    "年级    班数    人数\n七年级    6    268\n八年级    6    274\n九年级    5    231\n合计    ⟦17⟧    ⟦773⟧",
]
WRONG = [
    f"{HEAD}东关小学\t620\t14\t18600\t30\n河口小学\t450\t12\t14400\t⟦23⟧\n合计\t1070\t26\t33000\t—",
    f"{HEAD}东关小学\t620\t14\t18600\t30\n河口小学\t450\t12\t14400\t32\n合计\t1070\t⟦28⟧\t33000\t—",
    "年级    班数    人数\n七年级    6    268\n八年级    6    274\n九年级    5    231\n合计    17    ⟦873⟧",
]
ALONE = [
    "序号\t项目\t标准\n1\t生均占地面积\t⟦18⟧\n2\t生均图书\t⟦30⟧\n3\t班额\t⟦45⟧",
    "时间\t地点\t人数\n3月5日\t会议室\t⟦46⟧\n4月12日\t操场\t⟦620⟧",
]


@each_of(HOLDS)
def test_totals_and_quotients_of_a_table_hold(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_a_wrong_cell_is_found(marked: str):
    assert_wrong(marked)


@each_of(ALONE)
def test_a_table_of_norms_or_events_is_left_alone(marked: str):
    assert_left_alone(marked)

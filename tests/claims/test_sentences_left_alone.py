"""What looks like a result and is none: rules, plans, wishes, masks, cut figures, dates, numbers of things."""

from __future__ import annotations

from marked import assert_left_alone, each_of

FACTS = "学校现有学生600人,专任教师40人,图书15000册,占地面积12000平方米,教学班15个。"
RULES = [
    "省定标准为⟦生均图书不少于30册⟧。",
    "按规定,初中⟦生均占地面积不低于23平方米⟧。",
    "小学⟦班额不超过45人⟧,初中不超过50人。",
    "标准要求⟦每百名学生拥有计算机10台以上⟧。",
    "对⟦不足80人⟧的教学点,按80人拨付公用经费。",
    "⟦教职工与学生比为1:19⟧是国家规定的编制标准。",
]
PLANS = [
    "到2026年,⟦生均图书达到40册⟧。",
    "下一步,学校将⟦新购图书9000册⟧,力争⟦生均图书达到40册⟧。",
    "计划明年⟦招聘教师12人⟧,使⟦师生比达到1:12⟧。",
    "预计今年秋季⟦在校学生达到720人⟧。",
    "确保⟦大班额比例控制在3%以内⟧。",
    "希望尽快将⟦生均占地面积提高到25平方米⟧。",
]
MASKS = [
    "其中⟦女生xx人⟧,⟦占xx%⟧。",
    "⟦生均校舍面积x.x平方米⟧。",
    "寄宿生1x8人,⟦占2x%⟧。",
    "⟦师生比为1:xx⟧,达到标准。",
    "学校现有教师名,⟦图书册⟧。",
    "学校共有电子图书8……(省略1200字)",
]
OTHERS = [
    "联系电话:0000-⟦1234567⟧。",
    "依据县教发〔2023〕⟦15号⟧文件开展自查。",
    "学校建于⟦1986年⟧,⟦15周岁⟧以上学生均已建档。",
    "全县3—⟦6岁⟧幼儿均可就近入园。",
    "见附件⟦2⟧第⟦3⟧条。",
    "上一年度⟦生均图书22册⟧。",
    "邻近的梨园小学⟦生均图书38册⟧。",
]


@each_of(RULES)
def test_a_rule_is_no_result(marked: str):
    assert_left_alone(FACTS + marked)


@each_of(PLANS)
def test_a_plan_is_no_result(marked: str):
    assert_left_alone(FACTS + marked)


@each_of(MASKS)
def test_a_masked_or_cut_figure_is_not_judged(marked: str):
    assert_left_alone(FACTS + marked)


@each_of(OTHERS)
def test_dates_numbers_and_other_places_are_not_judged(marked: str):
    assert_left_alone(FACTS + marked)

"""Figures that are said to meet a limit."""

from fractions import Fraction

import pytest

from junheng.claims.account import why_words
from junheng.claims.check import check_document
from junheng.claims.claim import Met, Verdict
from junheng.documents.document import plain_document
from junheng.standards.library import load_standard

CASES = [
    ("每百名学生拥有骨干教师1.4人,达到1人以上的标准。", "1.4人", ">=", 1, Met.YES),
    ("生均占地21平方米,高于省定18平方米的标准。", "21平方米", ">=", 18, Met.YES),
    ("生均教学用房3.9平方米,离省定4.5平方米尚有差距。", "3.9平方米", ">=", Fraction(9, 2), Met.NO),
    ("寄宿生生均宿舍面积2.7平方米,低于3平方米的标准。", "2.7平方米", ">=", 3, Met.NO),
    ("寄宿生生均宿舍面积2.9平方米,尚未达到3平方米。", "2.9平方米", ">=", 3, Met.NO),
    ("师生比为1:17.3,达到1:19的省定标准。", "1:17.3", "<=", 19, Met.YES),
    ("小学平均班额47人,没有超过45人的规定。", "47人", "<=", 45, Met.NO),
    ("初中平均班额49人,控制在50人以内。", "49人", "<=", 50, Met.YES),
    ("辍学率为1.2%,低于2%的规定。", "1.2%", "<=", 2, Met.YES),
    ("按不低于10%的要求,实际达到12%。", "12%", ">=", 10, Met.YES),
    ("合格率97.1%,高于95%的要求。", "97.1%", ">=", 95, Met.YES),
    (
        "小学综合差异系数为0.42,初中综合差异系数为0.44,分别达到小学不高于0.50、初中不高于0.45的标准。",
        "0.44",
        "<=",
        Fraction(9, 20),
        Met.YES,
    ),
    ("教职工与学生比例为1:12.5,达到1:15的标准。", "1:12.5", "<=", 15, Met.YES),
    ("学生与教职工之比为17:1,达到15:1的标准。", "17:1", "<=", 15, Met.NO),
    ("师班比为2.6:1,达到2.5:1的标准。", "2.6:1", ">=", Fraction(5, 2), Met.YES),
    ("培训完成率为92%,没有达到不低于95%的要求。", "92%", ">=", 95, Met.NO),
    ("生均宿舍面积5.7平方米,达到省级不少于5.5的标准。", "5.7平方米", ">=", Fraction(11, 2), Met.YES),
    ("小学、初中生均图书分别为32册和38册,分别达到30册和40册的标准。", "38册", ">=", 40, Met.NO),
    ("小学、初中生均图书分别为32册和38册,分别达到30册和40册的标准。", "32册", ">=", 30, Met.YES),
    ("骨干教师不低于交流教师总数的20%没有达到。", "20%", ">=", 20, Met.NO),
]


def checked(text, standard=None):
    return check_document(plain_document(text), standard)


@pytest.mark.parametrize(("text", "figure", "operator", "value", "met"), CASES)
def test_a_figure_is_compared_with_the_limit_that_the_text_names(text, figure, operator, value, met):
    claim = next(one for one in checked(text) if one.quote.endswith(figure) and one.threshold is not None)
    assert (claim.threshold.operator, claim.threshold.value, claim.threshold_met) == (operator, value, met)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("生均图书28册,达到30册以上的标准。", "达到30册以上的标准"),
        ("初中综合差异系数为0.47,符合不高于0.45的要求。", "符合不高于0.45的要求"),
        ("小学平均班额48人,符合不超过45人的规定。", "符合不超过45人的规定"),
        ("小学、初中平均班额分别为46人、49人,分别达到45人、50人以内的要求。", "达到45人"),
        ("标准为小学生均图书不低于30册。我校小学生均图书28册,达到标准。", "达到标准"),
    ],
)
def test_a_limit_that_the_printed_figure_itself_misses_is_not_met_as_said(text, words):
    untrue = [one for one in checked(text) if one.verdict is Verdict.INCONSISTENT]
    assert [(one.relation, one.quote) for one in untrue] == [("threshold", words)]


@pytest.mark.parametrize(
    "text",
    [
        "生均图书28册,没有达到30册的标准。",
        "寄宿生生均宿舍面积2.7平方米,低于3平方米的标准。",
        "平均班额52人,超过50人的上限。",
        "师生比1:20.5,低于1:19的规定。",
        "到2026年生均图书达到40册以上的标准,目前生均28册。",
        "入学率98%,辍学率控制在2%以内。",
        "按班额控制在45人以内的要求,实际平均班额46.2人。",
        "完成率为92%,没有达到不低于95%的要求。",
        "教职工与学生比例为1:12.5,达到1:15的标准。",
        "达到省定装备标准的有49所,占全部学校的九成。",
    ],
)
def test_what_the_text_denies_plans_or_says_of_something_else_is_no_alarm(text):
    assert not [one for one in checked(text) if one.verdict is Verdict.INCONSISTENT]


def test_a_limit_that_only_rounding_reaches_is_missed_while_the_average_holds():
    claim = next(
        one
        for one in checked("全校学生903人,图书35834册,生均40册,达到省级不少于40册的标准。")
        if one.quote.endswith("40册") and one.relation == "each"
    )
    assert (claim.verdict, claim.threshold_met) == (Verdict.CONSISTENT, Met.NO)
    assert claim.cause is not None
    assert claim.cause.template == "rounded_to_limit"


def test_a_standard_without_its_number_is_open_until_a_standard_is_chosen():
    text = "全县小学专任教师生均情况如下。小学在校生2000人,骨干教师30人,小学每百名学生拥有骨干教师1.5人,达到省定标准。"
    open_one = next(one for one in checked(text) if one.threshold is not None)
    assert (open_one.threshold.value, open_one.threshold_met) == (None, Met.UNKNOWN)
    closed = next(one for one in checked(text, load_standard("CN/youzhi_2017")) if one.threshold is not None)
    assert (closed.threshold.value, closed.threshold_met) == (1, Met.YES)
    assert closed.threshold.source


@pytest.mark.parametrize(
    ("text", "value", "met"),
    [
        ("生均教学及辅助用房面积3.5平方米,达到国家优质均衡标准要求。", Fraction(9, 2), Met.NO),  # of both stages
        ("生均教学及辅助用房面积6平方米,达到国家优质均衡标准要求。", Fraction(29, 5), Met.YES),
        ("生均教学及辅助用房面积5平方米,达到国家优质均衡标准要求。", None, Met.UNKNOWN),  # of one of them
        ("每百名学生拥有专任教师6人,达到国家优质均衡标准要求。", None, Met.UNKNOWN),  # asked of some subjects only
    ],
)
def test_a_standard_that_asks_more_of_one_stage_decides_where_the_stage_does_not_matter(text, value, met):
    claim = next(one for one in checked(text, load_standard("CN/youzhi_2017")) if one.threshold is not None)
    assert (claim.threshold.value, claim.threshold_met) == (value, met)


def test_a_recomputed_figure_also_says_whether_its_limit_is_met():
    text = "在校学生800人,图书22400册,生均28册,达到生均不少于30册的标准。"
    claim = next(one for one in checked(text) if one.quote.endswith("28册"))
    assert why_words(claim).endswith("但没有达到所说的限值 ≥ 30册")
    assert why_words(claim, "en").endswith("but it misses the limit ≥ 30册")

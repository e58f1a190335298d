"""Differences and growth over time."""

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

TRUE = [
    ("2021年全县教育拨款为3.6亿元;2022年为3.9亿元,比上年增加3000万元,增长8.3%。", "3000万元", "增长8.3%"),
    ("学校数由61所减少到57所,减少4所。", "减少4所"),
    ("教师减少了4人,由120人减到116人。", "减少了4人"),
    ("图书8640册,比去年的7200册增加1440册,增长两成。", "增加1440册", "两成"),
    ("全县在校生20800人,比上年增加800人,增长4%。", "增长4%"),
    ("中心校学生由500人增加20人,增长4%。", "增长4%"),
    ("2020年至2022年,公用经费分别为400万元、440万元、484万元,年均增长10%。", "年均增长10%"),
    ("2020—2022年培训经费分别为50万元、55万元、66万元。2022年比2020年增长32%。", "增长32%"),
    ("2021年、2022年县级投入300万元和360万元,分别比上年增长8%、20%。", "20%"),
    ("近三年,改造资金分别为200万元、250万元、240万元,其中2022年比上年增长25%。", "增长25%"),
    ("2021年、2022年、2023年新生分别为310人、325人、345人,两年共增加35人。", "增加35人"),
    ("设备投入从80万元增加到160万元,翻了一番。", "翻了一番"),
    ("设备投入从80万元增加到240万元,增长2倍。", "2倍"),
    ("设备投入从80万元增加到240万元,增长3倍。", "3倍"),
    ("巩固率由96.2%提高到98.7%,提高2.5个百分点。", "2.5个百分点"),
    ("巩固率由96%提高到98%,提高2%。", "提高2%"),
    ("培训经费48万元,比去年减少12万元,去年为60万元,下降20%。", "下降20%"),
    ("水费由2020年的12万元降至2022年的9万元,下降四分之一。", "四分之一"),
]
FALSE = [
    ("2021年全县教育拨款为36000万元;2022年为39000万元,比上年增长7.7%。", "增长7.7%"),  # over the later year
    ("学校数由61所减少到57所,减少5所。", "减少5所"),
    ("在校生30200人,比2022年的30800人减少620人。", "减少620人"),
    ("初中招生4000人,比上年增加160人,增长4.0%。", "增长4.0%"),  # over this year; over last year 4.17
    ("2020—2022年培训经费分别为50万元、55万元、66万元。2022年比2020年增长23%。", "增长23%"),
    ("巩固率由96.2%提高到98.7%,提高3.5个百分点。", "3.5个百分点"),
    ("设备投入从80万元增加到160万元,增长4倍。", "4倍"),
    ("2020年至2023年,公用经费分别为400万元、440万元、484万元、500万元,年均增长10%。", "年均增长10%"),
]
LEFT_ALONE = [
    ("2023年教师比上年增加186人,增长6%。", "增加186人"),  # neither year is stated
    ("学生由46000人增加到48300人,增幅为5%;教师增加了186人。", "186人"),
    ("2023年毕业生2400人,比2022年的2500人下降4%,比2021年增加100人。", "增加100人"),
    ("2021年、2022年县级投入300万元和360万元,分别比上年增长8%、20%。", "增长8%"),
    ("到2026年,在校生将由20800人增加到23000人,增长8%。", "增长8%"),
    ("在校学生xx人,比上年增加30人,增长2%。", "增长2%"),
    ("图书3.1万册,增长8%。", "增长8%"),
]


def verdicts(text: str, figure: str) -> set[Verdict]:
    return {claim.verdict for claim in check_document(plain_document(text)) if claim.quote.endswith(figure)}


@pytest.mark.parametrize(("text", "figure"), [(text, figure) for text, *figures in TRUE for figure in figures])
def test_a_change_that_recomputes_holds(text, figure):
    assert verdicts(text, figure) == {Verdict.CONSISTENT}


@pytest.mark.parametrize(("text", "figure"), FALSE)
def test_a_change_that_does_not_recompute_does_not_hold(text, figure):
    assert verdicts(text, figure) == {Verdict.INCONSISTENT}


@pytest.mark.parametrize(("text", "figure"), LEFT_ALONE)
def test_a_change_without_both_sides_or_that_is_planned_is_left_alone(text, figure):
    assert verdicts(text, figure) == {Verdict.NOT_CHECKABLE}


def test_growth_over_the_later_year_is_named_as_the_cause():
    text = "2021年全县教育拨款为36000万元;2022年为39000万元,比上年增长7.7%。"
    claim = next(one for one in check_document(plain_document(text)) if one.relation == "growth")
    assert claim.cause is not None
    assert claim.cause.template == "later_base"

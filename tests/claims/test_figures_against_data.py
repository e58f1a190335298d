"""Figures of a report beside what the example county filed and what was judged from it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from
from marked import about, each_of, written

from example import county_dataset, county_judgement
from junheng.base.exact import half_up, plain
from junheng.claims.against import Records, against_data, with_data
from junheng.claims.check import check_document
from junheng.claims.claim import Claim, Verdict
from junheng.claims.filed import Filed, Scope
from junheng.claims.reasons import words
from junheng.claims.subjects import CountyDiffersError, CountyNotNamedError
from junheng.documents.document import plain_document
from junheng.tables.dataset import Dataset

TITLE = "示例县义务教育优质均衡发展自查报告"
HOLDS = [
    "示例县现有义务教育阶段⟦学校127所⟧,⟦教学点22所⟧。",
    "⟦全县小学在校生48363人⟧,⟦教学班1421个⟧,⟦专任教师2753人⟧;⟦初中在校生23786人⟧。",
    "全县义务教育阶段⟦在校生7.2万人⟧,⟦寄宿生约4900人⟧。",
    "全县义务教育学校⟦占地面积1644999平方米⟧,⟦校舍建筑面积67.24万平方米⟧,⟦图书236.2万册⟧。",
    "全县义务教育学校⟦占地面积2467亩⟧,⟦教学仪器设备总值2.28亿元⟧。",
    "⟦小学生师比17.6:1⟧,⟦初中师生比为1:13.9⟧,⟦小学平均班额34人⟧。",
    "义务教育学校⟦生均图书32.7册⟧,⟦每百名学生拥有教学用计算机17.2台⟧。",
    "⟦2025年义务教育财政拨款11.95亿元⟧,⟦比上年增长5.9%⟧。",
    "2024年义务教育财政拨款112865.56万元,⟦比2023年增长3.62%⟧。",
    "⟦2024年财政性教育经费占财政总支出的20.5%⟧。",
    "⟦小学在校生比上年减少1302人⟧,⟦下降2.6%⟧。",
    "2024年,⟦全县小学在校生49665人⟧。⟦2023学年初中在校生22554人⟧。",
    "资源配置方面,⟦小学99所⟧,其中⟦达标13所⟧、⟦未达标86所⟧。",
    "⟦小学生均教学及辅助用房面积差异系数为0.288⟧,⟦初中每百名学生拥有网络多媒体教室数差异系数0.206⟧。",
    "生均教学及辅助用房面积:⟦小学全县平均4.56平方米⟧,⟦65所达到要求⟧。",
    "⟦示例县第一小学现有学生1979人⟧,⟦教学班43个⟧,⟦生均图书33册⟧。",
    "⟦柳林镇学校10所⟧。",
]
WRONG = [
    "示例县现有义务教育阶段学校127所,⟦教学点26所⟧。",
    "⟦全县小学在校生49665人⟧,教学班1421个,⟦专任教师2735人⟧。",
    "全县义务教育学校⟦占地面积1744999平方米⟧,校舍建筑面积67.24万平方米,⟦图书286万册⟧。",
    "⟦小学生师比19.6:1⟧,⟦小学平均班额38人⟧,⟦初中平均班额45.9人⟧。",
    "义务教育学校⟦生均图书40.7册⟧。",
    "2025年义务教育财政拨款11.95亿元,⟦比上年增长6.9%⟧。",
    "⟦2024年财政性教育经费占财政总支出的21.5%⟧。",
    "⟦小学在校生比上年减少302人⟧。",
    "2024年,⟦全县小学在校生48363人⟧。",
    "资源配置方面,小学99所,其中⟦达标23所⟧。",
    "⟦初中生均体育运动场馆面积差异系数0.45⟧。",
    "⟦示例县第一小学现有学生2079人⟧。⟦实验小学专任教师56人⟧。",
]
ALONE = [
    "⟦近三年新增小学在校生1200人⟧。投入资金1.2亿元,新建校舍3处,⟦建筑面积15000平方米⟧。",
    "力争到2027年⟦全县小学在校生控制在45000人⟧以内。",
    "⟦石门小学在校生260人⟧,教学班6个。",
    "示例县实验小学在校生1071人;规模最小的学校在校生只有26人,⟦平均班额8人⟧。",
    "第一小学、实验小学⟦在校生共3000人⟧。",
    "⟦2015年全县小学在校生50000人⟧。",
    "全县在园幼儿20000人,⟦专任教师1300人⟧。",
    "2025年义务教育财政拨款11.95亿元,⟦比2020年增长30%⟧。",
    "本年交流轮岗教师214人,其中⟦骨干教师52人⟧。",
    "全省小学在校生480万人,⟦小学专任教师28万人⟧。",
    "全县⟦体育专任教师260人⟧,⟦每百名学生拥有体育、艺术专任教师0.7人⟧。",
]


def records(dataset: Dataset | None = None) -> Records:
    if dataset is not None:
        return Records(dataset, 2025)
    return Records(county_dataset(), 2025, county_judgement())


def found_by(marked: str) -> tuple[tuple[Claim, ...], list[list[Claim]]]:
    report = written(f"{TITLE}\n{marked}")
    claims = against_data(plain_document(report.text), records())
    return claims, [about(claims, mark) for mark in report.marks]


@each_of(HOLDS)
def test_what_was_filed_or_judged_holds(marked: str):
    claims, found = found_by(marked)
    assert [[claim.verdict for claim in own] for own in found] == [[Verdict.CONSISTENT]] * len(found), claims


@each_of(WRONG)
def test_what_was_not_is_found(marked: str):
    claims, found = found_by(marked)
    assert [[claim.verdict for claim in own] for own in found] == [[Verdict.INCONSISTENT]] * len(found), claims
    assert {claim.against for claim in claims} == {"data"}


@each_of(ALONE)
def test_what_may_mean_something_else_is_left_alone(marked: str):
    _, found = found_by(marked)
    assert all(claim.verdict is Verdict.NOT_CHECKABLE for own in found for claim in own), found


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("全县小学在校生49665人。", "与2024年填报的小学在校生数相同，可能没有更新"),
        ("全县小学在校生23786人。", "与填报的初中在校生数相同，可能取错了数"),
        ("全县小学在校生48336人。", "可能有两个数字写颠倒了"),
    ],
)
def test_it_says_what_the_wrong_figure_is_of(sentence: str, cause: str):
    (claim,) = against_data(plain_document(f"{TITLE}\n{sentence}"), records())
    assert claim.cause is not None
    assert words(claim.cause) == cause


COLUMNS = [
    ("在校生", "stage_year.pupils", "人"),
    ("专任教师", "stage_year.teachers", "人"),
    ("教学班", "stage_year.classes", "个"),
    ("寄宿生", "stage_year.boarders", "人"),
    ("留守儿童", "stage_year.left_behind_pupils", "人"),
]
OPENINGS = [
    "全县{stage}{word}{value}{unit}。",
    "{year}年,全县{stage}现有{word}{value}{unit}。",
    "我县{stage}共有{word}{value}{unit}。",
]


@given(
    column=sampled_from(COLUMNS),
    stage=sampled_from([("小学", "stage:primary"), ("初中", "stage:junior")]),
    opening=sampled_from(OPENINGS),
    year=sampled_from([2024, 2025]),
    digits=integers(0, 2),
    off=sampled_from([0, 0, 40, 300]),
)
def test_a_rounded_filed_value_holds_and_one_beyond_its_rounding_does_not(column, stage, opening, year, digits, off):
    word, quantity, unit = column
    year = year if "{year}" in opening else 2025
    years = (2025,) if year == 2025 else (2024, 2023)  # 2024年 names two school years
    filed = [
        amount.value or Fraction(0)
        for one in years
        for amount in Filed(county_dataset()).amounts(quantity, Scope("990101", "示例县"), one, frozenset({stage[1]}))
    ]
    step = 10**digits
    value = Fraction(half_up((filed[0] + off * step) / step, 0)) * step
    shown = f"{plain(value / 10_000, 4)}万" if digits else str(value)
    text = opening.format(stage=stage[0], word=word, value=shown, unit=unit, year=year)
    (claim,) = against_data(plain_document(f"{TITLE}\n{text}"), records())
    if off == 0:
        assert claim.verdict is Verdict.CONSISTENT, text
    elif not any(value - step * 10 <= one <= value + step * 10 for one in filed):
        assert claim.verdict is Verdict.INCONSISTENT, text


def test_the_filed_value_is_traced_to_its_cell():
    (claim,) = against_data(plain_document(f"{TITLE}\n示例县第一小学现有学生2079人。"), records())
    (given,) = claim.inputs
    assert (given.value, given.start) == (1979, -1)
    assert given.source.endswith("stage_year.pupils，示例县第一小学，2025，学段情况!E5")


def test_a_sum_that_lacks_a_school_is_not_compared_and_says_which():
    dataset = county_dataset()
    first = (pl.col("school_code") == "9901010001") & (pl.col("school_year") == 2025)
    blank = pl.when(first).then(None).otherwise(pl.col("boarders")).alias("boarders")
    gap = replace(dataset, frames={**dataset.frames, "stage_year": dataset["stage_year"].with_columns(blank)})
    (claim,) = against_data(plain_document(f"{TITLE}\n全县小学寄宿生900人。"), records(gap))
    assert claim.verdict is Verdict.NOT_CHECKABLE
    assert "示例县第一小学共1处未填报" in words(claim.why)


def test_what_is_not_filed_by_sex_is_said_so():
    (claim,) = against_data(plain_document(f"{TITLE}\n全县小学女生22000人。"), records())
    assert (claim.verdict, words(claim.why)) == (Verdict.NOT_CHECKABLE, "数据里没有填报“全县小学女生”")


def test_the_report_of_a_school_is_on_that_school():
    text = "示例县实验小学工作总结\n我校始建于1956年，现有在校生1071人，专任教师75人。"
    found = against_data(plain_document(text), records())
    assert [claim.verdict for claim in found] == [Verdict.CONSISTENT, Verdict.INCONSISTENT]


def test_the_report_of_a_school_that_the_data_do_not_know_is_left_alone():
    assert against_data(plain_document("石门小学工作总结\n我校现有在校生1071人。"), records()) == ()


def test_the_report_of_another_county_is_refused():
    with pytest.raises(CountyDiffersError, match="临江县"):
        against_data(plain_document("临江县义务教育自查报告\n全县小学在校生30000人。"), records())


def test_of_several_counties_the_report_must_name_one():
    dataset = county_dataset()
    second = dataset["county"].with_columns(county_code=pl.lit("990102"), county_name=pl.lit("样例县"))
    frames = {**dataset.frames, "county": pl.concat([dataset["county"], second])}
    several = records(replace(dataset, frames=frames))
    with pytest.raises(CountyNotNamedError):
        against_data(plain_document("义务教育自查报告\n全县小学在校生48363人。"), several)
    (claim,) = against_data(plain_document(f"{TITLE}\n全县小学在校生48363人。"), several)
    assert claim.verdict is Verdict.CONSISTENT


def test_a_figure_of_which_the_report_says_nothing_has_the_finding_of_the_data_alone():
    document = plain_document(f"{TITLE}\n全县小学在校生48363人，专任教师2753人，生师比20:1。")
    both = with_data(check_document(document), against_data(document, records()))
    assert [(claim.written, claim.against, str(claim.verdict)) for claim in both] == [
        ("48363", "data", "consistent"),
        ("2753", "data", "consistent"),
        ("20:1", "text", "inconsistent"),
        ("20:1", "data", "inconsistent"),
    ]

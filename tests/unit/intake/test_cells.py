"""Cells as people fill them, one by one."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.intake import rules
from junheng.intake.cells import EmptyFormula, ErrorCell, HeadUnit, MergedCell, PercentCell, read_cell, read_column

PLAIN = HeadUnit("", Fraction(1))
YUAN_10K = HeadUnit("万元", Fraction(10_000))


@pytest.fixture(scope="session")
def read(tables):
    def read(column, raw, unit=PLAIN):
        value, fault = read_cell(tables.column(column), raw, unit)
        fast, faults = read_column(tables.column(column), [raw], unit)
        assert fast == [value], "the quick way and the careful way agree"
        assert [found for _, found in faults] == ([fault] if fault else [])
        return value, fault.rule if fault else None

    return read


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (480.0, 480),
        ("480", 480),
        ("４８０", 480),
        (" 480 ", 480),
        ("1,480", 1480),
        ("1，480", 1480),
        ("480人", 480),
        ("480 名", 480),
        ("480.0", 480),
        ("+480", 480),
        ("'480", 480),
        ("0", 0),
        (0.0, 0),
        ("0.048万人", 480),
        ("1 480", 1480),
        ("1\u3000480 人", 1480),
        ("4\u200b80", 480),
        ("480\n人", 480),
    ],
)
def test_counts(read, raw, value):
    assert read("pupils", raw)[0] == value


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (3.5, rules.NOT_WHOLE),
        ("3.5人", rules.NOT_WHOLE),
        (35.00000000000001, rules.NOT_WHOLE),
        (-1.0, rules.OUT_OF_RANGE),
        ("-1", rules.OUT_OF_RANGE),
        (1e6, rules.OUT_OF_RANGE),
        (1e300, rules.TOO_LONG),
        ("9" * 100, rules.TOO_LONG),
        (float("nan"), rules.NOT_A_NUMBER),
        (float("inf"), rules.NOT_A_NUMBER),
        (True, rules.NOT_A_NUMBER),
        (datetime(2025, 1, 2), rules.NOT_A_NUMBER),  # noqa: DTZ001 - as the reader of workbooks gives it
        (timedelta(hours=3), rules.NOT_A_NUMBER),
        (time(3), rules.NOT_A_NUMBER),
        ("12 34", rules.NOT_A_NUMBER),
        ("3\n5", rules.NOT_A_NUMBER),
        ("1\n480", rules.NOT_A_NUMBER),
        ("1  480", rules.NOT_A_NUMBER),
        ("1 480 3", rules.NOT_A_NUMBER),
        ("1234 567", rules.NOT_A_NUMBER),
        ("4'5", rules.NOT_A_NUMBER),
        ("12 34人", rules.NOT_A_NUMBER),
        ("约480", rules.NOT_A_NUMBER),
        ("480左右", rules.NOT_A_NUMBER),
        ("三百", rules.NOT_A_NUMBER),
        ("1,48", rules.NOT_A_NUMBER),
        ("3-5", rules.NOT_A_NUMBER),
        ("4.8E+2", rules.NOT_A_NUMBER),
        ("0x1F", rules.NOT_A_NUMBER),
        ("480㎡", rules.CELL_UNIT_UNKNOWN),
        ("50%", rules.CELL_UNIT_UNKNOWN),
        ("无", rules.NONE_WORD),
        ("NaN", rules.NONE_WORD),
        ("不详", rules.NONE_WORD),
        ("—", rules.DASH),
        ("／", rules.DASH),
        (ErrorCell("#N/A"), rules.ERROR_CELL),
        ("#DIV/0!", rules.ERROR_CELL),
        ("####", rules.ERROR_CELL),
        (EmptyFormula(), rules.FORMULA_EMPTY),
        (MergedCell("A1:A2", 3.0), rules.MERGED_NUMBER),
        (PercentCell(0.5), rules.NOT_A_NUMBER),
    ],
)
def test_what_is_no_count(read, raw, rule):
    assert read("pupils", raw) == (None, rule)


@pytest.mark.parametrize("raw", [None, "", " ", "\u3000", "\u200b", "\n"])
def test_blank_is_missing(read, raw):
    assert read("pupils", raw) == (None, None)
    assert read("school_name", raw) == (None, None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (12.3, "123000"),
        (0.1, "1000"),
        ("12.3", "123000"),
        ("12.3万元", "123000"),
        ("123000元", "123000"),
        ("123千元", "123000"),
        ("0.00123亿元", "123000"),
        ("12.3万", "123000"),
        (" １２．３ 万 元 ", "123000"),
        ("1,000", "10000000"),
    ],
)
def test_money_in_a_column_of_ten_thousands(read, raw, value):
    assert read("equipment_value", raw, YUAN_10K)[0] == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "value", "rule"),
    [
        ("30亩", "20000", rules.CELL_UNIT),
        ("10亩", "6666.67", rules.CELL_UNIT),
        ("1.5公顷", "15000", rules.CELL_UNIT),
        ("300平方米", "300", None),
        ("300㎡", "300", None),
        ("300 m2", "300", None),
    ],
)
def test_areas(read, raw, value, rule):
    assert read("land_area", raw) == (Decimal(value), rule)


def test_money_without_a_unit_is_not_guessed(read):
    missing = HeadUnit("", Fraction(1), missing=True)
    assert read("equipment_value", 12.3, missing) == (None, rules.HEAD_WITHOUT_UNIT)
    assert read("equipment_value", "12.3万元", missing)[0] == Decimal(123000)
    assert read("equipment_value", 0.0, missing)[0] == 0  # nothing is nothing in any unit


@pytest.mark.parametrize("number", [0.1, 12.3, 0.1 + 0.2 - 0.1, 1e-7, 123456.789, 0.07, 1 / 3])
def test_decimals_are_the_shortest_text_of_the_cell(read, number):
    value, rule = read("land_area", number)
    if rule is None:
        assert float(value) == number
        assert value == Decimal(repr(number))
    else:
        assert rule is rules.TOO_LONG  # 0.20000000000000004 has 17 decimals


def test_range_is_that_of_the_kept_unit(read):
    assert read("equipment_value", 300_000.0, YUAN_10K) == (None, rules.OUT_OF_RANGE)
    assert read("equipment_value", 200_000.0, YUAN_10K)[0] == Decimal(2_000_000_000)


@pytest.mark.parametrize(
    ("raw", "value"), [(PercentCell(0.525), "52.5"), ("52.5%", "52.5"), (52.5, "52.5"), ("52.5", "52.5")]
)
def test_percentages(read, raw, value):
    assert read("senior_places_allotted_last_year", raw)[0] == Decimal(value)


def test_shares_without_unit_take_percent(read):
    assert read("school_difference", "12%")[0] == Decimal("0.12")
    assert read("school_difference", PercentCell(0.12))[0] == Decimal("0.12")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("3402000001", "3402000001"),
        (3402000001.0, "3402000001"),
        ("０01", "001"),
        (" 34 02 ", "3402"),
        ("34-1", "34-1"),
    ],
)
def test_codes(read, raw, value):
    assert read("school_code", raw) == (value, None)


@pytest.mark.parametrize(
    "raw", [1e15, 3.5, -1.0, "3.402E+09", "学校甲", date(2025, 1, 1), True, "12;34", "x" * 65, float("nan")]
)
def test_what_is_no_code(read, raw):
    assert read("school_code", raw) == (None, rules.BAD_CODE)


@pytest.mark.parametrize("raw", ["小学", "211", 211.0, "211 小学", "小学（211）", "完全小学", " 小 学 "])
def test_code_lists_by_word_or_code(read, raw):
    assert read("school_kind", raw) == ("211", None)


def test_code_lists_refuse_what_is_not_in_them(read):
    assert read("school_kind", "大学") == (None, rules.NOT_IN_LIST)
    assert read("school_kind", "小学、初中") == (None, rules.NOT_IN_LIST)


@pytest.mark.parametrize(
    ("raw", "code"),
    [(word, "met") for word in ("达到", "达标", "符合", "合格", "未发生", "不存在")]
    + [(word, "unmet") for word in ("未达到", "不达标", "未达标", "不符合", "不合格", "发生", "存在")],
)
def test_findings_of_judged_items(read, raw, code):
    assert read("finding", raw) == (code, None)


@pytest.mark.parametrize("raw", ["是", "否", "有", "无", True, False, 1.0, "没发生", "未合格"])
def test_words_that_invert_on_a_veto_are_asked_about(tables, read, raw):
    assert read("finding", raw) == (None, rules.NOT_IN_LIST)
    fault = read_cell(tables.column("finding"), raw, PLAIN)[1]
    assert fault.parts["allowed"] == "达到、基本达到、试行、部分达到、不适用、未达到"
    assert "未达到" not in fault.parts["near"] or raw == "未合格"


def test_who_runs_a_school_is_asked_and_not_assumed(tables, read):
    assert read("operator", "县级教育部门") == ("county", None)
    for raw in ("公办", "地方公办", "教育部门"):
        assert read("operator", raw) == (None, rules.NOT_IN_LIST)
    near = {raw: read_cell(tables.column("operator"), raw, PLAIN)[1].parts["near"] for raw in ("公办", "教育部门")}
    assert near["公办"] == "", "not 民办"
    assert all(word in near["教育部门"] for word in ("本县政府", "地市", "省级"))


def test_points_below_zero(read):
    assert read("score", -1.0) == (None, rules.OUT_OF_RANGE)
    assert read("score", "-0.5") == (None, rules.OUT_OF_RANGE)


@pytest.mark.parametrize(
    ("raw", "value"), [("是", True), ("√", True), ("Y", True), (True, True), (1.0, True), ("否", False), ("×", False)]
)
def test_flags(read, raw, value):
    assert read("boarding", raw) == (value, None)


def test_flags_refuse_the_rest(read):
    assert read("boarding", "部分") == (None, rules.NOT_YES_NO)
    assert read("boarding", 2.0) == (None, rules.NOT_YES_NO)


@pytest.mark.parametrize(
    "raw",
    [
        *("2001-09-01", "2001/9/1", "2001.9.1", "2001年9月1日", "20010901", "2001-09-01 00:00:00"),
        *(20010901.0, 37135.0, date(2001, 9, 1), datetime(2001, 9, 1, 8)),  # noqa: DTZ001 - as the reader gives it
    ],
)
def test_dates(read, raw):
    assert read("opened_on", raw) == (date(2001, 9, 1), None)


@pytest.mark.parametrize(
    "raw", ["2001年9月", "2001", 2001.0, "2001-13-01", "2001-02-30", "9/1/2001", 5.5, True, "去年"]
)
def test_what_is_no_date(read, raw):
    assert read("opened_on", raw) == (None, rules.NOT_A_DATE)


@pytest.mark.parametrize(
    "raw", ["2025", 2025.0, "2025年", "2025学年", "2025-2026", "2025—2026学年", "2025/26", "２０２５"]
)
def test_school_years(read, raw):
    assert read("school_year", raw) == (2025, None)


@pytest.mark.parametrize("raw", ["25", "2025-2027", "1899", 2500.0, date(2025, 9, 1), "今年", 2025.5])
def test_what_is_no_year(read, raw):
    assert read("school_year", raw) == (None, rules.NOT_A_YEAR)


def test_spans_are_for_school_years_only(read):
    assert read("fiscal_year", "2025-2026") == (None, rules.NOT_A_YEAR)


@pytest.mark.parametrize(
    ("raw", "value"), [(1.0, "1"), (1.5, "1.5"), ("=1+1", "=1+1"), (" 一班\r\n", "一班"), (True, "是")]
)
def test_words(read, raw, value):
    assert read("class_name", raw) == (value, None)


def test_a_class_that_became_a_date(read):
    assert read("class_name", date(2025, 1, 2)) == (None, rules.TURNED_INTO_DATE)


def test_words_have_an_end(read):
    assert read("note", "长" * 2001) == (None, rules.TEXT_TOO_LONG)


@pytest.mark.parametrize("raw", ["三年级", "3年级", "三", 3.0, "Ⅲ"])
def test_grades(read, raw):
    assert read("grade", raw)[0] == 3


def test_every_rule_has_its_own_code_and_a_next_step():
    found = rules.all_rules()
    assert len({rule.code for rule in found}) == len(found)
    assert all(rule.text.endswith(("。", "}")) for rule in found)

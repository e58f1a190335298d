from decimal import Decimal
from pathlib import Path

import pytest

from junheng.indicators.kinds import all_kinds
from junheng.indicators.rows import DERIVED
from junheng.standards.check import check_standard, figures
from junheng.standards.library import load_standard, standard_ids
from junheng.tables.catalogue import load_tables
from unit.standards.conftest import RESOURCES, SOURCE, STANDARD

COLUMNS = {"books", "location", "school_pupils", "classes"}
COUNTING = {name for name, kind in all_kinds().items() if kind.counts}
WEIGHTS = "{primary: '1', junior: '1.1', senior: '1.32'}"


@pytest.mark.parametrize("name", standard_ids())
def test_every_installed_standard_is_without_error(name):
    standard = load_standard(name)
    tables = load_tables(*(Path(folder) for folder in standard.tables_folders))
    columns = {column for table in tables.tables.values() for column in table.columns} | set(DERIVED)
    assert [problem for problem in check_standard(standard, columns, COUNTING) if problem.severity == "error"] == []


def errors(folder):
    problems = check_standard(load_standard(folder), COLUMNS, COUNTING)
    return [(problem.place, problem.message) for problem in problems if problem.severity == "error"]


def test_the_test_standard_itself_is_without_error(write_standard):
    assert errors(write_standard(resources=RESOURCES)) == []


SECOND = """
    - from: {day}
      primary: {{at_least: "35"}}
      source: {{document: moe-jd-2017-6, confidence: inferred, read_in: 测试}}
"""
BUNDLE = """
library:
  label: {{zh: 图书, en: Library}}
  unit: 项
  formula: {{kind: some_of, of: [{of}], count: {count}}}
"""


@pytest.mark.parametrize(
    ("resources", "words"),
    [
        (RESOURCES.replace("moe-jd-2017-6", "moe-jd-2017-9"), "来源文件 moe-jd-2017-9 没有登记"),
        (RESOURCES.replace('"30"', '"33"'), "数值 33 不在所引原文数字“30册；40册”中"),
        (RESOURCES.replace("printed: 30册；40册, ", ""), "数值 30、40 不在所引原文数字"),
        (RESOURCES.replace("amount: books", "amount: boks"), "没有名为 boks 的填报项"),
        (RESOURCES.replace("amount: books", "amount: books, where: {locaton: rural}"), "没有名为 locaton 的填报项"),
        (RESOURCES.replace("amount: books", "amount: books, base: {column: books, where: {age: '1'}}"), "age"),
        (RESOURCES.rstrip() + SECOND.format(day="2019-01-01"), "日期须由早到晚"),
        (RESOURCES.rstrip() + SECOND.format(day="2020-01-01"), "日期须由早到晚"),
        (RESOURCES.replace("primary: {at", "ends: 2019-12-31\n      primary: {at"), "早于起始日"),
        (RESOURCES + BUNDLE.format(of="books_per_pupil, shelves", count=1), "没有名为 shelves 的指标"),
        (BUNDLE.format(of="books_per_pupil", count=1) + RESOURCES, "须写在合并它的 library 之前"),
        (RESOURCES + BUNDLE.format(of="books_per_pupil", count=2), "count 须在 1 与子项数 1 之间"),
        (RESOURCES[: RESOURCES.index("  thresholds")] + BUNDLE.format(of="books_per_pupil", count=1), "没有限值"),
    ],
)
def test_a_planted_fault_is_found(write_standard, resources, words):
    found = errors(write_standard(resources=resources))
    assert len(found) == 1
    assert words in found[0][1]


def test_a_derived_figure_says_how_it_was_derived(write_standard):
    derived = RESOURCES.replace(
        "printed: 30册；40册, confidence: seen", "printed: 30册；初中加三分之一, confidence: inferred"
    )
    ((place, message),) = errors(write_standard(resources=derived))
    assert place == "books_per_pupil[2020-01-01]"
    assert "数值 40 不在" in message
    assert "请在 place 中写明" in message
    explained = derived.replace("place: 第五项", "place: 第五项；加三分之一得40册")
    assert errors(write_standard(resources=explained, folder="说明")) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (f"school_rule: {{at_least: 2, source: {SOURCE}}}", "却只有 1 项"),
        (f"split: {{weights: {WEIGHTS}, indicators: [pools], source: {SOURCE}}}", "没有名为 pools 的指标"),
        ("required: [pools]", "没有名为 pools 的指标"),
        (f"balance_rule: {{rule: mean, source: {SOURCE}}}", "却没有写 limits"),
        (f"balance_rule: {{rule: each, source: {SOURCE}}}", "却没有一项写有 balance"),
        (
            f"relaxations: {{x: {{label: {{zh: 宽, en: x}}, source: {SOURCE}, changes: {{pools: {{}}}}}}}}",
            "没有名为 pools 的指标",
        ),
    ],
)
def test_a_planted_fault_in_a_rule_is_found(write_standard, rule, words):
    found = errors(write_standard(STANDARD + rule, resources=RESOURCES))
    assert [words in message for _, message in found] == [True]


def test_a_day_of_checking_before_the_first_day_is_found(write_standard):
    folder = write_standard(STANDARD.replace("checked_on: 2026-11-21", "checked_on: 2019-11-21"), resources=RESOURCES)
    assert errors(folder) == [("in_force", "核对日 2019-11-21 早于生效日 2020-01-01")]


def test_one_id_for_two_indicators_is_found(write_standard):
    item = f"{{label: {{zh: 图书, en: b}}, source: {SOURCE}, checks: {RESOURCES_IN_ONE_LINE}}}"
    part = f"{{label: {{zh: 质量, en: q}}, source: {SOURCE}, items: {{books: {item}}}}}"
    found = errors(write_standard(resources=RESOURCES, quality=part))
    assert found == [("books_per_pupil", "指标编号 books_per_pupil 用了 2 次，请改成不同的编号")]


RESOURCES_IN_ONE_LINE = (
    "{books_per_pupil: {label: {zh: 图书, en: b}, unit: 册, formula: {kind: per_pupil, amount: books}, "
    f"thresholds: [{{from: 2020-01-01, all: {{at_least: '30'}}, source: {SOURCE}}}]}}}}"
)


def test_rules_that_were_not_seen_are_notes(write_standard):
    problems = check_standard(load_standard(write_standard(resources=RESOURCES)), COLUMNS, COUNTING)
    assert {(problem.place, problem.severity) for problem in problems} == {("in_force", "note"), ("campuses", "note")}
    assert "推断" in problems[0].message


def test_values_that_were_not_found_are_notes():
    problems = check_standard(load_standard("CN-61/banxue"), set(), COUNTING)
    places = [problem.place for problem in problems if "值未见" in problem.message]
    assert "books_per_pupil[2012-01-20]" in places


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("4.2人以上；5.3人以上", "5.3"),
        ("不低于要求的85%", "0.85"),
        ("85％", "85"),
        ("0.50；0.45", "0.5"),
        ("Ⅲ级以上", "3"),
        ("1：1.1：1.32", "1.32"),
        ("三年以上", "3"),
        ("十二个班", "12"),
        ("百分之八十五", "85"),
        ("3.5万元", "35000"),
        ("2,000元", "2000"),
    ],
)
def test_printed_figures_are_read_in_every_form_a_rule_may_use(printed, number):
    assert Decimal(number) in figures(printed)


def test_units_are_not_figures():
    assert figures("4.5㎡") == {Decimal("4.5")}

"""What a newcomer gets wrong in a standard is named with its place and with what to write."""

import pytest

from junheng.standards.errors import StandardFileError
from junheng.standards.library import load_standard
from junheng.workflow import check_rules
from unit.standards.conftest import RESOURCES, STANDARD


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("units: 册", "unit: 册", "没有这一项，请检查拼写，是不是 unit"),
        ('小学: {at_least: "30"}', 'primary: {at_least: "30"}', "是不是 primary"),
        ('{min: "30"}', '{at_least: "30"}', "是不是 at_least"),
        ("at_least: 30", 'at_least: "30"', "数字须加引号"),
        ("printed: 10:1", "printed: 30册；40册", "须是文本"),
        ("label: 生均图书册数", "label: {zh: 生均图书册数, en: Books per pupil}", "{zh: 名称, en: Name}"),
        ("confidence: 见过", "confidence: seen", "只能写 seen、inferred、general"),
        ("unit：册", "unit: 册", "冒号须是半角"),
        ("\tunit: 册", "  unit: 册", "缩进只能用空格"),
        ("from: 2020年1月1日", "from: 2020-01-01", "不是日期"),
    ],
)
def test_a_file_that_does_not_read_says_what_to_write(write_standard, wrong, right, said):
    folder = write_standard(resources=RESOURCES.replace(right, wrong, 1))
    with pytest.raises(StandardFileError) as refused:
        load_standard(folder)
    assert said in str(refused.value)
    assert "resources.yaml" in str(refused.value)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("{location: 城区}", "只能写：urban（城区）、town（镇区）、rural（乡村）"),
        ("{boarding: 是}", "只能写 true 或 false"),
        ("{classes: 12班}", "是数，须写范围"),
        ("{school_pupils: 多}", "是数，须写范围"),
    ],
)
def test_a_condition_that_no_school_can_meet_is_an_error(write_standard, where, said):
    """Unheard of, the limit would hold for no school and everything would be judged by the next one."""
    limited = RESOURCES.replace('primary: {at_least: "30"}', f'primary: {{where: {where}, at_least: "30"}}')
    problems = check_rules(load_standard(write_standard(resources=limited)))
    assert any(said in problem.message for problem in problems if problem.severity == "error")


def test_a_misspelt_column_is_met_with_the_one_that_was_meant(write_standard):
    found = check_rules(load_standard(write_standard(resources=RESOURCES.replace("amount: books", "amount: bookz"))))
    assert any("是不是 books？" in problem.message for problem in found)


def test_a_floor_in_per_cent_is_an_error(write_standard):
    rule = "{document: moe-jd-2017-6, confidence: inferred, read_in: 测试}"
    standard = f'{STANDARD}school_rule: {{at_least: 1, rest: "80", source: {rule}}}\n'
    found = check_rules(load_standard(write_standard(standard, resources=RESOURCES)))
    assert any("80% 写成 0.80" in problem.message for problem in found)

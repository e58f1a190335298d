"""Which resources the rule on 差异系数 counts."""

import pytest

from junheng.standards.check import check_standard
from junheng.standards.errors import LooserThanParentError
from junheng.standards.library import load_standard
from unit.standards.conftest import RESOURCES, SOURCE, STANDARD

MEAN = f"balance_rule: {{rule: mean, limits: [{{from: 2020-01-01, source: {SOURCE}}}], source: {SOURCE}}}\n"
DESKS = "{label: {zh: 课桌, en: Desks}, unit: 张, formula: {kind: per_pupil, amount: books}}"


def test_basic_balance_lists_its_eight():
    standard = load_standard("CN/jiben_2012")
    assert standard.balance_rule.indicators == tuple(standard.resources) == standard.balanced()
    assert len(standard.balanced()) == 8


def test_each_counts_the_resources_with_a_balance_entry():
    standard = load_standard("CN/youzhi_2017")
    assert standard.balance_rule.indicators == ()
    assert standard.balanced() == tuple(standard.resources)
    assert load_standard("CN-61/banxue").balanced() == ()


def test_a_resource_that_an_overlay_adds_does_not_enter_the_mean(write_standard):
    folder = write_standard(f"extends: CN/jiben_2012\nadds: {{resources: {{desks: {DESKS}}}}}\n")
    assert load_standard(folder).balanced() == load_standard("CN/jiben_2012").balanced()


def test_nor_does_it_where_the_parent_lists_none(write_standard):
    write_standard(STANDARD + MEAN, folder="省", resources=RESOURCES)
    county = write_standard(f"extends: ../省\nadds: {{resources: {{desks: {DESKS}}}}}\n", folder="县")
    standard = load_standard(county)
    assert [*standard.resources] == ["books_per_pupil", "desks"]
    assert standard.balanced() == ("books_per_pupil",)


def test_another_composition_of_the_mean_needs_a_reason(write_standard):
    change = "changes: {balance_rule: {indicators: [books_per_pupil, teachers_per_pupil]}}\n"
    with pytest.raises(LooserThanParentError, match="差异系数规则·指标"):
        load_standard(write_standard(f"extends: CN/jiben_2012\n{change}"))


def test_a_name_that_does_not_exist_is_found(write_standard):
    text = STANDARD + MEAN.replace("rule: mean,", "rule: mean, indicators: [books_per_pupil, pools],")
    problems = check_standard(load_standard(write_standard(text, resources=RESOURCES)), {"books"}, set())
    errors = [(problem.place, problem.message) for problem in problems if problem.severity == "error"]
    assert errors == [("balance_rule.indicators", "没有名为 pools 的指标")]


def test_weighted_by_pupils_unless_the_rule_says_otherwise(write_standard):
    assert load_standard("CN/jiben_2012").weighted
    assert load_standard("CN-61/banxue").weighted
    text = STANDARD + MEAN.replace("rule: mean,", "rule: mean, weights: none,")
    assert not load_standard(write_standard(text, resources=RESOURCES)).weighted

"""How schools and items are scored, in words, and where two standards score differently."""

from decimal import Decimal
from pathlib import Path

import pytest

from junheng.standards.diff import diff_standards
from junheng.standards.item import Deduction
from junheng.standards.library import load_standard
from junheng.standards.model import SchoolRule
from junheng.standards.source import Source
from junheng.standards.words import deduction_in_words, school_rule_in_words

EVERY_SCORE = load_standard(Path(__file__).parents[2] / "engines/every_score")
SOURCE = Source(document="moe-jd-2017-6", confidence="general", read_in="无")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"at_least": 8, "rest": "0.60"}, "10 项中至少 8 项达标，其余不低于限值的 60%"),
        ({"at_least": 29, "not_seen": 21}, "31 项中至少 29 项达标，其中 21 项的内容未见"),
        ({"score": {"total": "100", "at_least": "60"}}, "按 10 项指标计分，满分 100，合格线 60"),
        ({"score": {"total": "100"}}, "按 10 项指标计分，满分 100，合格线未见"),
        ({"not_found": True, "not_seen": 1}, "10 项指标怎样决定学校是否达标未见，另有 1 项的内容未见"),
    ],
)
def test_a_school_rule_in_words(rule, words):
    assert school_rule_in_words(SchoolRule(source=SOURCE, **rule), 10) == words


@pytest.mark.parametrize(
    ("deduction", "unit", "words"),
    [
        ({}, "%", "未达到不得分"),
        ({"points": "2"}, "%", "未达到扣 2 分"),
        ({"points": "1", "per": "1"}, "%", "每差 1 个百分点扣 1 分，不足一步不计"),
        ({"points": "0.5", "per": "100", "steps": "started"}, "元", "每差 100 元扣 0.5 分，不足一步按一步计"),
    ],
)
def test_a_deduction_in_words(deduction, unit, words):
    assert deduction_in_words(Deduction(check="a", source=SOURCE, **deduction), unit) == words


def part_with(**values):
    return EVERY_SCORE.model_copy(update={"government": EVERY_SCORE.government.model_copy(update=values)})


def item_with(**values):
    plan = EVERY_SCORE.government.items["plan"].model_copy(update=values)
    return part_with(items=EVERY_SCORE.government.items | {"plan": plan})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (part_with(rescale=False), "不适用的事项不计分，其余折算"),
        (part_with(plans=True), "未达到的事项须写整改措施"),
        (part_with(not_seen=3), "另有 3 项的内容未见"),
        (part_with(findings=("met", "unmet")), "basically"),
        (part_with(total=None), "满分未见"),
        (item_with(may_not_apply=False), "可认定为不适用"),
        (item_with(points=Decimal("5")), "7.5 分"),
        (item_with(group="a2"), "入学机会／就近入学"),
        (item_with(evidence=(EVERY_SCORE.label,)), "各种计分"),
        (part_with(groups=EVERY_SCORE.government.groups | {"a2": EVERY_SCORE.government.groups["a1"]}), "60 分"),
    ],
)
def test_where_two_standards_score_differently_is_a_difference(changed, words):
    found = diff_standards(EVERY_SCORE, changed)
    assert any(words in f"{difference.before}{difference.after}" for difference in found)


def test_a_softer_deduction_is_a_difference():
    zone = EVERY_SCORE.government.items["zone"]
    (rule,) = zone.deductions
    softer = zone.model_copy(update={"deductions": (rule.model_copy(update={"points": Decimal("0.5")}),)})
    changed = part_with(items=EVERY_SCORE.government.items | {"zone": softer})
    (difference,) = diff_standards(EVERY_SCORE, changed)
    assert (difference.before, difference.after) == (
        "就近入学每差 0.3 个百分点扣 0.7 分，不足一步按一步计",
        "就近入学每差 0.3 个百分点扣 0.5 分，不足一步按一步计",
    )

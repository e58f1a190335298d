"""What an overlay may not loosen without saying why."""

import pytest
from repository import ROOT

from junheng.standards.errors import LooserThanParentError
from junheng.standards.library import load_standard
from unit.standards.conftest import RESOURCES, SOURCE, STANDARD

YOUZHI = "extends: CN/youzhi_2017\nlabel: {zh: 测试省, en: Test}\nchanges:\n  "
UPPER = f"{{thresholds: [{{from: 2021-09-01, all: {{at_most: '7000'}}, source: {SOURCE}}}]}}"
MEAN = f"limits: [{{from: 2017-04-19, primary: {{cv_at_most: '0.5'}}, source: {SOURCE}}}]"


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ("school_rule: {at_least: 5}", "school_rule", "至少达标项数.*由 6 放宽为 5"),
        ('school_rule: {rest: "0.8"}', "school_rule", r"余项.*由 0\.85 放宽为 0\.8"),
        ("school_rule: {rest: null}", "school_rule", r"余项.*由 0\.85 放宽为 （无）"),
        ("school_rule: null", "school_rule", "学校达标规则.*放宽为 （无）"),
        (f"balance_rule: {{rule: mean, {MEAN}}}", "balance_rule", "由 each（逐项判定） 放宽为 mean（按平均值判定）"),
        ("balance_rule: null", "balance_rule", "差异系数规则.*放宽为 （无）"),
        ("balance_rule: {indicators: [backbone_teachers_per_100]}", "balance_rule", "差异系数规则·指标"),
        ("school_layout: {ends: 2025-08-31}", "school_layout", "终止日.*由 （不终止） 放宽为 2025-08-31"),
        ("school_layout: {from: 2030-01-01}", "school_layout", "起始日.*由 （自始） 放宽为 2030-01-01"),
        ("teacher_pay: {judged: false}", "teacher_pay", "人工认定.*由 须认定 放宽为 不认定"),
        ("sports_area_per_pupil: {formula: {scale: '2'}}", "sports_area_per_pupil", "算法 scale.*由 1 放宽为 2"),
        ("special_funds_per_pupil: {level: school}", "special_funds_per_pupil", "计算到.*由 county 放宽为 school"),
        (
            "migrant_share: {formula: {amount: migrants_eligible}}",
            "migrant_share",
            r"由 migrants_public \+ migrants_purchased 放宽为 migrants_eligible",
        ),
        (
            f"special_funds_per_pupil: {UPPER}",
            "special_funds_per_pupil",
            "≥ 6000.*≤ 7000",
        ),
    ],
)
def test_a_loosening_needs_a_reason(write_standard, change, name, words):
    text = f"{YOUZHI}{change}\n"
    with pytest.raises(LooserThanParentError, match=words):
        load_standard(write_standard(text, folder="无理由"))
    with pytest.raises(LooserThanParentError):
        load_standard(write_standard(f"{text}looser_because: {{leave_it: 会议纪要, {name}: ''}}\n", folder="空理由"))
    assert load_standard(write_standard(f"{text}looser_because: {{{name}: 会议纪要}}\n", folder="有理由"))


def test_a_school_left_out_besides_needs_a_reason(write_standard):
    added = f"leave_out: [{{label: {{zh: 民办, en: p}}, where: {{operator: private}}, source: {SOURCE}}}]\n"
    text = f"extends: CN/youzhi_2017\n{added}"
    with pytest.raises(LooserThanParentError, match=r"不计入的学校·民办.*由 计入 放宽为 不计入（operator为private）"):
        load_standard(write_standard(text, folder="甲"))
    assert load_standard(write_standard(f"{text}looser_because: {{leave_out: 会议纪要}}\n", folder="乙"))


def test_a_part_or_item_that_is_written_anew_without_something_needs_a_reason(write_standard):
    item = f"{{label: {{zh: 甲, en: a}}, source: {SOURCE}}}"
    part = f"{{label: {{zh: 资格, en: e}}, source: {SOURCE}, items: {{a: {item}}}}}"
    with pytest.raises(LooserThanParentError, match="由 有 放宽为 （无）"):
        load_standard(write_standard("extends: CN/youzhi_2017\n", eligibility=part))


GRADED = '{by: classes, points: {"6": "%s", "12": "%s"}}'


def graded(low, high):
    return RESOURCES.replace('primary: {at_least: "30"}', f"primary: {{at_least: {GRADED % (low, high)}}}").replace(
        "30册；40册", f"6班{low}册；12班{high}册；40册"
    )


@pytest.mark.parametrize(
    ("limit", "loose"),
    [
        (f"at_least: {GRADED % ('30', '50')}", False),
        (f"at_least: {GRADED % ('35', '60')}", False),
        (f"at_least: {GRADED % ('35', '49')}", True),
        (f"at_least: {GRADED.replace('6', '9') % ('30', '50')}", True),
        (f"at_least: {GRADED.replace('classes', 'pupils') % ('40', '60')}", True),
        (f"at_least: {GRADED.replace('classes', 'pupils') % ('50', '60')}", False),
        ('at_least: "50"', False),
        ('at_least: "49"', True),
        ('above: "50"', False),
    ],
)
def test_a_graded_limit_may_be_lower_nowhere(write_standard, limit, loose):
    write_standard(STANDARD, folder="省", resources=graded("30", "50"))
    change = (
        f"{{thresholds: [{{from: 2021-01-01, primary: {{{limit}}}, junior: {{at_least: '40'}}, source: {SOURCE}}}]}}"
    )
    county = write_standard(f"extends: ../省\nchanges: {{books_per_pupil: {change}}}\n", folder="县")
    if loose:
        with pytest.raises(LooserThanParentError, match="生均图书册数"):
            load_standard(county)
    else:
        assert load_standard(county)


def test_at_least_asks_less_than_above_the_same_figure(write_standard):
    write_standard(STANDARD, folder="省", resources=RESOURCES.replace('at_least: "30"', 'above: "30"'))
    change = f"{{thresholds: [{{from: 2021-01-01, primary: {{at_least: '30'}}, source: {SOURCE}}}]}}"
    with pytest.raises(LooserThanParentError, match="> 30 放宽为 ≥ 30"):
        load_standard(write_standard(f"extends: ../省\nchanges: {{books_per_pupil: {change}}}\n", folder="县"))


def test_a_reason_of_the_parent_excuses_nothing_in_the_overlay(write_standard):
    rule = "changes: {school_rule: {at_least: %s}}\n"
    write_standard(f"extends: CN/youzhi_2017\n{rule % 5}looser_because: {{school_rule: 会议纪要}}\n", folder="省")
    with pytest.raises(LooserThanParentError, match="由 5 放宽为 4"):
        load_standard(write_standard(f"extends: ../省\n{rule % 4}", folder="县"))
    assert load_standard(write_standard("extends: ../省\n", folder="另一县")).looser_because == {}


@pytest.mark.parametrize("name", ["CN-37/jiben_2012", ROOT / "examples/own_standard/province"])
def test_the_overlays_we_have_need_no_reason(name):
    assert load_standard(name).looser_because == {}


SCORED = f"""
label: {{zh: 政府, en: Government}}
rule: score
total: "10"
findings: [met, unmet]
plans: true
pass_score: [{{from: 2020-01-01, at_least: "8", source: {SOURCE}}}]
source: {SOURCE}
groups: {{branch: {{label: {{zh: 分支, en: Branch}}, points: "10"}}}}
items:
  planned: {{label: {{zh: 规划, en: Plan}}, group: branch, points: "6", source: {SOURCE}}}
  computed:
    label: {{zh: 图书, en: Books}}
    group: branch
    judged: false
    points: "4"
    source: {SOURCE}
    checks:
      books_in_all:
        label: {{zh: 图书总数, en: All books}}
        unit: 册
        level: county
        formula: {{kind: amount, amount: books, over: schools}}
        thresholds: [{{from: 2020-01-01, all: {{at_least: "60"}}, source: {SOURCE}}}]
    deductions: [{{check: books_in_all, points: "1", per: "10", source: {SOURCE}}}]
"""
DEDUCTION = "{check: books_in_all, points: '%s', per: '%s', steps: %s, source: " + SOURCE + "}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("government: {findings: [met, basically, unmet]}", "认定结论.*基本达到也算达到"),
        ("government: {plans: false}", "须写整改措施 放宽为 不须写"),
        ("government: {rescale: true}", "不折算 放宽为 不计分，其余折算"),
        (f"government: {{pass_score: [{{from: 2020-01-01, at_least: '7', source: {SOURCE}}}]}}", "合格分.*8 放宽为 7"),
        ("planned: {may_not_apply: true}", "不可认定为不适用 放宽为 可认定为不适用"),
        ("planned: {points: null}", "规划·分值.*6 放宽为 （无）"),
        ("computed: {deductions: []}", "每差 10 册扣 1 分，不足一步不计 放宽为 （无）"),
        (f"computed: {{deductions: [{DEDUCTION % ('0.5', '10', 'full')}]}}", "扣 1 分.*放宽为.*扣 0.5 分"),
        (f"computed: {{deductions: [{DEDUCTION % ('1', '20', 'full')}]}}", "每差 10 册.*放宽为 每差 20 册"),
    ],
)
def test_scoring_more_kindly_needs_a_reason(write_standard, change, words):
    write_standard(STANDARD, folder="省", government=SCORED)
    text = f"extends: ../省\nchanges:\n  {change}\n"
    with pytest.raises(LooserThanParentError, match=words):
        load_standard(write_standard(text, folder="县"))
    name = change.partition(":")[0]
    assert load_standard(write_standard(f"{text}looser_because: {{{name}: 会议纪要}}\n", folder="有理由的县"))


@pytest.mark.parametrize(
    "change",
    [
        "government: {findings: [met, piloting, partly, unmet]}",
        f"government: {{pass_score: [{{from: 2020-01-01, at_least: '9', source: {SOURCE}}}]}}",
        f"computed: {{deductions: [{DEDUCTION % ('1', '10', 'started')}]}}",
        f"computed: {{deductions: [{{check: books_in_all, source: {SOURCE}}}]}}",
    ],
)
def test_scoring_more_strictly_needs_none(write_standard, change):
    write_standard(STANDARD, folder="省", government=SCORED)
    assert load_standard(write_standard(f"extends: ../省\nchanges:\n  {change}\n", folder="县"))


UNFOUND = f"school_rule: {{%s, source: {SOURCE}}}\n"


@pytest.mark.parametrize(
    ("theirs", "ours", "loose"),
    [
        ("not_found: true", "at_least: 1", False),
        ("not_found: true", "score: {total: '100', at_least: '60'}", False),
        ("at_least: 1", "not_found: true", True),
        ("at_least: 1", "score: {total: '100', at_least: '60'}", True),
        ("score: {total: '100'}", "score: {total: '100', at_least: '60'}", False),
        ("score: {total: '100', at_least: '60'}", "score: {total: '100'}", True),
        ("score: {total: '100', at_least: '60'}", "score: {total: '100', at_least: '59'}", True),
        ("score: {total: '100', at_least: '60'}", "score: {total: '120', at_least: '60'}", True),
        ("at_least: 1, not_seen: 2", "at_least: 1, not_seen: 1", True),
    ],
)
def test_a_rule_that_was_not_found_may_be_filled_in_and_a_known_one_not_forgotten(write_standard, theirs, ours, loose):
    write_standard(STANDARD + UNFOUND % theirs, folder="省", resources=RESOURCES)
    overlay = f"extends: ../省\n{UNFOUND % ours}"
    if not loose:
        assert load_standard(write_standard(overlay, folder="县"))
        return
    with pytest.raises(LooserThanParentError, match="学校达标规则"):
        load_standard(write_standard(overlay, folder="县"))
    reason = "looser_because: {school_rule: 会议纪要}\n"
    assert load_standard(write_standard(overlay + reason, folder="有理由的县"))


def test_what_was_not_seen_may_be_replaced_by_what_it_says(write_standard):
    write_standard(STANDARD + UNFOUND % "not_found: true, not_seen: 1", folder="省", resources=RESOURCES)
    area = RESOURCES.replace("books_per_pupil", "area_per_pupil").replace("amount: books", "amount: land_area")
    adds = "adds:\n  resources:" + area.replace("\n", "\n    ")
    rule = UNFOUND % "not_found: true, not_seen: 0"
    assert load_standard(write_standard(f"extends: ../省\n{rule}{adds}", folder="县"))


def test_a_value_that_was_not_found_may_be_filled_in(write_standard):
    unfound = RESOURCES.replace('{at_least: "30"}', "{not_found: true}").replace("30册；", "")
    write_standard(STANDARD, folder="省", resources=unfound)
    change = f"{{thresholds: [{{from: 2020-01-01, primary: {{at_least: '10'}}, source: {SOURCE}}}]}}"
    assert load_standard(write_standard(f"extends: ../省\nchanges: {{books_per_pupil: {change}}}\n", folder="县"))

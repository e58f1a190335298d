"""What an overlay may not loosen without saying why."""

import re

import pytest
from repository import ROOT

from junheng.standards.errors import LooserThanParentError, StandardFileError
from junheng.standards.library import load_standard
from unit.standards.conftest import RESOURCES, SOURCE, STANDARD

YOUZHI = "extends: CN/youzhi_2017\nlabel: {zh: 测试省, en: Test}\nchanges:\n  "
UPPER = f"{{thresholds: [{{from: 2021-09-01, all: {{at_most: '7000'}}, source: {SOURCE}}}]}}"
MEAN = f"limits: [{{from: 2017-04-19, primary: {{cv_at_most: '0.5'}}, source: {SOURCE}}}]"
WITHOUT_PRIMARY = f"{{balance: [{{from: 2017-04-19, junior: {{cv_at_most: '0.45'}}, source: {SOURCE}}}]}}"
NULL_PRIMARY = WITHOUT_PRIMARY.replace("junior:", "primary: null, junior:")


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
        ("stages: [primary]", "stages", "判定的学段.*由 小学、初中 放宽为 小学"),
        ("split: {weights: {junior: '1'}}", "split", r"折算比例.*初中 1\.1.*放宽为.*初中 1，"),
        ("split: null", "split", "拆分办法.*初中 1.1，高中 1.32 放宽为 （无）"),
        (
            "split: {indicators: [teaching_area_per_pupil, equipment_value_per_pupil, multimedia_classrooms_per_100]}",
            "sports_area_per_pupil",
            "拆分办法.*由 拆分 放宽为 不拆分",
        ),
        ("campuses: {mode: merged}", "campuses", "校区的计算·mode.*由 separate 放宽为 merged"),
        ("campuses: {at_least: 500}", "campuses", "校区的计算·at_least.*由 50 放宽为 500"),
        ("compare: {mode: printed, digits: 0}", "compare", "数值的比较·mode.*由 exact 放宽为 printed"),
        ("balance_rule: {weights: none}", "balance_rule", "差异系数规则·加权.*由 按学生数加权 放宽为 不加权"),
        (f"sports_area_per_pupil: {WITHOUT_PRIMARY}", "sports_area_per_pupil", r"由 0\.50 放宽为 （无）"),
        (f"sports_area_per_pupil: {NULL_PRIMARY}", "sports_area_per_pupil", r"由 0\.50 放宽为 （无）"),
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


UNFOUND = f"school_rule: {{%s, source: {SOURCE}}}\n"
EASY = f"""
desks_per_pupil:
  label: {{zh: 生均课桌, en: Desks per pupil}}
  unit: 张
  formula: {{kind: per_pupil, amount: desks}}
  thresholds: [{{from: 2017-04-19, all: {{at_least: "0.1"}}, source: {SOURCE}}}]
"""
ADDS_EASY = "adds:\n  resources:" + EASY.replace("\n", "\n    ") + "\n"


def refused(write_standard, text, name, words):
    """Without a reason the overlay is refused in these words; with one it loads."""
    with pytest.raises(LooserThanParentError, match=words):
        load_standard(write_standard(text, folder="无理由"))
    return load_standard(write_standard(f"{text}looser_because: {{{name}: 会议纪要}}\n", folder="有理由"))


def test_an_indicator_added_beside_the_same_number_lets_one_more_be_missed(write_standard):
    text = f"extends: CN/youzhi_2017\n{ADDS_EASY}"
    refused(write_standard, text, "school_rule", "可以不达标的项数.*由 1 放宽为 2")
    tightened = f"{text}changes: {{school_rule: {{at_least: 7}}}}\n"
    assert load_standard(write_standard(tightened, folder="七项"))


@pytest.mark.parametrize("added", ["", "desks_per_pupil"])
def test_what_counts_for_the_school_rule_may_not_be_shortened_or_replaced(write_standard, added):
    counted = load_standard("CN/youzhi_2017").counted()
    names = [*counted[1:], *added.split()]
    required = f"extends: CN/youzhi_2017\n{ADDS_EASY if added else ''}required: [{', '.join(names)}]\n"
    words = f"计入学校达标判定的指标.*由 {'、'.join(counted)} 放宽为 {'、'.join(names)}"
    refused(write_standard, required, "required", words)


def test_every_school_meets_the_basic_standard_unless_a_reason_is_given(write_standard):
    change = "extends: CN/jiben_2012\nchanges: {basic_standard: {gate: false, judged: true}}\n"
    refused(write_standard, change, "basic_standard", "各校达到办学基本标准.*由 有 放宽为 （无）")


EQUIPMENT = "extends: CN-52/banxue\nchanges: {equipment_value: {thresholds: [{from: 2012-01-20, %s, source: %s}]}}\n"
SMALL, LARGE = "{where: {classes: {at_most: '%s'}}, at_least: '%s'}", "{at_least: '%s'}"
BETWEEN = "{where: {classes: {above: '6', at_most: '12'}}, at_least: '40000'}"
RURAL = "{where: {location: rural}, at_least: '35000'}"
JUNIOR = f"junior: [{SMALL % (9, 100000)}, {LARGE % 150000}]"


@pytest.mark.parametrize(
    ("primary", "words"),
    [
        (f"[{LARGE % 35000}]", "由 50000 放宽为 35000"),
        (f"[{SMALL % (12, 35000)}]", "由 ≥ 50000 放宽为 （无）"),
        (f"[{SMALL % (9999, 35000)}, {LARGE % 50000}]", "由 ≥ 50000 放宽为 classes ≤ 9999的 ≥ 35000"),
        (f"[{SMALL % (12, 34000)}, {LARGE % 50000}]", "由 classes ≤ 12的 ≥ 35000 放宽为 classes ≤ 12的 ≥ 34000"),
        (
            f"[{RURAL}, {SMALL % (12, 35000)}, {LARGE % 50000}]",
            "location为rural",
        ),
    ],
)
def test_a_limit_for_certain_schools_may_not_be_dropped_moved_or_widened(write_standard, primary, words):
    text = EQUIPMENT % (f"primary: {primary}, {JUNIOR}", SOURCE)
    refused(write_standard, text, "equipment_value", words)


@pytest.mark.parametrize(
    "primary",
    [
        f"[{SMALL % (12, 35000)}, {LARGE % 60000}]",
        f"[{SMALL % (6, 35000)}, {LARGE % 50000}]",
        f"[{{where: {{location: urban}}, at_least: '55000'}}, {SMALL % (12, 35000)}, {LARGE % 50000}]",
        f"[{SMALL % (6, 35000)}, {BETWEEN}, {LARGE % 50000}]",
        f"[{LARGE % 50000}]",
    ],
)
def test_more_and_higher_limits_for_certain_schools_need_no_reason(write_standard, primary):
    assert load_standard(write_standard(EQUIPMENT % (f"primary: {primary}, {JUNIOR}", SOURCE)))


ROOMS = "extends: CN-13/banxue\nchanges: {special_rooms: {thresholds: [{from: 2012-01-20, primary: %s, source: %s}]}}\n"
TIER = "{where: {pupils: {at_least: '%s'}}, at_least: '%s'}"
CLASSES = "{where: {classes: {at_least: '12'}}, at_least: '12'}"


@pytest.mark.parametrize(
    "primary",
    [
        LARGE % 4,
        f"[{TIER % (270, 12)}, {TIER % (100, 8)}, {LARGE % 4}]",
        f"[{CLASSES}, {TIER % (9999, 12)}, {TIER % (100, 8)}, {LARGE % 4}]",
        f"[{CLASSES}, {TIER % (100, 8)}, {TIER % (270, 12)}, {LARGE % 4}]",
    ],
    ids=["one tier", "a tier dropped", "a tier nobody reaches", "another order"],
)
def test_the_tiers_of_a_limit_stay(write_standard, primary):
    refused(write_standard, ROOMS % (primary, SOURCE), "special_rooms", "的 ≥ 12 放宽为")


def test_what_was_not_seen_is_not_forgotten_when_the_rule_is_filled_in(write_standard):
    change = "extends: CN-13/banxue\nchanges: {school_rule: {not_found: false, at_least: 1, not_seen: 0}}\n"
    refused(write_standard, change, "school_rule", "内容未见的项数.*由 8 放宽为 0")
    assert load_standard(write_standard(change.replace("not_seen: 0", "not_seen: 8"), folder="补上规则"))


def test_a_school_must_meet_at_least_one_indicator(write_standard):
    change = "extends: CN-13/banxue\nchanges: {school_rule: {not_found: false, at_least: 0}}\n"
    with pytest.raises(StandardFileError, match=r"school_rule\.at_least"):
        load_standard(write_standard(change))


def test_an_indicator_of_the_same_name_elsewhere_is_no_substitute(write_standard):
    figures = "primary: {at_least: '1'}, junior: {at_least: '1'}"
    lax = f"{{thresholds: [{{from: 2020-01-01, {figures}, source: {SOURCE}}}]}}"
    strict = RESOURCES.replace("\n", "\n          ")
    item = f"a:\n      label: {{zh: 甲, en: a}}\n      source: {SOURCE}\n      checks:{strict}"
    part = f"label: {{zh: 资格, en: e}}\nsource: {SOURCE}\nitems: {{}}\n"
    write_standard(STANDARD, folder="省", resources=RESOURCES, eligibility=part)
    text = f"extends: ../省\nchanges: {{books_per_pupil: {lax}}}\nadds:\n  eligibility:\n    {item}\n"
    with pytest.raises(LooserThanParentError, match="由 30 放宽为 1"):
        load_standard(write_standard(text, folder="县"))


@pytest.mark.parametrize(
    "change",
    [
        "stages: [primary]",
        "split: null",
        "campuses: {merge: {school_kind: '218'}}",
        "school_rule: {at_least: 5}",
        "school_rule: null",
        "balance_rule: {weights: none}",
        "teacher_pay: {judged: false}",
        "migrant_share: {formula: {amount: {primary: migrants_eligible, junior: staff}}}",
        f"special_funds_per_pupil: {UPPER}",
        f"sports_area_per_pupil: {WITHOUT_PRIMARY}",
        f"leave_out: [{{label: {{zh: 民办, en: p}}, where: {{operator: private}}, source: {SOURCE}}}]",
    ],
)
def test_the_english_message_names_the_place_and_the_next_step_without_chinese(write_standard, change):
    with pytest.raises(LooserThanParentError) as refusal:
        load_standard(write_standard(f"{YOUZHI}{change}\n", folder="overlay"))
    said = refusal.value.message("en")
    name = change.partition(":")[0]
    assert not re.search(r"[\u3000-\u9fff（）]", said)
    assert f"loosens {name} (“" in said
    assert f"looser_because: {{{name}: reason}}" in said


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
        (f"government: {{pass_score: [{{from: 2020-01-01, at_least: '7', source: {SOURCE}}}]}}", "合格线.*8 放宽为 7"),
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


GIFT = f"adds: {{government: {{gift: {{label: {{zh: 赠分, en: Gift}}, points: '10', source: {SOURCE}}}}}}}\n"


def test_a_total_that_grows_by_a_gift_needs_a_reason(write_standard):
    write_standard(STANDARD, folder="省", government=SCORED)
    mark = f"pass_score: [{{from: 2020-01-01, at_least: '16', source: {SOURCE}}}]"
    text = f"extends: ../省\nchanges: {{government: {{total: '20', {mark}}}}}\n{GIFT}"
    refused(write_standard, text, "government", "政府·满分.*由 10 放宽为 20")


def test_a_total_and_pass_mark_that_are_forgotten_need_a_reason(write_standard):
    write_standard(STANDARD, folder="省", government=SCORED)
    refused(write_standard, "extends: ../省\nchanges: {government: {total: null}}\n", "government", "由 10 放宽为 未见")
    part = "\n".join(line for line in SCORED.splitlines() if not line.startswith("pass_score"))
    with pytest.raises(LooserThanParentError, match=r"合格线.*由 8 放宽为 （无）"):
        load_standard(write_standard("extends: ../省\n", folder="没有合格线", government=part))


def test_points_for_a_new_indicator_beyond_the_total_need_a_reason(write_standard):
    rule = "score: {total: '100', at_least: '60'}"
    scored = f"{RESOURCES}  points: '100'\n"
    write_standard(STANDARD + UNFOUND % rule, folder="省", resources=scored)
    text = f"extends: ../省\n{ADDS_EASY.rstrip()}\n      points: '100'\n"
    refused(write_standard, text, "school_rule", "各项分值之和.*由 100 放宽为 200")


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
    change = f"{{thresholds: [{{from: 2020-01-01, primary: {{at_least: '10'}}, %s source: {SOURCE}}}]}}"
    text = f"extends: ../省\nchanges: {{books_per_pupil: {change}}}\n"
    assert load_standard(write_standard(text % "junior: {at_least: '40'},", folder="县"))
    with pytest.raises(LooserThanParentError, match="由 ≥ 40 放宽为 （无）"):
        load_standard(write_standard(text % "", folder="漏了初中的县"))
    with pytest.raises(LooserThanParentError, match="由 ≥ 40 放宽为 值未见"):
        load_standard(write_standard(text % "junior: {not_found: true},", folder="忘了初中的县"))

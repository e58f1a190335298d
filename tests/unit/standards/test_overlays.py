from decimal import Decimal

import pytest

from junheng.standards.errors import AmbiguousChangeError, LooserThanParentError, OverlayError
from junheng.standards.library import load_standard

SOURCE = "{document: moe-jd-2017-6, confidence: inferred, read_in: 测试}"
HEAD = "label: {zh: 测试省, en: Test}\n"


def quality(figure, reason=""):
    return f"""extends: CN/youzhi_2017
{HEAD}changes:
  multimedia_classrooms_per_100:
    thresholds:
      - from: 2021-09-01
        primary: {{at_least: "{figure}"}}
        junior: {{at_least: "2.6"}}
        {reason}
        source: {SOURCE}
"""


def test_an_overlay_changes_only_what_it_lists(write_standard):
    standard = load_standard(write_standard(quality("2.5")))
    parent = load_standard("CN/youzhi_2017")
    values = [
        entry.limits("primary")[0].value for entry in standard.resources["multimedia_classrooms_per_100"].thresholds
    ]
    assert values == [Decimal("2.3"), Decimal("2.5")]
    assert standard.label.zh == "测试省"
    assert standard.ancestors == ("CN/youzhi_2017",)
    others = [name for name in parent.resources if name != "multimedia_classrooms_per_100"]
    assert [standard.resources[name] for name in others] == [parent.resources[name] for name in others]
    assert standard.government == parent.government


def test_a_looser_limit_is_refused_and_the_message_has_both(write_standard):
    with pytest.raises(LooserThanParentError, match=r"网络多媒体教室.*2021-09-01.*2\.3 放宽为 2\.0"):
        load_standard(write_standard(quality("2.0")))


def test_a_looser_limit_with_its_reason_is_accepted(write_standard):
    folder = write_standard(quality("2.0", "looser_because: 省教育厅会议纪要"))
    assert (
        load_standard(folder).resources["multimedia_classrooms_per_100"].thresholds[1].limits("primary")[0].value == 2
    )


def test_a_looser_limit_for_some_schools_is_refused_too(write_standard):
    tiered = quality("2.3").replace(
        'primary: {at_least: "2.3"}', 'primary: [{where: {location: rural}, at_least: "2.0"}, {at_least: "2.3"}]'
    )
    with pytest.raises(LooserThanParentError):
        load_standard(write_standard(tiered))


@pytest.mark.parametrize(
    "changes",
    [
        f"compulsory_pupils: {{thresholds: [{{from: 2021-09-01, all: {{at_most: '2600'}}, source: {SOURCE}}}]}}",
        f"sports_area_per_pupil: {{balance: [{{from: 2021-09-01, junior: {{cv_at_most: '0.5'}}, source: {SOURCE}}}]}}",
    ],
)
def test_upper_limits_and_cv_limits_may_not_rise(write_standard, changes):
    with pytest.raises(LooserThanParentError):
        load_standard(write_standard(f"extends: CN/youzhi_2017\n{HEAD}changes:\n  {changes}\n"))


@pytest.mark.parametrize(
    "changes",
    [
        f"balance_rule: {{limits: [{{from: 2015-01-01, junior: {{cv_at_most: '0.60'}}, source: {SOURCE}}}]}}",
        f"government: {{pass_score: [{{from: 2015-01-01, at_least: '80', source: {SOURCE}}}]}}",
    ],
)
def test_the_mean_and_the_pass_mark_may_not_be_loosened(write_standard, changes):
    with pytest.raises(LooserThanParentError):
        load_standard(write_standard(f"extends: CN/jiben_2012\n{HEAD}changes:\n  {changes}\n"))


def test_what_the_parent_does_not_have_cannot_be_changed(write_standard):
    with pytest.raises(OverlayError, match="swimming_pools"):
        load_standard(write_standard(f"extends: CN/youzhi_2017\n{HEAD}changes: {{swimming_pools: {{unit: 个}}}}\n"))


TWICE = f"""
label: {{zh: 政府, en: Government}}
source: {SOURCE}
items:
  library:
    label: {{zh: 图书, en: Books}}
    source: {SOURCE}
    checks:
      library:
        label: {{zh: 图书, en: Books}}
        unit: 册
        level: county
        formula: {{kind: amount, amount: books, over: schools}}
        thresholds: [{{from: 2020-01-01, all: {{at_least: "60"}}, source: {SOURCE}}}]
"""


def test_a_name_that_stands_for_several_is_refused_and_all_are_named(write_standard):
    write_standard(folder="省", government=TWICE)
    change = "extends: ../省\nchanges: {library: {label: {zh: 藏书, en: Holdings}}}\n"
    with pytest.raises(AmbiguousChangeError) as refused:
        load_standard(write_standard(change, folder="县"))
    for language in ("zh", "en"):
        said = refused.value.message(language)
        assert "government.items.library, government.items.library.checks.library" in said
        assert "changes: {government: {items: {library: {checks: {library: …}}}}}" in said


def test_the_whole_way_changes_the_one_that_is_meant(write_standard):
    write_standard(folder="省", government=TWICE)
    label = "{label: {zh: 藏书, en: Holdings}}"
    change = f"extends: ../省\nchanges: {{government: {{items: {{library: {{checks: {{library: {label}}}}}}}}}}}\n"
    item = load_standard(write_standard(change, folder="县")).government.items["library"]
    assert (item.label.zh, item.checks["library"].label.zh) == ("图书", "藏书")


def test_new_items_are_added(write_standard):
    item = f"{{label: {{zh: 校车安全, en: School buses}}, source: {SOURCE}}}"
    folder = write_standard(f"extends: CN/youzhi_2017\n{HEAD}adds: {{government: {{school_buses: {item}}}}}\n")
    assert list(load_standard(folder).government.items)[-1] == "school_buses"


def test_a_county_gives_the_seventeen_items_their_points(write_standard):
    names = list(load_standard("CN/jiben_2012").government.items)
    points = "".join(f"  {name}: {{points: '{20 if name == names[0] else 5}'}}\n" for name in names)
    standard = load_standard(write_standard(f"extends: CN/jiben_2012\n{HEAD}changes:\n{points}"))
    assert sum(item.points for item in standard.government.items.values()) == 100


def test_an_overlay_of_an_overlay_knows_both(write_standard):
    write_standard(quality("2.5"), folder="省")
    county = write_standard("extends: ../省\nlabel: {zh: 县, en: County}\n", folder="县")
    standard = load_standard(county)
    assert standard.ancestors == ("省", "CN/youzhi_2017")
    assert standard.resources["multimedia_classrooms_per_100"].thresholds[-1].limits("primary")[0].value == Decimal(
        "2.5"
    )

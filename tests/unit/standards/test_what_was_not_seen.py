"""Rules that were read in tools, notices or only in part say so, and do not decide before their day."""

from datetime import date

import pytest

from junheng.standards.library import load_standard
from junheng.standards.on_day import on_day

TOOL = "算法见于评估工具，办法原文未见"


def check_source(standard, name):
    return dict(standard.indicators())[name].thresholds[0].source


@pytest.mark.parametrize("standard", ["CN/jiben_2012", "CN-37/jiben_2012"])
def test_satisfaction_does_not_decide_before_2014(standard):
    whole = load_standard(standard)
    before, after = on_day(whole, date(2013, 12, 31)), on_day(whole, date(2014, 1, 1))
    assert before.satisfaction is None
    assert "satisfaction" not in dict(before.parts())
    assert [*after.satisfaction.items] == ["questionnaire_satisfaction", "visit_satisfaction"]


def test_the_day_of_the_satisfaction_mark_is_not_known():
    source = check_source(load_standard("CN/jiben_2012"), "questionnaire_satisfied_share")
    assert source.confidence == "inferred"
    assert "具体日期不知" in source.place
    assert "重要参考" in source.place


@pytest.mark.parametrize(
    "name", ["zone_enrolment_share", "senior_places_share", "migrant_share", "three_year_retention"]
)
def test_what_was_read_in_tools_is_inferred(name):
    source = check_source(load_standard("CN/youzhi_2017"), name)
    assert source.confidence == "inferred"
    assert TOOL in source.place


def test_of_the_fifteen_items_the_last_two_were_not_read_in_the_text():
    items = load_standard("CN/youzhi_2017").government.items.values()
    assert [item.number for item in items if item.source.confidence != "seen"] == [14, 15]


def test_counting_rooms_of_each_kind_and_rounding_up_is_inferred():
    standard = load_standard("CN/youzhi_2017")
    sources = [check_source(standard, name) for name in ("music_rooms_for_classes", "art_rooms_for_classes")]
    assert {source.confidence for source in sources} == {"inferred"}


def test_visits_do_not_decide_nationally():
    standard = load_standard("CN/youzhi_2017")
    assert [*standard.satisfaction.items] == ["questionnaire_recognition"]
    assert "地方标准可以增加" in standard.satisfaction.items["questionnaire_recognition"].note.zh


def test_the_veto_and_the_part_ask_the_same_recognition_on_every_date():
    checks = dict(load_standard("CN/youzhi_2017").indicators())
    veto, part = checks["recognition_floor"], checks["questionnaire_satisfied_share"]
    assert veto.formula == part.formula

    def asked(check):
        return [(entry.since, entry.ends, entry.limits(None)) for entry in check.thresholds]

    assert asked(veto) == asked(part)


def test_merging_small_campuses_is_inferred():
    source = load_standard("CN/youzhi_2017").campuses.source
    assert (source.confidence, source.printed) == ("inferred", "50人以上")


def test_small_scale_is_read_as_the_largest_class_only():
    source = load_standard("CN/youzhi_2017").relaxations["rooms_of_small_rural_schools"].source
    assert source.confidence == "inferred"
    assert "小规模只按最大班额不足30人理解" in source.place

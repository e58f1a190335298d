from datetime import date

import pytest

from example import COUNTY
from junheng import workflow
from junheng.standards.across import asked_across
from junheng.standards.applying import applying, basic_standard
from junheng.standards.errors import UnknownRegionError
from junheng.standards.library import load_standard
from junheng.standards.regions import provinces, region_label
from junheng.store.snapshot import Store
from unit.standards.conftest import RESOURCES

DAY = date(2025, 12, 31)


@pytest.fixture
def installed(write_standard):
    """Standards under the ids that they would have in the library."""

    def install(name, *, ancestors=(), purpose="gate", since="2020-01-01", ends=None):
        standard = load_standard(write_standard(resources=RESOURCES, folder=name.replace("/", "_")))
        force = standard.in_force.model_copy(
            update={"since": date.fromisoformat(since), "ends": date.fromisoformat(ends) if ends else None}
        )
        update = {"id": name, "ancestors": ancestors, "purpose": purpose, "in_force": force}
        return standard.model_copy(update=update)

    return install


def ids(found):
    return [entry.standard.id for entry in found]


def test_national_provincial_and_county_standards_apply_and_others_do_not(installed):
    names = ["CN/a", "CN-37/b", "CN-3701/c", "CN-370102/d", "CN-13/e", "CN-370103/f", "CN-unattributed/g"]
    standards = [installed(name) for name in names]
    found = applying("370102", DAY, standards=standards)
    assert sorted(ids(found)) == ["CN-37/b", "CN-3701/c", "CN-370102/d", "CN/a"]
    assert {entry.standard.id: entry.because for entry in found}["CN/a"] == "national"


def test_an_overlay_replaces_what_it_extends_in_its_own_region_only(installed):
    standards = [installed("CN/a", purpose="evaluation")]
    standards += [installed("CN-37/a", purpose="evaluation", ancestors=("CN/a",))]
    inside, outside = (applying(code, DAY, standards=standards) for code in ("370102", "130102"))
    assert ids(inside) == ["CN-37/a"]
    assert "代替 CN/a" in inside[0].why()
    assert ids(outside) == ["CN/a"]


def test_what_serves_another_purpose_replaces_nothing(installed):
    standards = [installed("CN/a", purpose="evaluation"), installed("CN-37/b", ancestors=("CN/a",))]
    assert len(applying("370102", DAY, standards=standards)) == 2


def test_only_what_is_in_force_applies_and_the_newest_stands_first(installed):
    standards = [installed("CN-37/old", since="2012-01-01", ends="2019-12-31")]
    standards += [installed("CN-37/early", since="2013-01-01"), installed("CN-37/late", since="2021-01-01")]
    assert ids(applying("370102", DAY, standards=standards)) == ["CN-37/late", "CN-37/early"]
    assert ids(applying("370102", date(2015, 1, 1), standards=standards)) == ["CN-37/early", "CN-37/old"]


def test_a_standard_of_no_known_province_is_a_candidate_only_where_the_province_has_none(installed):
    standards = [installed("CN-37/b"), installed("CN-unattributed/g")]
    assert ids(applying("370102", DAY, standards=standards)) == ["CN-37/b"]
    (candidate,) = applying("130102", DAY, standards=standards)
    assert (candidate.standard.id, candidate.because) == ("CN-unattributed/g", "candidate")
    assert basic_standard([candidate]) is None


def test_the_basic_standard_is_that_of_the_smallest_region(installed):
    standards = [installed("CN-37/b", since="2024-01-01"), installed("CN-3701/c", since="2020-01-01")]
    assert basic_standard(applying("370102", DAY, standards=standards)).id == "CN-3701/c"


@pytest.mark.parametrize("code", ["980101", "37010", "济南", "", "3701021"])
def test_a_code_that_is_none_is_refused_with_the_known_ones(code):
    with pytest.raises(UnknownRegionError, match="370102"):
        applying(code, DAY)


def test_every_province_has_a_name_in_both_languages():
    assert len(provinces().keys() - {"99"}) == 34  # 99 is the invented one of the examples
    assert region_label("CN-37") == ("山东省", "Shandong")
    assert region_label("CN-unattributed").zh == "省份不明"


def test_shandong_uses_its_overlay_instead_of_the_national_standard():
    found = {entry.standard.id: entry for entry in applying("370102", DAY)}
    assert found["CN-37/jiben_2012"].replaces == ("CN/jiben_2012",)
    assert "CN/jiben_2012" not in found


def test_one_requirement_is_found_across_standards_under_other_names(write_standard):
    first = load_standard(write_standard(resources=RESOURCES, folder="甲"))
    renamed = RESOURCES.replace("books_per_pupil", "volumes").replace("生均图书册数", "人均藏书")
    second = load_standard(write_standard(resources=renamed, folder="乙"))
    for asked in ({"name": "books_per_pupil"}, {"name": "生均图书"}, {"column": "books"}):
        found = asked_across([first, second], **asked)
        assert [(entry.standard.id, entry.name) for entry in found] == [("甲", "books_per_pupil"), ("乙", "volumes")]


def test_what_is_judged_by_itself_leaves_the_candidates_out(tmp_path):
    found, gate = workflow.applying_to(COUNTY, on=DAY, store=Store(tmp_path / "store"))
    assert set(found) == {"CN/jiben_2012", "CN/xueqian_2020", "CN/youzhi_2017"}
    assert gate is None

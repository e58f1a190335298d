"""What the rosters are used for: held against filed data, filling blanks, the structure of the staff."""

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from junheng.reporting.rosters.comparison import Status, compare
from junheng.reporting.rosters.sheets import as_csv, structure_sheets
from junheng.store.snapshot import Store
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset, Origin
from junheng.verdict.judge import judge
from junheng.workflow.rosters import (
    FillingRefusedError,
    NoCommonYearError,
    RosterEmptyError,
    RosterRefusedError,
    compare_rosters,
    fill_from_rosters,
    load_rosters,
    roster_structure,
    roster_template,
    sum_rosters,
)
from small_roster import YEAR, a_class, person, rosters

FILED = load_tables()
SCHOOLS = [
    {"school_code": code, "school_name": f"{code}小学", "town": town, "county_code": "330106"}
    for code, town in (("A", "东镇"), ("B", "西镇"))
]


def filed(stages, years=(), schools=SCHOOLS, origin=None):
    """A dataset with rows of 学段情况 and 办学条件."""
    frames = {name: table.empty() for name, table in FILED.tables.items()}
    defaults = {"school_year": YEAR, "stage": "primary", "school_code": "A"}
    frames["school"] = pl.DataFrame(schools, schema=FILED["school"].schema)
    frames["stage_year"] = pl.DataFrame([{**defaults, **row} for row in stages], schema=FILED["stage_year"].schema)
    frames["school_year"] = pl.DataFrame(
        [{"school_year": YEAR, **row} for row in years], schema=FILED["school_year"].schema
    )
    return Dataset(FILED, frames, {"stage_year": origin} if origin else {}, "县数据")


def test_every_status_of_a_figure():
    roster = rosters(person(1), person(2, title=None), person(3, school_code="C"))
    data = filed(
        [{"teachers": 3, "teachers_bachelor": 2, "teachers_mid_title": 1}, {"school_code": "B", "teachers": 9}]
    )
    found = compare(sum_rosters(roster), data)
    told = {(entry.school_code, entry.column): entry for entry in found.differences}
    assert (told["A", "teachers"].filed, told["A", "teachers"].summed, told["A", "teachers"].difference) == (3, 2, -1)
    assert told["A", "teachers"].status is Status.DIFFERS
    assert (told["A", "teachers_mid_title"].status, told["A", "teachers_mid_title"].blanks) == (Status.OPEN, 1)
    assert (told["A", "teachers_pe"].status, told["A", "teachers_pe"].summed) == (Status.BLANK, 0)
    assert ("A", "teachers_bachelor") not in told
    assert told["B", ""].status is Status.NO_ROSTER
    assert told["C", ""].status is Status.NOT_FILED
    assert found.agreeing == 1
    assert not found.agrees


def test_differences_name_the_filed_cell_and_the_school():
    origin = Origin("县.xlsx", "学段情况", {"teachers": "D"}, (7,))
    data = filed([{"teachers": 3}], origin=origin)
    (entry,) = (e for e in compare(sum_rosters(rosters(person(1))), data).differences if e.column == "teachers")
    assert (entry.cell, entry.school_name, entry.label) == ("学段情况!D7", "A小学", "专任教师数")


def test_a_year_that_only_one_side_has_is_not_compared():
    data = filed([{"teachers": 1}, {"teachers": 5, "school_year": YEAR - 1}])
    assert {entry.school_year for entry in compare(sum_rosters(rosters(person(1))), data).differences} == {YEAR}
    with pytest.raises(NoCommonYearError, match="花名册是 2024 学年的，数据是 2025 学年的"):
        compare_rosters(rosters(person(1, school_year=YEAR - 1)), filed([{"teachers": 1}]))


def test_blanks_are_filled_and_say_where_from_and_nothing_filed_changes(tmp_path):
    from example import county_dataset

    county, store = county_dataset(), Store(tmp_path)
    school = "9901010090"  # filed no number of backbone teachers in 2025
    people = [
        person(n, school_code=school, stage="junior", backbone_level="city" if n < 9 else "no", title=None)
        for n in range(72)
    ]
    done = fill_from_rosters(rosters(*people), county, store=store)
    own = (pl.col("school_code") == school) & (pl.col("school_year") == YEAR)
    (row,) = done.dataset["stage_year"].filter(own).to_dicts()
    assert row["backbone_teachers"] == 9
    place = done.dataset["stage_year"].with_row_index().filter(own)["index"][0]
    assert done.dataset.cell("stage_year", place, "backbone_teachers") == "花名册 花名册!汇总"
    assert done.dataset.cell("stage_year", place, "teachers") == county.cell("stage_year", place, "teachers")
    known = county["stage_year"].drop("note")
    for column in known.columns:
        kept = done.dataset["stage_year"].filter(county["stage_year"][column].is_not_null())[column]
        assert kept.equals(county["stage_year"][column].drop_nulls()), column
    assert (
        store.open(done.dataset.snapshot, FILED).cell("stage_year", place, "backbone_teachers") == "花名册 花名册!汇总"
    )


def test_an_open_amount_fills_nothing(tmp_path):
    roster = rosters(person(1), person(2, backbone_level=None))
    done = fill_from_rosters(roster, filed([{"teachers": 2}]), store=Store(tmp_path))
    (row,) = done.dataset["stage_year"].to_dicts()
    assert (row["teachers_pe"], row["backbone_teachers"]) == (0, None)


def test_figures_that_contradict_the_filed_ones_are_not_stored(tmp_path):
    roster = rosters(person(1, subject="pe"), person(2, subject="pe"))
    with pytest.raises(FillingRefusedError, match="各学历之和为 2 人"):
        fill_from_rosters(roster, filed([{"teachers": 1}]), store=Store(tmp_path))
    assert list(Store(tmp_path).snapshots()) == []


def test_the_structure_by_town():
    people = [person(n, degree=degree, birth_year=YEAR - age) for n, (degree, age) in enumerate(
        [("bachelor", 30), ("associate", 31), ("secondary", 50), ("master", 51)]
    )]  # fmt: skip
    people += [
        person(10, school_code="B", stage="junior", degree="associate"),
        person(11, school_code="B", post="worker"),
    ]
    # a worker's 任教学段 makes no primary stage
    roster = rosters(*people, classes=[a_class("1", 50), a_class("7", 30, 7, "B")], schools=SCHOOLS)
    found = roster_structure(roster, by="town")
    rows = {(row.group, row.stage): row for row in found.rows}
    assert list(rows) == [
        ("东镇", "小学"), ("东镇", "合计"), ("西镇", "初中"), ("西镇", "合计"),
        ("合计", "小学"), ("合计", "初中"), ("合计", "合计"),
    ]  # fmt: skip
    lines = {line.name: line for part in found.parts for line in part.lines}
    east, west = rows["东镇", "小学"], rows["西镇", "初中"]
    assert east.share(lines["above_required"]) == Fraction(3, 4), "小学 counts 专科 and above"
    assert west.share(lines["above_required"]) == 0, "初中 counts 本科 and above"
    assert [east.counts[name].amount for name in ("age_30", "age_40", "age_50", "age_over_50")] == [1, 1, 1, 1]
    assert east.share(lines["age_sum"]) == Fraction(30 + 31 + 50 + 51, 4)
    whole = rows["西镇", "合计"]
    assert (whole.pupils_per("teachers"), whole.pupils_per("staff")) == (30, 15)
    assert west.pupils_per("staff") is None, "staff have no stage"
    assert rows["合计", "合计"].pupils_per("teachers") == Fraction(80, 5)


def test_the_structure_says_what_is_not_known():
    roster = rosters(person(1, birth_year=None), person(2), schools=SCHOOLS)
    (row, _) = roster_structure(roster, by="county").rows
    assert (row.counts["age_40"].amount, row.counts["age_40"].blanks) == (None, 1)
    assert row.counts["teachers_bachelor"].amount == 2
    assert row.pupils.amount is None
    text = {name: as_csv((name, note, columns, rows)) for name, note, columns, rows in structure_sheets(
        roster_structure(roster, by="county")
    )}  # fmt: skip
    assert "31—40岁（1 人不详）" in text["年龄"]
    assert "330106,2025,小学,2,0,0,0,0,2,1,0,0,0,0,2,1," in text["学历"]


def test_pupils_of_the_filed_data_where_there_are_no_classes():
    data = filed([{"pupils": 44, "teachers": 2}])
    (row, _) = roster_structure(rosters(person(1), person(2)), data=data).rows
    assert (row.group, row.pupils_per("teachers")) == ("A小学", 22)


def test_what_is_wrong_with_rosters_is_said(tmp_path):
    with pytest.raises(RosterRefusedError, match="出现了 2 次"):
        load_rosters(rosters(person(1), person(1)))
    with pytest.raises(RosterRefusedError, match="身份证号") as caught:
        load_rosters(rosters({**person(1), "staff_no": "330106198507012345"}))
    assert "330106198507012345" not in str(caught.value), "the number itself must not be repeated"
    with pytest.raises(RosterEmptyError):
        load_rosters(rosters())
    with pytest.raises(RosterEmptyError):
        roster_structure(rosters(classes=[a_class("1", 30)]))
    template = tmp_path / "模板.xlsx"
    roster_template(template)
    with pytest.raises(RosterEmptyError):
        sum_rosters(template)


def test_a_filled_dataset_is_judged():
    from datetime import date

    from example import county_dataset
    from junheng.intake.roster_fill import filled
    from junheng.standards.library import load_standard

    county = county_dataset()
    own = (pl.col("school_code") == "9901010090") & (pl.col("school_year") == YEAR)
    amounts = (
        county["stage_year"].filter(own).select("school_code", "school_year", "stage", backbone_teachers=pl.lit(9))
    )
    changed, fillings = filled(replace(county), {"stage_year": amounts}, "花名册")
    assert len(fillings) == 1
    judged = judge(changed, load_standard("CN/youzhi_2017"), date(2025, 12, 31))
    (row,) = judged.rows.filter(school_code="9901010090").to_dicts()
    assert row["backbone_teachers_per_100__value"] == pytest.approx(100 * 9 / row["pupils"], rel=1e-12)


def of_structure(*people, **given):
    return {(row.group, row.stage): row for row in roster_structure(rosters(*people, **given)).rows}


def test_two_schools_of_one_name_are_two_groups():
    """And two towns of one name, of two counties."""
    schools = [
        {"school_code": code, "school_name": "中心小学", "town": "城关镇", "county_code": county}
        for code, county in (("A", "330106"), ("B", "330107"))
    ]
    roster = rosters(person(1), person(2), person(3, school_code="B"), schools=schools)
    for by, groups in (
        ("school", ["中心小学（A）", "中心小学（B）"]),
        ("town", ["城关镇（330106）", "城关镇（330107）"]),
    ):
        rows = [row for row in roster_structure(roster, by=by).rows if row.stage == "小学"]
        assert [(row.group, row.teachers.amount) for row in rows] == [*zip(groups, (2, 1), strict=True), ("合计", 3)]


def test_staff_of_senior_pupils_is_in_no_ratio_with_others():
    """C teaches juniors and seniors; D is senior only and does not stand here."""
    found = of_structure(
        person(1),
        person(2, school_code="C", stage="junior"),
        person(3, school_code="C", stage="senior"),
        person(4, school_code="D", stage="senior"),
        classes=[a_class(1, 30), a_class(1, 50, grade=7, school="C")],
    )
    assert {group for group, _ in found} == {"A", "C", "合计"}
    assert (found["A", "合计"].staff.amount, found["A", "合计"].pupils_per("staff")) == (1, 30)
    assert (found["C", "合计"].staff.amount, found["C", "合计"].pupils_per("staff")) == (2, None)
    assert found["C", "合计"].pupils_per("teachers") == 50
    assert (found["合计", "合计"].staff.amount, found["合计", "合计"].pupils_per("staff")) == (3, None)


def test_a_school_that_nobody_can_place_leaves_the_whole_open():
    """B fills in no stage at all: its two teachers are of some stage, so no total is known."""
    people = (person(1), person(2, school_code="B", stage=None), person(3, school_code="B", stage=None))
    found = of_structure(*people)
    assert found["A", "小学"].teachers.amount == 1
    for stage in ("小学", "合计"):
        whole = found["合计", stage].teachers
        assert (whole.amount, whole.blanks) == (None, 2)
    assert found["B", "合计"].teachers.blanks == 2
    assert found["合计", "合计"].staff.amount == 3
    told = {
        (entry.school_code, entry.stage): (entry.status, entry.blanks)
        for entry in compare(sum_rosters(rosters(*people)), filed([{}, {"school_code": "B"}])).differences
        if not entry.column
    }
    assert told["B", "primary"] == (Status.OPEN, 2)

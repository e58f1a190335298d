"""阶段目标 and 复查材料: plan beside fact, and what is known of the years since recognition."""

from datetime import date

import polars as pl
import pytest
from openpyxl import Workbook
from watched_frames import counties

from junheng.monitoring.errors import NoTargetsError, TargetRegionError, TargetsRefusedError
from junheng.monitoring.recheck import recheck
from junheng.monitoring.targets import Targets, due, progress, read_targets

VERDICTS = pl.concat(
    [
        counties({2023: "unmet", 2024: "met", 2025: "met"}),
        counties({2023: "unmet", 2024: "met", 2025: "unmet"}, county="330102", name="合成二县"),
        counties({2023: "unmet", 2024: "unmet", 2025: "unmet"}, county="330103", name="合成三县"),
        counties({2023: "unmet", 2024: "unknown", 2025: "unknown"}, county="330104", name="合成四县"),
    ]
)


def planned(shares=(), listed=()):
    return Targets(
        pl.DataFrame(shares, schema={"region": pl.String, "target_year": pl.Int64, "share": pl.Float64}, orient="row"),
        pl.DataFrame(
            [(code, None, year) for code, year in listed],
            schema={"county_code": pl.String, "county_name": pl.String, "recognise_by": pl.Int64},
            orient="row",
        ),
    )


def test_the_curve_says_plan_fact_and_gap():
    """Half of four counties pass in 2024, one in 2025; 40 % of four are two counties. 2026 is not judged yet."""
    found = progress(planned([("33", 2024, 40.0), ("33", 2025, 40.0), ("33", 2026, 100.0)]), VERDICTS)
    columns = ("school_year", "planned_share", "passed", "share", "gap", "needed")
    assert found.select(columns).rows() == [
        (2023, None, 0, 0.0, None, None),
        (2024, 40.0, 2, 50.0, 10.0, 0),
        (2025, 40.0, 1, 25.0, -15.0, 1),
        (2026, 100.0, None, None, None, None),
    ]


def test_a_list_of_counties_gives_numbers():
    found = progress(planned(listed=[("330101", 2024), ("330102", 2024), ("330103", 2026)]), VERDICTS)
    assert found.select("school_year", "planned_counties", "passed").rows() == [
        (2023, 0, 0),
        (2024, 2, 2),
        (2025, 2, 1),
        (2026, 3, None),
    ]


def test_which_counties_are_behind():
    listed = [("330101", 2024), ("330102", 2024), ("330103", 2023), ("330104", 2027), ("339999", 2025)]
    found = due(planned(listed=listed), VERDICTS)
    assert found.select("county_code", "state", "years_behind", "first_passed").rows() == [
        ("330103", "behind", 2, None),
        ("330102", "lost", 1, 2024),
        ("330101", "reached", 0, 2024),
        ("330104", "due_later", 0, None),
        ("339999", "no_data", 0, None),
    ]


def workbook(path, sheet, *rows):
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_targets_are_read_from_a_workbook(tmp_path):
    path = workbook(
        tmp_path / "目标.xlsx",
        "达标比例目标",
        ["地区代码", "学年", "达标县占比（%）"],
        ["33", 2025, 40],
        ["CN", 2027, 95.5],
    )
    assert read_targets(path).shares.rows() == [("33", 2025, 40.0), ("CN", 2027, 95.5)]


def test_a_wrong_share_is_refused_with_its_cell(tmp_path):
    path = workbook(
        tmp_path / "目标.xlsx", "达标比例目标", ["地区代码", "学年", "达标县占比（%）"], ["33", 2025, "四成"]
    )
    with pytest.raises(TargetsRefusedError, match="达标比例目标!C2"):
        read_targets(path)


def test_an_empty_workbook_of_targets_says_so(tmp_path):
    path = workbook(tmp_path / "目标.xlsx", "县级达标时间", ["县代码", "达标学年"])
    with pytest.raises(NoTargetsError, match="没有一行阶段目标"):
        read_targets(path)


def test_the_years_since_recognition():
    """Recognised in March 2021, in the school year 2020; judged for 2021, 2022 and 2024: 2023 is a gap."""
    verdicts = counties({2021: "met", 2022: "unmet", 2024: "met"})
    moved = pl.DataFrame(
        {"county_code": ["330101"], "school_year": [2022], "name": ["teaching_area_per_pupil"], "outcome": ["unmet"]}
    )
    recognised = pl.DataFrame(
        {
            "county_code": ["330101", "330102"], "county_name": ["合成一县", "合成二县"],
            "recognised_on": [date(2021, 3, 1), None],
        }
    )  # fmt: skip
    found = recheck(verdicts, moved, recognised)
    assert found.select("school_year", "years_since", "state", "first_failed").rows() == [
        (2020, 0, "not_judged", 2022),
        (2021, 1, "held", 2022),
        (2022, 2, "failed", 2022),
        (2023, 3, "not_judged", 2022),
        (2024, 4, "mended", 2022),
    ]
    assert found["failed"].to_list() == [[], [], ["teaching_area_per_pupil"], [], []]


def test_a_county_recognised_after_the_latest_year_has_no_years():
    recognised = pl.DataFrame(
        {"county_code": ["330101"], "county_name": ["合成一县"], "recognised_on": [date(2027, 1, 1)]}
    )
    empty = pl.DataFrame(
        schema={"county_code": pl.String, "school_year": pl.Int64, "name": pl.String, "outcome": pl.String}
    )
    assert recheck(counties({2025: "met"}), empty, recognised).is_empty()


def test_what_cannot_be_judged_is_not_said_to_be_lost_or_behind():
    """County 4 is due and was never judged with an outcome; county 5 passed once and cannot be judged now."""
    verdicts = pl.concat([VERDICTS, counties({2024: "met", 2025: "unknown"}, county="330105", name="合成五县")])
    found = due(planned(listed=[("330104", 2024), ("330105", 2025)]), verdicts)
    assert found.select("county_code", "state", "years_behind").rows() == [("330104", "open", 1), ("330105", "open", 0)]


def test_a_part_of_the_counties_is_not_held_against_a_wider_plan():
    everything = planned(
        [("CN", 2025, 80.0), ("33", 2025, 50.0), ("3301", 2025, 40.0)], [("330101", 2024), ("440101", 2024)]
    )
    assert everything.within("33").shares["region"].to_list() == ["33", "3301"]
    assert everything.within("33").counties["county_code"].to_list() == ["330101"]
    assert everything.within("").shares.height == 3


def test_a_share_that_comes_out_whole_needs_no_county_more():
    """98.4 % of 2625 counties are 2583; in floats a little more."""
    verdicts = pl.concat([counties({2025: "unmet"}, county=f"{330000 + n}") for n in range(2625)])
    assert progress(planned([("33", 2025, 98.4)]), verdicts)["needed"].to_list() == [2583]


@pytest.mark.parametrize("region", ["CN-33", "3", "3301011"])
def test_a_target_of_no_region_is_refused_with_its_cell(tmp_path, region):
    path = workbook(tmp_path / "目标.xlsx", "达标比例目标", ["地区代码", "学年", "达标县占比（%）"], [region, 2025, 40])
    with pytest.raises(TargetRegionError, match=f"达标比例目标!A2.*{region}"):
        read_targets(path)

"""The example county over its three years: from a file and from a national store alike, its sums as in ``totals``."""

from fractions import Fraction

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from example import county_dataset
from junheng.monitoring.declared import blocks
from junheng.monitoring.errors import MeasureUnknownError, NothingJudgedError, YearNotMonitoredError
from junheng.monitoring.standings import standings
from junheng.reporting.monitoring_tables import VIEWS, tables_of
from junheng.reporting.totals import COMPULSORY, rows_of_year, sum_of, totals
from junheng.store.national import NationalStore
from junheng.workflow.monitoring import monitor
from junheng.workflow.nation import judge_nation


@pytest.fixture(scope="module")
def watched():
    return monitor(county_dataset())


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    home = NationalStore(tmp_path_factory.mktemp("nation"))
    home.append(county_dataset())
    list(judge_nation(home))
    return home


def test_a_store_gives_what_the_file_gives(watched, stored):
    other = monitor(stored.folder)
    assert other.years == watched.years == [2023, 2024, 2025]
    for view in (
        lambda m: m.standings(),
        lambda m: m.directions(),
        lambda m: m.warnings(),
        lambda m: m.decomposition(),
        lambda m: m.layers().groups,
        lambda m: m.attainment(),
        lambda m: m.cohorts(),
        lambda m: m.recheck(),
        *(lambda m, block=block: m.summary(block, "town") for block in blocks()),
    ):
        assert_frame_equal(view(other), view(watched), check_dtypes=False)


def test_a_region_and_a_year_of_the_store(stored):
    assert monitor(stored, region="9901", years=[2024, 2025]).years == [2024, 2025]
    for source in (stored, county_dataset()):
        with pytest.raises(NothingJudgedError, match="地区：11"):
            monitor(source, region="11")
        with pytest.raises(YearNotMonitoredError, match="1999"):
            monitor(source, years=[1999])


def test_a_standard_that_nobody_judged_by(stored):
    with pytest.raises(NothingJudgedError, match="junheng nation judge --standard CN/jiben_2012"):
        monitor(stored, standard="CN/jiben_2012")


def test_one_file_by_another_standard_has_its_mean_coefficient():
    basic = monitor(county_dataset(), standard="CN/jiben_2012", years=[2025])
    assert basic.ranking("cv", "composite", "primary")["rank"].to_list() == [1]
    assert set(basic.decomposition()["indicator"]) == set(basic.standard.balanced())


@pytest.mark.parametrize("standard", ["CN/dabane", "CN-61/banxue"])
def test_a_standard_without_coefficients_has_every_view(standard, watched):
    """Of 超大班额 no school has indicators, of a province's basic standard none has a coefficient: tables are empty."""
    other = monitor(county_dataset(), standard=standard, years=[2024, 2025])
    for what in VIEWS:
        for table in tables_of(what, other):
            assert all(len(row) == len(table.columns) for row in table.rows())
    assert other.decomposition().is_empty()
    assert other.decomposition().columns == watched.decomposition().columns
    assert other.layers().groups.columns == watched.layers().groups.columns


def test_the_coefficient_is_the_square_root_of_a_spread(watched):
    """差异系数 of 2025, again from the watched schools: S² = Σp(x − x̄)² ÷ Σp."""
    name = "sports_area_per_pupil"
    rows = watched.frames["schools"].filter(
        (pl.col("school_year") == 2025) & (pl.col("stage") == "primary") & pl.col("left_out").is_null()
    )
    pairs = [(Fraction(p), Fraction(x)) for p, x in rows.select("pupils", f"{name}__value").collect().iter_rows()]
    whole = sum(p for p, _ in pairs)
    mean = sum(p * x for p, x in pairs) / whole
    spread = sum(p * (x - mean) ** 2 for p, x in pairs) / whole
    found = watched.directions(kind="cv", name=name, stage="primary", year=2025)["value"].item()
    assert found == pytest.approx(float(spread / mean**2) ** 0.5, rel=1e-12)


@pytest.mark.parametrize("by", ["town", "county"])
def test_block_sums_are_those_of_totals(watched, by):
    dataset = county_dataset()
    rows = rows_of_year(dataset, 2025)
    for block in ("pupils", "classes", "teachers", "conditions"):
        found = watched.summary(block, by, 2025)
        for name in blocks()[block].columns:
            own = found.filter(pl.col("column") == name)
            expected = sum_of(rows, rows.unique("school_code"), name, dataset, COMPULSORY)
            amount = None if expected.amount is None else pytest.approx(float(expected.amount), rel=1e-12)
            assert (own["amount"].sum() if expected.amount is not None else None) == amount, name
            assert own["blank"].sum() == expected.missing, name


def test_towns_are_summed_like_totals(watched):
    expected = {group.name: group.sums[0].amount for group in totals(county_dataset(), "town", "basic", 2025).groups}
    found = watched.summary("pupils", "town", 2025).filter(pl.col("column") == "pupils")
    assert {row["group"]: row["amount"] for row in found.iter_rows(named=True)} == expected


def test_what_was_not_judged_or_measured_is_said(watched):
    with pytest.raises(YearNotMonitoredError, match="2023、2024、2025"):
        watched.warnings(2019)
    with pytest.raises(MeasureUnknownError, match="cv:teaching_area_per_pupil"):
        watched.ranking("cv", "no_such_measure", "primary")
    with pytest.raises(MeasureUnknownError, match="cv:teaching_area_per_pupil:primary"):
        watched.ranking("cv", "teaching_area_per_pupil")
    with pytest.raises(MeasureUnknownError, match="share:met_share:primary"):
        watched.ranking("share", "met_share", "primary")
    with pytest.raises(YearNotMonitoredError, match="2030"):
        watched.summary("pupils", "town", 2030)


def test_a_partial_value_is_not_the_tightest(watched):
    """The junior coefficient of backbone teachers rests on the schools that filed: it is 无法判定, and no measure."""
    moved = watched.directions(year=2025).with_columns(
        room=pl.when(pl.col("outcome") == "unknown").then(-1.0).otherwise("room")
    )
    traits = watched.measured.traits().lazy()
    (row,) = standings(watched.counties.filter(school_year=2025).lazy(), moved.lazy(), traits).collect().to_dicts()
    assert (row["tightest_stage"], row["tightest_name"]) == ("primary", "backbone_teachers_per_100")
    assert row["tightest_room"] == pytest.approx(-0.003574, abs=1e-6)


def test_classes_and_groups_are_watched_with_their_main_school(watched):
    """What campuses filed stands in the row of the school they are judged with: nothing is lost or doubled."""
    dataset = county_dataset()
    filed = dataset["stage_year"].filter((pl.col("school_year") == 2025) & pl.col("stage").is_in(["primary", "junior"]))
    schools = watched.frames["schools"].filter(pl.col("school_year") == 2025).collect()
    for name in ("boarders", "migrant_pupils", "left_behind_pupils"):
        assert schools[name].sum() == filed[name].sum(), name
    assert schools["classes_over_55"].sum() == sum(
        filed[c].sum() for c in ("classes_60", "classes_65", "classes_over_65")
    )

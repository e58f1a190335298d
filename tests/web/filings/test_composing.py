"""One dataset out of many filings: which period, version and filing each cell comes from."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.web.dashboards.selectors import changed_since, source_of
from junheng.web.dashboards.services import evaluate
from junheng.web.filings.composing import Composed, compose
from junheng.web.filings.form import form_of, tables_of
from junheng.web.filings.models import Filing, FilingRow, Period
from junheng.web.filings.period_services import open_period
from junheng.web.filings.services import take_step
from junheng.web.filings.versions import make_version
from junheng.web.regions.models import Place
from web.conftest import Cast, approve, fill_soundly


@pytest.fixture
def year_before(cast) -> Period:
    """The school year before in the same county."""
    return open_period(
        county=cast.county,
        school_year=2024,
        standard="CN/youzhi_2017",
        day=date(2024, 12, 31),
        opens_on=date(2024, 9, 15),
        due_on=date(2024, 10, 31),
        acting_user=cast.officer,
    )


def filing_of(period: Period, place: Place, office: str = "school") -> Filing:
    return Filing.objects.select_related("period__county", "place__parent").get(
        period=period, place=place, office=office
    )


def put(filing: Filing, table: str, key: str, **values: str) -> None:
    row, _is_new = FilingRow.objects.get_or_create(filing=filing, table=table, key=key)
    row.values |= values
    row.save()


def row_in(composed: Composed, table: str, **about: str) -> dict[str, str]:
    rows = composed.entered.rows.get(table, ())
    return next((dict(row) for row in rows if about.items() <= row.items()), {})


def finance(cast: Cast, period: Period, **values: str) -> Filing:
    filing = filing_of(period, cast.county, "finance")
    put(filing, "finance_year", "2023", **values)
    return approve(filing, cast.officer)


def figures_of_finance(cast: Cast) -> list[str]:
    table = tables_of(cast.period)["finance_year"]
    return [name for name, column in table.columns.items() if column.type.is_number and name not in table.key]


def test_a_figure_of_this_year_is_not_overridden_by_the_year_before(cast, year_before):
    first, second = figures_of_finance(cast)[:2]
    finance(cast, year_before, **{first: "100", second: "7"})
    finance(cast, cast.period, **{first: "120", second: ""})
    row = row_in(compose(cast.period, only_approved=True), "finance_year", fiscal_year="2023")
    assert row[first] == "120"
    assert row[second] == "", "a blank of this year is not filled from another"


def test_each_cell_is_traced_to_the_office_that_filed_it(cast, evaluation):
    county = Filing.objects.get(period=cast.period, place=cast.county, office="county")
    money = Filing.objects.get(period=cast.period, place=cast.county, office="finance")
    for filing in (county, money):
        part = form_of(filing).parts["county_year"]
        put(filing, "county_year", "", **{column.name: "1" for column in part.columns[:1]})
        approve(filing, cast.officer)
    composed = compose(cast.period, only_approved=True)
    [sources] = composed.sources["county_year"]
    by_filing = {source.filing: source.columns for source in sources}
    for filing in (county, money):
        for column in form_of(filing).parts["county_year"].columns:
            assert column.name in by_filing[filing.pk]
    judged = evaluate(period=cast.period, basis="approved", acting_user=cast.officer)
    assert changed_since(judged) == 0
    money.state = "returned"
    money.save()
    assert changed_since(judged) == 1, "the second filing of a row is missed like the first"


def test_a_school_that_is_not_approved_is_unknown_and_not_left_out(cast):
    approve(fill_soundly(cast.filing(cast.school)), cast.officer)
    fill_soundly(cast.filing(cast.neighbour), pupils="1")
    judged = evaluate(period=cast.period, basis="approved", acting_user=cast.officer)
    assert (judged.approved, judged.summary["schools"]["primary"]) == (1, {"met": 1, "unknown": 2})
    assert judged.schools.get(place=cast.neighbour).outcome == "unknown"
    assert source_of(judged, "学校名录!A3") is None


def test_a_return_while_judging_makes_the_result_out_of_date(cast, evaluation, monkeypatch):
    def compose_and_then(period: Period, *, only_approved: bool) -> Composed:
        composed = compose(period, only_approved=only_approved)
        make_version(cast.filing(), step="correct", acting_user=cast.officer)
        return composed

    monkeypatch.setattr("junheng.web.dashboards.services.compose", compose_and_then)
    judged = evaluate(period=cast.period, basis="approved", acting_user=cast.officer)
    assert changed_since(judged) == 1


def test_a_table_that_only_an_earlier_standard_had_is_left_out(cast, year_before):
    filing = fill_soundly(filing_of(year_before, cast.school))
    put(filing, "table_of_another_standard", "x", figure="1")
    approve(filing, cast.officer)
    composed = compose(cast.period, only_approved=True)
    assert "table_of_another_standard" not in composed.entered.rows
    assert row_in(composed, "stage_year", school_year="2024")["pupils"] == "500"


def test_an_error_in_an_earlier_year_keeps_nobody_from_being_judged(cast, year_before):
    approve(fill_soundly(filing_of(year_before, cast.school), pupils="五百"), cast.officer)
    approve(fill_soundly(cast.filing(cast.school)), cast.officer)
    judged = evaluate(period=cast.period, basis="approved", acting_user=cast.officer)
    assert judged.schools.get(place=cast.school).outcome == "met"


def test_an_earlier_filing_that_was_returned_goes_in_as_it_was_approved_last(cast, year_before):
    filing = fill_soundly(filing_of(year_before, cast.school), pupils="480")
    make_version(filing, step="sign", acting_user=cast.principal)
    filing.state = "town_passed"
    filing.save()
    filing = take_step(filing=filing, step="approve", version=filing.version, acting_user=cast.officer)
    take_step(filing=filing, step="return", version=filing.version, acting_user=cast.officer, reason="核对")
    fill_soundly(filing, pupils="999")
    make_version(filing, step="sign", acting_user=cast.principal)
    composed = compose(cast.period, only_approved=True)
    assert row_in(composed, "stage_year", school_year="2024")["pupils"] == "480"


def test_old_versions_of_a_filing_are_not_loaded(cast, evaluation, django_assert_max_num_queries):
    for _ in range(5):
        make_version(cast.filing(), step="correct", acting_user=cast.officer)
    with django_assert_max_num_queries(8) as queries:
        compose(cast.period, only_approved=True)
    read = [query["sql"] for query in queries.captured_queries if '"content"' in query["sql"]]
    assert len(read) == 1
    assert read[0].split(" IN (")[1].count(",") == 2, "one version of each of three filings"

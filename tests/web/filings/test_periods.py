"""Periods: opening with the standards that apply, dates, new schools, closing with everything locked."""

from __future__ import annotations

import pytest

from junheng.web.audit.models import Event
from junheng.web.errors import FilingClosedError
from junheng.web.filings.board_errors import PeriodClosedError
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.selectors import rows_before
from junheng.web.filings.services import CellChange, save_cells, take_step
from junheng.web.regions.models import PlaceKind
from junheng.web.regions.services import enter_place
from web.conftest import RECORD, approve, fill_soundly

OPEN = "/filings/periods/open/?county=990101&day=2026-12-31"
NEXT = {
    "school_year": "2026",
    "standard": "CN/youzhi_2017",
    "gate": "",
    "opens_on": "2026-09-15",
    "due_on": "2026-10-31",
    "label": "",
}


def address(cast, what: str = "") -> str:
    return f"/filings/periods/{cast.period.pk}/{what}"


def test_only_standards_that_apply_to_the_county_on_the_day_are_offered(cast, as_user):
    form = as_user(cast.officer).get(OPEN).context["form"]
    offered = [value for value, _ in form.fields["standard"].choices]
    assert "CN/youzhi_2017" in offered
    assert not [value for value in offered if value.startswith("CN-37/")], "another province's"
    early = as_user(cast.officer).get("/filings/periods/open/?county=990101&day=2015-12-31").context["form"]
    assert "CN/youzhi_2017" not in [value for value, _ in early.fields["standard"].choices], "not in force yet"


def test_next_years_period_gives_every_school_and_office_a_filing_with_last_year_beside(cast, as_user):
    approve(fill_soundly(cast.filing()), cast.officer)
    as_user(cast.officer).post(OPEN, NEXT)
    period = Period.objects.get(school_year=2026)
    assert period.filings.filter(office="school").count() == 3
    filing = period.filings.get(place=cast.school)
    assert rows_before(filing)["stage_year"]["primary"]["pupils"] == "500"
    assert filing.rows.get(table="stage_year").values == {}, "nothing of last year is taken for this year's"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due_on": "2026-09-01"}, "截止日期早于开始填报的日期"),
        ({"standard": "CN-37/jiben_2012"}, "CN-37/jiben_2012"),
        ({"school_year": "2025"}, "JH-B016"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_opened(cast, as_user, wrong, said):
    page = as_user(cast.officer).post(OPEN, {**NEXT, **wrong})
    assert said in page.content.decode()
    assert Period.objects.filter(county=cast.county).count() == 1


def test_dates_are_changed_and_the_log_says_from_what(cast, as_user):
    given = {"label": "2025 学年", "opens_on": "2025-09-15", "due_on": "2025-11-10"}
    as_user(cast.officer).post(address(cast), given)
    cast.period.refresh_from_db()
    assert (cast.period.label, str(cast.period.due_on)) == ("2025 学年", "2025-11-10")
    changes = {change["what"]: change for change in Event.objects.get(action="change_period").changes}
    assert (changes["due_on"]["before"], changes["due_on"]["after"]) == ("2025-10-31", "2025-11-10")


def test_a_school_entered_later_is_taken_in_once(cast, as_user):
    enter_place(
        kind=PlaceKind.SCHOOL,
        code="9901010009",
        name="东镇新校",
        parent=cast.town,
        acting_user=None,
        record=dict(RECORD),
    )
    client = as_user(cast.officer)
    assert "已补 1 份" in client.post(address(cast, "take-in/"), follow=True).content.decode()
    assert "没有要补的" in client.post(address(cast, "take-in/"), follow=True).content.decode()


def test_a_period_with_filings_not_locked_is_closed_only_when_somebody_says_to_leave_them(cast, as_user):
    client = as_user(cast.officer)
    assert "JH-B048" in client.post(address(cast, "close/"), follow=True).content.decode()
    cast.period.refresh_from_db()
    assert cast.period.closed_at is None
    client.post(address(cast, "close/"), {"leaving": "1"})
    cast.period.refresh_from_db()
    assert cast.period.closed_at is not None


def test_in_a_closed_period_nothing_is_typed_and_no_step_taken_until_it_is_opened_again(cast, as_user):
    client = as_user(cast.officer)
    client.post(address(cast, "close/"), {"leaving": "1"})
    typed = CellChange("stage_year", "primary", "pupils", "", "500")
    with pytest.raises(FilingClosedError):
        save_cells(filing=cast.filing(), changes=[typed], acting_user=cast.clerk)
    Filing.objects.filter(pk=cast.filing().pk).update(state="town_passed")
    with pytest.raises(PeriodClosedError):
        take_step(filing=cast.filing(), step="approve", version=1, acting_user=cast.officer)
    assert "JH-B013" in client.post(address(cast, "reopen/"), {"reason": ""}, follow=True).content.decode()
    client.post(address(cast, "reopen/"), {"reason": "漏了一所学校"})
    take_step(filing=cast.filing(), step="approve", version=1, acting_user=cast.officer)
    assert cast.filing().state == "approved"


def test_periods_are_managed_by_officers_and_administrators_of_the_county_only(cast, as_user):
    for who in ("officer", "admin"):
        assert as_user(getattr(cast, who)).get(address(cast)).status_code == 200, who
    for who in ("clerk", "town_head", "leader", "other_officer", "analyst", "nobody"):
        client = as_user(getattr(cast, who))
        assert client.get(address(cast)).status_code == 404, who
        assert client.post(address(cast, "close/"), {"leaving": "1"}).status_code == 404, who
    cast.period.refresh_from_db()
    assert cast.period.closed_at is None


def test_another_county_cannot_be_opened_by_its_code(cast, as_user):
    page = as_user(cast.officer).post(OPEN.replace("990101", "990102"), NEXT)
    assert page.context["form"] is None
    assert Period.objects.filter(school_year=2026).count() == 0

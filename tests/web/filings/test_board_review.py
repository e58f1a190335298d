"""The review of one filing: what to look at first, the way through the queue, the decision."""

from __future__ import annotations

import pytest
from django.utils import timezone

from junheng.web.filings.models import Comment, Filing
from junheng.web.filings.period_services import open_period
from junheng.web.filings.services import take_step
from junheng.web.filings.versions import make_version
from junheng.web.regions.models import PlaceKind
from junheng.web.regions.services import enter_place
from web.conftest import RECORD, approve, fill_soundly


def put(cast, place, state: str = "town_passed", **cells) -> Filing:
    filing = fill_soundly(cast.period.filings.get(place=place), **cells)
    make_version(filing, step="sign", acting_user=cast.principal)
    Filing.objects.filter(pk=filing.pk).update(state=state, version=5)
    filing.refresh_from_db()
    return filing


@pytest.fixture
def ready(cast):
    put(cast, cast.school, pupils="900")
    put(cast, cast.direct)
    return cast


def review(client, filing, **query):
    return client.get(f"/filings/board/{filing.code}/", query)


def decide(client, filing, step, **fields):
    fields = {"version": filing.version, "queue": "standing=mine", "step": step, **fields}
    return client.post(f"/filings/board/{filing.code}/decide/", fields)


@pytest.fixture
def last_year(cast):
    """The school's approved filing of the year before: 500 pupils, 6 backbone teachers."""
    day = cast.period.day.replace(year=2024)
    before = open_period(
        county=cast.county,
        school_year=2024,
        standard=cast.period.standard,
        day=day,
        opens_on=day,
        due_on=day,
        acting_user=cast.officer,
    )
    filing = approve(fill_soundly(before.filings.get(place=cast.school)), cast.officer)
    before.closed_at = timezone.now()
    before.save()
    return filing


def test_a_figure_far_from_last_year_stands_first_and_says_by_how_much(cast, last_year, as_user):
    filing = put(cast, cast.school, pupils="900", classes="13")
    comparison = review(as_user(cast.officer), filing).context["comparison"]
    first = comparison.notable[0]
    assert (first.address.column, first.why) == ("pupils", ("比去年多 80%",))
    assert all(figure.address.column != "classes" for figure in comparison.notable)


def test_what_was_filed_last_year_and_is_blank_now_is_named(cast, last_year, as_user):
    filing = put(cast, cast.school, backbone_teachers="")
    comparison = review(as_user(cast.officer), filing).context["comparison"]
    [gone] = [figure for figure in comparison.notable if figure.change.is_gone]
    assert (gone.address.column, gone.why) == ("backbone_teachers", ("去年填了，今年没有填",))


def test_handing_in_counts_what_is_far_from_last_year_for_the_list(cast, last_year, as_user):
    filing = fill_soundly(cast.period.filings.get(place=cast.school), backbone_teachers="12")
    take_step(filing=filing, step="hand_in", version=filing.version, acting_user=cast.clerk)
    page = as_user(cast.officer).get("/filings/board/", {"jumped": "on"})
    assert [name for _filing, name, *_rest in page.context["lines"]] == ["东镇一小"]
    filing.refresh_from_db()
    assert filing.jumps == 1


def test_a_figure_unlike_those_of_schools_alike_says_what_is_usual(cast, as_user):
    for number, pupils in enumerate(("480", "490", "500", "510", "520")):
        place = enter_place(
            kind=PlaceKind.SCHOOL,
            code=f"990101100{number}",
            name=f"东镇{number}小",
            parent=cast.town,
            acting_user=None,
            record=dict(RECORD),
        )
        filing = Filing.objects.create(period=cast.period, place=place, route="town_school", state="signed")
        filing.rows.create(table="stage_year", key="primary", values={"pupils": pupils})
    filing = put(cast, cast.school, pupils="2000")
    comparison = review(as_user(cast.officer), filing).context["comparison"]
    [figure] = [figure for figure in comparison.notable if figure.address.column == "pupils"]
    assert figure.side == "high"
    assert "5 所中一半在 490–510 人之间，中位数 500" in figure.why[0]


def test_without_last_year_and_with_few_schools_nothing_is_called_odd(ready, as_user):
    comparison = review(as_user(ready.officer), ready.filing()).context["comparison"]
    assert comparison.notable == []
    assert not comparison.has_last_year


def test_the_queue_leads_to_the_next_filing_that_waits(ready, as_user):
    page = review(as_user(ready.officer), ready.filing(ready.school))
    assert page.context["after"].place == ready.direct or page.context["before"].place == ready.direct


def test_approving_leads_on_to_the_next_of_the_queue(ready, as_user):
    client = as_user(ready.officer)
    first, second = Filing.objects.filter(state="town_passed").order_by("place__path")
    answer = decide(client, first, "approve")
    assert ready.filing(first.place).state == "approved"
    assert answer.headers["Location"].startswith(f"/filings/board/{second.code}/")
    assert decide(client, second, "approve").headers["Location"].startswith("/filings/board/?standing=mine")


def test_a_return_takes_its_remarks_on_cells_with_it(ready, as_user):
    remark = {"remark:stage_year/primary/pupils": "与年报不一致"}
    decide(as_user(ready.officer), ready.filing(), "return", reason="在校生数有误", **remark)
    comment = Comment.objects.get()
    assert (comment.table, comment.key, comment.column) == ("stage_year", "primary", "pupils")
    assert ready.filing().state == "returned"


def test_a_refused_decision_keeps_no_remark_and_loses_nothing_typed(ready, as_user):
    filing = ready.filing()
    remark = {"remark:stage_year/primary/pupils": "与年报不一致"}
    answer = decide(as_user(ready.officer), filing, "return", reason="", **remark)
    assert answer.status_code == 409
    assert "JH-B013" in answer.content.decode()
    assert not Comment.objects.exists()
    answer = decide(as_user(ready.officer), filing, "return", reason="在校生数有误", version=3)
    assert "JH-B011" in answer.content.decode()
    assert "在校生数有误" in answer.content.decode()
    assert ready.filing().state == "town_passed"


def test_a_remark_on_a_cell_that_the_form_does_not_have_is_refused(ready, as_user):
    answer = decide(as_user(ready.officer), ready.filing(), "approve", **{"remark:stage_year/primary/password": "?"})
    assert "JH-B015" in answer.content.decode()
    assert ready.filing().state == "town_passed"


def test_the_reviewers_of_the_place_and_nobody_else_find_it(ready, as_user):
    filing = ready.filing()
    for who, status in (("officer", 200), ("town_head", 200), ("inspector", 200), ("leader", 200)):
        assert review(as_user(getattr(ready, who)), filing).status_code == status, who
    for who in ("clerk", "principal", "neighbour_principal", "other_officer", "admin", "finance", "nobody"):
        assert review(as_user(getattr(ready, who)), filing).status_code == 404, who


def test_who_may_only_look_finds_no_buttons_and_is_refused(ready, as_user):
    page = review(as_user(ready.leader), ready.filing())
    assert 'name="step"' not in page.content.decode()
    assert "JH-B010" in decide(as_user(ready.leader), ready.filing(), "approve").content.decode()
    assert ready.filing().state == "town_passed"


def test_the_end_of_a_queue_leads_back_to_the_board_of_the_year_reviewed(ready, as_user):
    filing = put(ready, ready.direct)
    Filing.objects.exclude(pk=filing.pk).update(state="draft")
    answer = decide(as_user(ready.officer), filing, "approve", queue="standing=mine")
    assert answer.headers["Location"] == "/filings/board/?standing=mine&year=2025"

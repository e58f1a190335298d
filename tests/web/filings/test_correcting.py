"""数据调整: what a correction asks for, what it takes back, whom it reaches; what a place is recorded with."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404
from django.utils import timezone

from junheng.web.audit.models import Event
from junheng.web.errors import FilingHasFindingsError
from junheng.web.filings import selectors
from junheng.web.filings.board_errors import PeriodClosedError
from junheng.web.filings.models import Filing
from junheng.web.filings.period_services import open_period
from junheng.web.filings.services import CellChange, correct_cell, take_step
from junheng.web.filings.states import State
from junheng.web.notices.models import Notice
from web.conftest import approve, fill_soundly


def correct(cast, filing, column="backbone_teachers", after="5", *, table="stage_year", key="primary", by=None):
    before = filing.rows.get(table=table, key=key).values.get(column, "")
    change = CellChange(table, key, column, before, after)
    return correct_cell(
        filing=filing, change=change, version=filing.version, reason="证书复核", acting_user=by or cast.officer
    )


@pytest.fixture
def approved(cast) -> Filing:
    return approve(fill_soundly(cast.filing()), cast.principal)


def test_in_a_closed_period_nothing_is_corrected(cast, approved):
    approved.period.closed_at = timezone.now()
    approved.period.save()
    with pytest.raises(PeriodClosedError):
        correct(cast, approved)
    assert cast.filing().rows.get(table="stage_year").values["backbone_teachers"] == "6"


def test_what_was_verified_is_to_be_verified_again_and_those_concerned_are_told(cast, approved):
    Filing.objects.filter(pk=approved.pk).update(state=State.VERIFIED)
    correct(cast, cast.filing())
    assert cast.filing().state == State.APPROVED
    told = {notice.user: notice.words for notice in Notice.objects.filter(kind="correction")}
    assert {cast.clerk, cast.principal, cast.inspector} <= set(told)
    assert "骨干教师" in told[cast.clerk]
    assert "证书复核" in told[cast.inspector]


def test_the_reason_of_a_correction_explains_what_is_doubtful_after_it(cast, approved):
    correct(cast, approved, "teachers_pe", "")
    found = selectors.checked(cast.filing())
    assert found.is_sound
    [explained] = [entry for entry in found.findings if entry.column == "teachers_pe" and entry.explained]
    assert explained.explained == "证书复核"
    newest = cast.filing().versions.order_by("-number")[0]
    assert newest.content["stage_year"][0]["values"]["note"] == "证书复核"
    assert cast.filing().filled == found.filled
    assert "证书复核" in {change["after"] for change in Event.objects.get(action="correct_cell").changes}


def test_with_an_error_nothing_is_corrected(cast, approved):
    with pytest.raises(FilingHasFindingsError):
        correct(cast, approved, after="六")


def test_whoever_may_not_correct_finds_nothing_to_correct(cast, approved):
    with pytest.raises(Http404):
        correct(cast, approved, by=cast.clerk)


@pytest.fixture
def last_year(cast) -> Filing:
    day = date(2024, 12, 31)
    period = open_period(
        county=cast.county,
        school_year=2024,
        standard=cast.period.standard,
        day=day,
        opens_on=date(2024, 9, 15),
        due_on=day,
        acting_user=cast.officer,
    )
    return approve(fill_soundly(period.filings.get(place=cast.school)), cast.principal)


def recorded(cast) -> str:
    cast.school.refresh_from_db()
    return cast.school.record["boarding"]


def test_mending_an_earlier_year_leaves_what_a_school_is_recorded_with_now(cast, approved, last_year):
    correct(cast, last_year, "boarding", "是", table="school", key="")
    assert recorded(cast) == "否"
    correct(cast, approved, "boarding", "是", table="school", key="")
    assert recorded(cast) == "是"


def test_unlocking_says_nothing_new_of_a_school(cast, approved):
    correct(cast, approved, "boarding", "是", table="school", key="")
    cast.school.refresh_from_db()
    cast.school.record["boarding"] = "否"
    cast.school.save()
    Filing.objects.filter(pk=approved.pk).update(state=State.LOCKED)
    filing = cast.filing()
    take_step(filing=filing, step="unlock", version=filing.version, acting_user=cast.officer, reason="补录")
    assert recorded(cast) == "否"

"""Before the day on which filing begins nothing is filled; a period is opened once, and its standard stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from junheng.web.filings.board_errors import PeriodClosedError, PeriodNotBegunError
from junheng.web.filings.models import Period
from junheng.web.filings.period_services import change_period, take_in_new_schools
from junheng.web.filings.selectors import steps_for
from junheng.web.filings.services import CellChange, save_cells, take_step
from web.conftest import fill_soundly


@pytest.fixture
def early(cast):
    Period.objects.filter(pk=cast.period.pk).update(opens_on=timezone.localdate() + timedelta(days=1))
    return cast


def test_nothing_is_typed_or_handed_in_before_filing_begins(early):
    filing = fill_soundly(early.filing())
    change = CellChange("stage_year", "primary", "pupils", "500", "501")
    with pytest.raises(PeriodNotBegunError):
        save_cells(filing=filing, changes=[change], acting_user=early.clerk)
    with pytest.raises(PeriodNotBegunError):
        take_step(filing=filing, step="hand_in", version=filing.version, acting_user=early.clerk)
    assert steps_for(early.clerk, filing) == []
    assert early.filing().state == "draft"


def test_from_its_day_on_it_is_filled(early):
    Period.objects.filter(pk=early.period.pk).update(opens_on=timezone.localdate())
    change = CellChange("stage_year", "primary", "pupils", "", "501")
    assert save_cells(filing=early.filing(), changes=[change], acting_user=early.clerk).taken == 1


def test_the_standard_of_a_period_with_filings_is_not_changed(cast):
    dates = {"label": "2025", "opens_on": date(2025, 9, 1), "due_on": date(2025, 11, 1)}
    with pytest.raises(TypeError):
        change_period(period=cast.period, acting_user=cast.officer, standard="CN/youzhi_2017", **dates)
    change_period(period=cast.period, acting_user=cast.officer, **dates)
    cast.period.refresh_from_db()
    assert cast.period.label == "2025"


def test_a_closed_period_takes_in_no_schools(cast):
    Period.objects.filter(pk=cast.period.pk).update(closed_at=timezone.now())
    with pytest.raises(PeriodClosedError):
        take_in_new_schools(period=cast.period, acting_user=cast.officer)

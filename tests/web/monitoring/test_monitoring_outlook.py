"""The forecast of a county on its page."""

import pytest

from junheng.store.national import NationalStore
from junheng.web.jobs import running
from junheng.web.jobs.models import Job
from junheng.workflow.forecast import forecast
from web.monitoring.conftest import text_of

URL = "/monitoring/counties/336001/outlook/"


def test_the_page_shows_what_was_forecast(watchers, nation, as_user):
    page = as_user(watchers.officer).get(URL)
    found = forecast(NationalStore(nation), region="336001")
    assert f"{found.base_year} 到 {found.years[-1]} 学年预测" in page.context["answer"]
    assert [chart["id"] for chart in page.context["charts"]] == ["fan-primary", "fan-junior"]
    needs = page.context["needs"]
    primary = [row for row in needs if row["stage"] == "primary"]
    assert [row["school_year"] for row in primary] == list(found.years)
    own = found.consequences.filter(stage="primary", school_year=found.years[0])
    assert primary[0]["classes_needed"] == own["classes_needed"].sum()
    lines = text_of(as_user(watchers.officer).get(URL, {"format": "csv"})).strip().splitlines()
    assert len(lines) == found.schools.height + 2


@pytest.mark.slow
def test_the_years_to_come_are_judged_when_asked(watchers, nation, as_user):
    page = as_user(watchers.officer).get(URL, {"falls": "1"})
    found = forecast(NationalStore(nation), region="336001", judged=True)
    assert len(page.context["falls"]) == found.falls.height
    assert ("掉到线下" in text_of(page)) is True


def test_too_few_years_are_said_and_not_forecast(cast, evaluation, as_user):

    client = as_user(cast.officer)
    client.post("/monitoring/load/")
    running.run(str(Job.objects.latest("pk").code))
    page = client.get("/monitoring/counties/990101/outlook/")
    assert page.status_code == 200
    assert "甲县还不能预测" in text_of(page)

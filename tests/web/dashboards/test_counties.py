"""省市监测: the counties of a city or province side by side, whatever their number."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.web.dashboards.models import Evaluation
from junheng.web.filings.models import Filing, Period, Route
from junheng.web.jobs.models import Job
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.services import path_below

URL = "/results/counties/"


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.fixture
def many(cast) -> list[Place]:
    """A hundred further counties with 130 schools each, judged by a summary alone."""
    counties = Place.objects.bulk_create(
        Place(kind=PlaceKind.COUNTY, code=str(991000 + n), name=f"第{n}县", parent=cast.city,
              path=path_below(cast.city, str(991000 + n)))
        for n in range(100)
    )  # fmt: skip
    days = {"day": date(2025, 12, 31), "opens_on": date(2025, 9, 15), "due_on": date(2025, 10, 31)}
    periods = Period.objects.bulk_create(
        Period(county=county, label="2025", school_year=2025, standard="CN/youzhi_2017", **days) for county in counties
    )
    schools = Place.objects.bulk_create(
        Place(kind=PlaceKind.SCHOOL, code=f"{county.code}{n:04}", name=f"学校{n}", parent=county,
              path=path_below(county, f"{county.code}{n:04}"))
        for county in counties for n in range(130)
    )  # fmt: skip
    of_county = {period.county_id: period for period in periods}
    Filing.objects.bulk_create(
        Filing(period=of_county[school.parent_id], place=school, route=Route.COUNTY_SCHOOL,
               state="approved" if n % 2 else "draft")
        for n, school in enumerate(schools)
    )  # fmt: skip
    Evaluation.objects.bulk_create(
        Evaluation(
            period=period,
            basis="approved",
            snapshot="0" * 64,
            standard=period.standard,
            day=period.day,
            software="1",
            outcome="met" if n % 10 == 0 else "unmet",
            summary={
                "parts": {"resources": "unmet"},
                "balance": [
                    {"stage": "primary", "indicator": "backbone_teachers_per_100", "cv": n / 100, "limit": 0.5,
                     "outcome": "met" if n <= 50 else "unmet", "mean": 1.0}
                ],
                "schools": {"primary": {"unmet": n, "met": 130 - n}},
            },
        )
        for n, period in enumerate(periods)
    )  # fmt: skip
    return counties


def test_the_answer_counts_the_counties(cast, evaluation, as_user):
    page = as_user(cast.analyst).get(URL)
    lines = {line.name: line for line in page.context["page"]}
    assert (lines["甲县"].outcome, lines["甲县"].unmet, lines["甲县"].approved) == (evaluation.outcome, 1, 3)
    assert (lines["乙县"].outcome, lines["乙县"].unmet) == ("", None)
    assert "2025 学年 2 个县中，0 个达标，1 个未达标" in text_of(page)


def test_a_row_opens_the_overview_of_its_county(cast, evaluation, as_user):
    assert f"/results/overview/?evaluation={evaluation.code}" in text_of(as_user(cast.city_user).get(URL))


def test_a_hundred_counties_take_no_more_queries_than_two(cast, evaluation, as_user, request):
    client = as_user(cast.analyst)
    client.get(URL)  # the first page of a session writes to it
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    request.getfixturevalue("many")
    with CaptureQueriesContext(connection) as more:
        page = client.get(URL)
    assert len(more) == len(few)
    assert "102 个县中" in page.context["answer"]
    assert page.context["page"].paginator.num_pages == 3


def test_sorted_filtered_and_laid_out(cast, many, as_user):
    client = as_user(cast.analyst)
    first = client.get(f"{URL}?sort=-share").context["page"].object_list[0]
    assert first.name == "第99县"
    worst = client.get(f"{URL}?sort=cv_primary&outcome=unmet").context["page"].object_list[0]
    assert (worst.name, worst.worst["primary"].indicator) == ("第1县", "每百名学生拥有县级以上骨干教师数")
    assert {line.outcome for line in client.get(f"{URL}?outcome=met&size=200").context["page"]} == {"met"}
    assert [line.name for line in client.get(f"{URL}?q=第42县").context["page"]] == ["第42县"]
    chart = client.get(f"{URL}?measure=primary").context["chart"]
    assert len(chart["table"]["rows"]) == 102


def test_what_is_not_known_stands_last_either_way(cast, many, as_user):
    client = as_user(cast.analyst)
    for sort in ("share", "-share"):
        lines = client.get(f"{URL}?sort={sort}&size=200").context["page"].object_list
        assert lines[-1].unmet_share is None


def test_the_whole_list_is_a_file(cast, many, as_user):
    lines = text_of(as_user(cast.city_user).get(f"{URL}?format=csv")).strip().splitlines()
    assert len(lines) == 104
    assert lines[-1].endswith("102")


def test_only_who_compares_counties_and_only_hers(cast, evaluation, as_user):
    for user in (cast.officer, cast.principal, cast.leader):
        assert as_user(user).get(URL).status_code == 404
    own = as_user(cast.inspector).get(URL).context["page"]
    assert [line.name for line in own] == ["甲县"], "a county's inspector sees her own"


def test_an_odd_address_is_no_error(cast, evaluation, as_user):
    for query in ("year=abc", "year=1900", "measure=odd", "sort=odd", "city=odd", "page=999"):
        assert as_user(cast.analyst).get(f"{URL}?{query}").status_code == 200


def test_all_counties_are_judged_anew_by_a_job(cast, as_user):
    answer = as_user(cast.city_user).post("/results/counties/evaluate/", {"year": "2025"})
    job = Job.objects.get(kind="evaluate_counties")
    assert answer.headers["Location"] == f"/jobs/{job.code}/"
    assert (job.place, job.arguments) == (cast.city, {"school_year": 2025, "basis": "approved"})
    assert as_user(cast.officer).post("/results/counties/evaluate/").status_code == 404


def test_the_newest_year_with_a_judgement_opens_though_a_county_has_begun_the_next(cast, evaluation, as_user):
    days = {"day": date(2026, 12, 31), "opens_on": date(2026, 9, 15), "due_on": date(2026, 10, 31)}
    Period.objects.create(county=cast.county, label="2026", school_year=2026, standard="CN/youzhi_2017", **days)
    assert as_user(cast.analyst).get(URL).context["year"] == 2025
    page = as_user(cast.analyst).get(URL, {"year": "2026"})
    assert (page.context["year"], page.context["chart"]) == (2026, {})


def test_one_county_with_a_figure_is_no_picture(cast, evaluation, many, as_user):
    assert as_user(cast.analyst).get(URL, {"q": "甲县"}).context["chart"] == {}
    assert as_user(cast.analyst).get(URL).context["chart"]

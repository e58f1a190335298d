"""Places: entered, renamed, closed and merged by whoever manages them, by the rules of 学校名录."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from junheng.web.audit.models import Event
from junheng.web.filings.period_services import close_period, open_period
from junheng.web.regions.models import Place

PLACES = "/system/places/"
SCHOOL = {"name": "东镇三小", "code": "9901010009", "school_kind": "小学", "location": "镇区"}
SCHOOL |= {"operator": "本县政府", "boarding": "否", "opened_on": "2020-09-01"}


def url(name, *args):
    return reverse(f"regions:{name}", args=args)


def test_the_front_page_shows_what_each_may_manage(cast, as_user):
    page = as_user(cast.admin).get("/system/").content.decode()
    assert all(word in page for word in (PLACES, "/system/people/", "/system/audit/"))
    page = as_user(cast.officer).get("/system/").content.decode()
    assert PLACES not in page
    assert as_user(cast.clerk).get("/system/").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "officer", "leader", "analyst", "nobody"])
def test_for_others_there_is_no_such_page(cast, as_user, who):
    client = as_user(getattr(cast, who))
    pages = [PLACES, url("place", cast.school.pk), url("change-place", cast.school.pk)]
    pages += [url("schools-upload", cast.county.pk), url("schools-template", cast.county.pk)]
    assert {client.get(page).status_code for page in pages} == {404}


def test_whoever_is_signed_out_is_asked_to_sign_in(client, cast):
    assert client.get(PLACES).headers["Location"].startswith("/account/sign-in/")


def test_a_place_of_another_county_does_not_exist(cast, as_user):
    client, other = as_user(cast.admin), cast.other_school
    assert client.get(url("place", other.pk)).status_code == 404
    assert client.post(url("change-place", other.pk), SCHOOL).status_code == 404
    assert client.post(url("close-place", other.pk), {"closed_on": "2026-01-01"}).status_code == 404
    assert client.post(url("add-place", cast.other_county.pk, "school"), SCHOOL).status_code == 404
    assert client.get(url("schools-preview", cast.other_county.pk)).status_code == 404


def test_the_tree_is_walked_down_and_searched(cast, as_user):
    client = as_user(cast.admin)
    assert "东镇" in client.get(url("place", cast.county.pk)).content.decode()
    assert "东镇一小" in client.get(url("place", cast.town.pk)).content.decode()
    found = client.get(PLACES + "?q=二小").content.decode()
    assert "东镇二小" in found
    assert "县直小学" not in found.split("<tbody>")[1]


def test_a_school_is_entered_below_its_town_with_its_profile(cast, as_user):
    as_user(cast.admin).post(url("add-place", cast.county.pk, "school"), SCHOOL | {"town": cast.town.pk})
    school = Place.objects.get(code="9901010009")
    assert (school.parent, school.record["school_kind"]) == (cast.town, "小学")
    assert school.path == f"{cast.town.path}9901010009/"
    assert school.opened_on == date(2020, 9, 1)


@pytest.mark.parametrize(
    "wrong", [{"code": "99/01"}, {"code": "9901020001"}, {"school_kind": ""}, {"school_kind": "大学"}, {"name": ""}]
)
def test_a_school_that_breaks_a_rule_is_not_entered(cast, as_user, wrong):
    before = Place.objects.count()
    answer = as_user(cast.admin).post(url("add-place", cast.county.pk, "school"), SCHOOL | wrong)
    assert answer.status_code == 200
    assert Place.objects.count() == before


def test_a_town_is_entered_renamed_and_keeps_its_code(cast, as_user):
    client = as_user(cast.admin)
    client.post(url("add-place", cast.county.pk, "town"), {"name": "西镇"})
    town = Place.objects.get(code="990101-西镇")
    client.post(url("change-place", town.pk), {"name": "西镇街道"})
    town.refresh_from_db()
    assert (town.name, town.code) == ("西镇街道", "990101-西镇")
    change = Event.objects.get(action="change_place").changes
    assert {"what": "name", "before": "西镇", "after": "西镇街道"} in change


def test_a_county_does_not_hold_a_province(cast, as_user):
    assert as_user(cast.admin).get(url("add-place", cast.county.pk, "province")).status_code == 404


def test_a_school_with_a_filing_under_way_is_not_closed_and_it_is_said_why(cast, as_user):
    client = as_user(cast.admin)
    answer = client.post(url("close-place", cast.school.pk), {"closed_on": "2026-02-01"}, follow=True)
    assert "请先让学校报完" in answer.content.decode()
    cast.school.refresh_from_db()
    assert cast.school.closed_on is None


def test_a_merged_school_is_asked_for_nothing_in_the_next_period(cast, as_user):
    close_period(period=cast.period, acting_user=cast.officer, leaving=True)
    given = {"closed_on": "2026-02-01", "into": cast.neighbour.pk}
    as_user(cast.admin).post(url("close-place", cast.school.pk), given)
    cast.school.refresh_from_db()
    assert (cast.school.closed_on, cast.school.merged_into) == (date(2026, 2, 1), cast.neighbour)
    period = open_period(
        county=cast.county,
        school_year=2026,
        standard="CN/youzhi_2017",
        day=date(2026, 12, 31),
        opens_on=date(2026, 9, 15),
        due_on=date(2026, 10, 31),
        acting_user=cast.officer,
    )
    assert not period.filings.filter(place=cast.school).exists()
    assert period.filings.filter(place=cast.neighbour).exists()


def test_a_closing_by_mistake_is_undone(cast, as_user):
    close_period(period=cast.period, acting_user=cast.officer, leaving=True)
    client = as_user(cast.admin)
    client.post(url("close-place", cast.school.pk), {"closed_on": "2026-02-01"})
    client.post(url("reopen-place", cast.school.pk))
    cast.school.refresh_from_db()
    assert cast.school.closed_on is None


def test_a_town_with_open_schools_is_not_closed(cast, as_user):
    answer = as_user(cast.admin).post(url("close-place", cast.town.pk), {"closed_on": "2026-02-01"}, follow=True)
    assert "还有 2 个在办的单位" in answer.content.decode()


def test_no_school_is_merged_into_itself_or_into_another_county(cast, as_user):
    close_period(period=cast.period, acting_user=cast.officer, leaving=True)
    for into in (cast.school, cast.other_school):
        given = {"closed_on": "2026-02-01", "into": into.pk}
        as_user(cast.admin).post(url("close-place", cast.school.pk), given)
    cast.school.refresh_from_db()
    assert cast.school.closed_on is None


def test_a_school_moves_to_another_town_with_its_address_in_the_tree(cast, as_user):
    given = SCHOOL | {"name": "东镇一小", "town": ""}
    as_user(cast.admin).post(url("change-place", cast.school.pk), given)
    cast.school.refresh_from_db()
    assert (cast.school.parent, cast.school.path) == (cast.county, f"{cast.county.path}9901010001/")

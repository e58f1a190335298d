"""催报与审核: what each person sees, finds and may do; every figure leads to the filings that it counts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from junheng.web.filings.models import Filing
from junheng.web.filings.period_services import open_period
from junheng.web.jobs.models import Job
from junheng.web.notices.models import Notice
from junheng.web.regions.models import PlaceKind
from junheng.web.regions.services import enter_place

BOARD = "/filings/board/"


def rows(page) -> list[str]:
    """The names in the list of filings."""
    body = page.content.decode()
    return re.findall(r'<th scope="row"[^>]*><a href="/filings/board/[0-9a-f-]{36}/[^>]*>([^<]+)</a></th>', body)


def put(cast, place, state: str, **fields) -> Filing:
    filing = cast.filing(place)
    Filing.objects.filter(pk=filing.pk).update(state=state, version=2, **fields)
    return cast.filing(place)


@pytest.fixture
def mixed(cast):
    """One filing not begun, one signed, one sent to the county; all of them are overdue."""
    cast.period.due_on = timezone.localdate() - timedelta(days=3)
    cast.period.save()
    put(cast, cast.neighbour, "signed", jumps=2, errors=0)
    put(cast, cast.direct, "town_passed")
    return cast


def test_an_officer_sees_the_whole_county_a_town_head_her_town_a_clerk_nothing(mixed, as_user):
    assert {"东镇一小", "东镇二小", "县直小学"} < set(rows(as_user(mixed.officer).get(BOARD)))
    assert rows(as_user(mixed.town_head).get(BOARD)) == ["东镇一小", "东镇二小"]
    assert as_user(mixed.clerk).get(BOARD).status_code == 404


def test_an_officer_of_the_next_county_sees_nothing_of_this_one(mixed, as_user):
    page = as_user(mixed.other_officer).get(BOARD)
    assert "乙县小学" in rows(page)
    assert "东镇一小" not in page.content.decode()


def test_an_administrator_sees_who_has_filed_but_is_led_to_no_figures(mixed, as_user):
    page = as_user(mixed.admin).get(BOARD)
    assert rows(page) == []
    assert "东镇一小" in page.content.decode()


def test_what_is_late_is_said_with_the_days_and_only_until_it_is_filed(mixed, as_user):
    page = as_user(mixed.officer).get(BOARD, {"late": "on"})
    assert "东镇一小" in rows(page)
    assert "东镇二小" not in rows(page), "it has been signed: it is the town's turn, not the school's"
    assert "逾期 3 天" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"standing": "not_begun", "q": "小"}, ["东镇一小"]),
        ({"standing": "signed"}, ["东镇二小"]),
        ({"standing": "mine"}, ["县直小学"]),
        ({"q": "9901010003"}, ["县直小学"]),
        ({"q": "二小"}, ["东镇二小"]),
        ({"jumped": "on"}, ["东镇二小"]),
        ({"town": "direct"}, ["县直小学"]),
        ({"town": "990101-东镇", "standing": "filed"}, ["东镇二小"]),
    ],
)
def test_a_filter_finds_what_it_says(mixed, as_user, query, found):
    assert rows(as_user(mixed.officer).get(BOARD, query)) == found


def test_every_count_of_the_board_is_as_long_as_the_list_behind_it(mixed, as_user):
    client = as_user(mixed.officer)
    body = client.get(BOARD).content.decode()
    doors = re.findall(r'<td class="num"><a href="(\?[^"]+)#rows">(?:<b>)?(\d+)', body)
    assert len(doors) >= 8, "the towns, the schools of the county, the offices and the sum"
    for href, count in doors:
        page = client.get(BOARD + href.replace("&amp;", "&"))
        assert page.context["page"].paginator.count == int(count), href


def test_the_list_is_sorted_by_any_head_both_ways(mixed, as_user):
    client = as_user(mixed.town_head)
    assert rows(client.get(BOARD, {"sort": "jumps"})) == ["东镇一小", "东镇二小"]
    assert rows(client.get(BOARD, {"sort": "-jumps"})) == ["东镇二小", "东镇一小"]
    assert rows(client.get(BOARD, {"sort": "nonsense"})) == ["东镇一小", "东镇二小"]


def test_the_whole_filtered_list_is_a_file_that_ends_with_its_count(mixed, as_user):
    answer = as_user(mixed.officer).get(BOARD, {"format": "csv", "standing": "signed"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 3
    assert "东镇二小" in lines[1]
    assert "1" in lines[2]


def test_a_wide_view_shows_counties_and_then_their_towns(mixed, as_user):
    client = as_user(mixed.analyst)
    page = client.get(BOARD)
    assert [line.progress.label for line in page.context["progress"]] == ["甲县", "乙县"]
    page = client.get(BOARD, {"county": "990101"})
    assert [line.progress.label for line in page.context["progress"]] == ["东镇", "县直学校", "部门"]


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(
    mixed, as_user, django_assert_max_num_queries
):
    client = as_user(mixed.officer)
    with django_assert_max_num_queries(22):
        client.get(BOARD)


# Reminders


def remind(client, **posted):
    return client.post("/filings/board/remind/", posted, follow=True)


def test_one_click_reminds_clerk_and_principal_of_everybody_late(mixed, as_user):
    page = remind(as_user(mixed.officer))
    told = Notice.objects.filter(kind="reminder")
    assert {notice.user.name for notice in told if "东镇一小" in notice.words} == {"填报员小李", "张校长"}
    assert not [notice for notice in told if "东镇二小" in notice.words], "it has been filed"
    assert "已逾期 3 天" in told.get(user=mixed.clerk).words
    assert "已催报" in page.content.decode()


def test_a_filing_is_reminded_of_once_a_day(mixed, as_user):
    remind(as_user(mixed.officer))
    before = Notice.objects.count()
    page = remind(as_user(mixed.officer))
    assert Notice.objects.count() == before
    assert "今天已经催过" in page.content.decode()


def test_a_town_head_reminds_her_own_town_only(mixed, as_user):
    remind(as_user(mixed.town_head))
    assert mixed.filing().reminded_on == timezone.localdate()
    assert mixed.filing(mixed.county, "finance").reminded_on is None


def test_a_school_without_clerk_and_principal_is_named(mixed, as_user):
    put(mixed, mixed.direct, "draft")
    page = remind(as_user(mixed.officer))
    assert "没有催到" in page.content.decode()
    assert "县直小学" in page.content.decode()


def test_leaders_and_clerks_do_not_remind(mixed, as_user):
    assert as_user(mixed.clerk).post("/filings/board/remind/").status_code == 404
    page = remind(as_user(mixed.leader))
    assert "不归您催报" in page.content.decode()
    assert not Notice.objects.filter(kind="reminder").exists()


def test_mail_is_left_to_a_job_where_a_mail_server_is_set(mixed, as_user, settings):
    settings.EMAIL_HOST = "mail.example.invalid"
    remind(as_user(mixed.officer))
    assert [job.kind for job in Job.objects.all()] == ["mails"]


def test_without_a_mail_server_no_job_is_started(mixed, as_user):
    remind(as_user(mixed.officer))
    assert not Job.objects.exists()


# Who answers for what


def test_schools_without_clerk_or_principal_are_named(cast, as_user):
    page = as_user(cast.officer).get("/filings/board/people/", {"lacking": "1"})
    assert [line.school.name for line in page.context["lines"]] == ["县直小学"]
    assert "3 所学校中，1 所没有填报员，1 所没有校长" in page.content.decode()


def test_a_person_whose_role_has_ended_answers_for_nothing(cast, as_user):
    cast.clerk.assignments.update(ends_on=date(2024, 1, 1))
    page = as_user(cast.officer).get("/filings/board/people/", {"lacking": "1"})
    assert [line.school.name for line in page.context["lines"]] == ["东镇一小", "县直小学"]


def test_people_are_shown_to_those_who_follow_the_board_only(cast, as_user):
    town = as_user(cast.town_head).get("/filings/board/people/")
    assert [line.school.name for line in town.context["lines"]] == ["东镇一小", "东镇二小"]
    assert as_user(cast.clerk).get("/filings/board/people/").status_code == 404


@pytest.fixture
def next_year(cast):
    """The next year is opened while this one runs."""
    days = {"day": date(2026, 12, 31), "opens_on": date(2026, 9, 15), "due_on": date(2099, 10, 31)}
    return open_period(
        county=cast.county, school_year=2026, standard="CN/youzhi_2017", acting_user=cast.officer, **days
    )


def test_opening_the_next_year_does_not_hide_what_still_waits_in_this_one(mixed, next_year, as_user):
    page = as_user(mixed.officer).get(BOARD)
    assert page.context["board"].year == 2025
    assert page.context["board"].years == (2026, 2025)
    assert as_user(mixed.officer).get(BOARD, {"year": "2026"}).context["board"].year == 2026


def test_the_board_opens_on_the_oldest_year_not_fully_approved_where_nothing_waits(cast, next_year, as_user):
    client = as_user(cast.leader)
    assert client.get(BOARD).context["board"].year == 2025
    cast.period.filings.update(state="approved")
    assert client.get(BOARD).context["board"].year == 2026


def test_changing_the_year_changes_the_whole_page(mixed, next_year, as_user):
    body = as_user(mixed.officer).get(BOARD, {"year": "2026"}).content.decode()
    form = re.search(r'<form class="filters"[^>]*>', body)[0]
    assert 'hx-target="#main"' in form
    assert "year=2025" not in body.replace('<option value="2025"', "")


def test_a_county_without_filings_is_shown_empty_and_one_out_of_sight_not_at_all(mixed, as_user):
    empty = enter_place(kind=PlaceKind.COUNTY, code="990103", name="丙县", parent=mixed.city, acting_user=None)
    page = as_user(mixed.city_user).get(BOARD, {"county": empty.code})
    assert (page.context["page"].paginator.count, page.context["progress"]) == (0, [])
    assert "丙县 2025 学年没有填报" in page.content.decode()
    assert as_user(mixed.officer).get(BOARD, {"county": empty.code}).status_code == 404


def test_a_filing_is_begun_when_something_is_filled_in_and_called_the_same_everywhere(cast, as_user):
    Filing.objects.filter(pk=cast.filing().pk).update(filled=3, asked=9)
    client = as_user(cast.officer)
    assert rows(client.get(BOARD, {"standing": "filling"})) == ["东镇一小"]
    assert client.get(BOARD).context["progress"][0].progress.counts["filling"] == 1
    assert cast.filing().standing_label == "填报中"
    assert "未开始" in as_user(cast.neighbour_clerk).get("/filings/").content.decode()

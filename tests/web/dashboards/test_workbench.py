"""工作台: what each person owes, by when, and what came back; nothing of anybody else's."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from junheng.web.filings.models import Filing
from junheng.web.filings.period_services import open_period
from junheng.web.filings.services import take_step
from junheng.web.inspections.models import InspectionFinding
from junheng.web.rectification.models import Gap
from web.conftest import fill_soundly


def tasks(client) -> list[tuple[str, str]]:
    return [(task.kind, task.text) for task in client.get("/").context["tasks"]]


@pytest.fixture
def late(cast):
    cast.period.due_on = timezone.localdate() - timedelta(days=2)
    cast.period.save()
    return cast


def test_a_clerk_owes_her_own_filing_with_the_days_it_is_late(late, as_user):
    page = as_user(late.clerk).get("/")
    [task] = page.context["tasks"]
    assert (task.kind, task.text.split(" · ")[0], task.days_left) == ("填报", "东镇一小", -2)
    assert "有 1 件事要办，1 件已逾期" in page.content.decode()
    assert "逾期 2 天" in page.content.decode()


def test_what_came_back_stands_with_its_reason(cast, as_user):
    filing = fill_soundly(cast.filing())
    Filing.objects.filter(pk=filing.pk).update(state="town_passed")
    take_step(filing=cast.filing(), step="return", version=1, acting_user=cast.officer, reason="班级数对不上")
    page = as_user(cast.clerk).get("/")
    [task] = page.context["tasks"]
    assert task.came_back
    assert "班级数对不上" in page.content.decode()
    assert "1 份被退回" in page.content.decode()


def test_a_principal_signs_what_was_handed_in_and_her_clerk_owes_nothing_then(cast, as_user):
    Filing.objects.filter(pk=cast.filing().pk).update(state="handed_in")
    assert ("签报", "东镇一小") in [(kind, text.split(" · ")[0]) for kind, text in tasks(as_user(cast.principal))]
    assert tasks(as_user(cast.clerk)) == []


def test_reviewers_see_how_many_wait_for_them(late, as_user):
    Filing.objects.filter(pk=late.filing().pk).update(state="signed")
    Filing.objects.filter(pk=late.filing(late.direct).pk).update(state="town_passed")
    assert ("审核", "1 份填报待审核") in tasks(as_user(late.town_head))
    assert ("审核", "1 份填报待审核") in tasks(as_user(late.officer))
    assert "财政部门" not in str(tasks(as_user(late.officer))), "the finance office has its own person"
    assert "财政部门" in str(tasks(as_user(late.finance)))
    assert ("催报", "1 份填报逾期未报") in tasks(as_user(late.town_head)), "the other school of the town"


def test_a_gap_is_on_the_bench_of_its_owner_only(cast, as_user):
    Gap.objects.create(
        period=cast.period,
        place=cast.school,
        key="resources/9901010001/primary/backbone_teachers",
        part="resources",
        outcome="unmet",
        title="骨干教师不足",
        lacks="3 名",
        owner=cast.principal,
        due_on=timezone.localdate() + timedelta(days=5),
        seen_at=timezone.now(),
    )
    assert "整改" in [kind for kind, _ in tasks(as_user(cast.principal))]
    assert "整改" not in [kind for kind, _ in tasks(as_user(cast.clerk))]
    assert "整改" not in [kind for kind, _ in tasks(as_user(cast.officer))]


def test_a_finding_waits_for_the_school_until_it_is_answered(cast, as_user):
    finding = InspectionFinding.objects.create(
        period=cast.period, place=cast.school, method="visit", text="消防通道堵塞", inspector=cast.inspector
    )
    assert "答复" in [kind for kind, _ in tasks(as_user(cast.clerk))]
    assert "答复" not in [kind for kind, _ in tasks(as_user(cast.neighbour_clerk))]
    finding.answered_at = timezone.now()
    finding.save()
    assert "答复" not in [kind for kind, _ in tasks(as_user(cast.clerk))]


def test_a_leader_reads_the_verdict_in_one_sentence_and_a_clerk_does_not(cast, evaluation, as_user):
    page = as_user(cast.leader).get("/").content.decode()
    assert "甲县" in page
    assert "/results/overview/" in page
    assert as_user(cast.leader).get("/").context["verdicts"]
    assert as_user(cast.clerk).get("/").context["verdicts"] == []
    assert as_user(cast.other_officer).get("/").context["verdicts"] == []


def test_whoever_has_nothing_to_do_is_told_so_kindly(cast, as_user):
    assert "都办完了" in as_user(cast.leader).get("/").content.decode()
    assert "还没有给您分配角色" in as_user(cast.nobody).get("/").content.decode()


def test_signed_out_people_are_asked_to_sign_in(client, db):
    assert client.get("/").headers["Location"].startswith("/account/")


def test_the_bench_asks_the_database_a_bounded_number_of_questions(late, as_user, django_assert_max_num_queries):
    client = as_user(late.officer)
    with django_assert_max_num_queries(40):
        client.get("/")


def test_the_bench_counts_every_year_that_runs_each_with_its_own_list(late, as_user):
    Filing.objects.filter(pk=late.filing(late.direct).pk).update(state="town_passed")
    days = {"day": date(2026, 12, 31), "opens_on": date(2026, 9, 15), "due_on": date(2099, 10, 31)}
    open_period(county=late.county, school_year=2026, standard="CN/youzhi_2017", acting_user=late.officer, **days)
    found = [task for task in as_user(late.officer).get("/").context["tasks"] if task.kind == "审核"]
    assert [(task.text, task.href) for task in found] == [
        ("2025—2026：1 份填报待审核", "/filings/board/?standing=mine&year=2025")
    ]
    assert as_user(late.officer).get(found[0].href).context["page"].paginator.count == 1


def test_who_only_follows_opens_with_the_verdict_or_the_counties(cast, evaluation, as_user):
    def headline(page):
        return re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.S)[1].strip()

    assert headline(as_user(cast.leader).get("/")).startswith("甲县未达标")
    assert headline(as_user(cast.city_user).get("/")).startswith("2025 学年 2 个县中，0 个达标，1 个未达标")
    assert headline(as_user(cast.analyst).get("/")).startswith("2025 学年 2 个县中")

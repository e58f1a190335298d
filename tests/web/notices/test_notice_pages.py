"""Notices: each person reads her own, follows them, and is done with them."""

from __future__ import annotations

import pytest

from junheng.web.notices.models import Notice
from junheng.web.notices.services import tell


@pytest.fixture
def told(cast):
    tell(users=[cast.clerk, cast.principal], kind="reminder", text="催报：请完成", url="/filings/")
    return cast


def test_unread_ones_are_counted_in_the_head_of_every_page(told, as_user):
    page = as_user(told.clerk).get("/notices/")
    assert page.context["notice_count"] == 1
    assert "1 条通知没有读" in page.content.decode()
    assert "催报：请完成" in page.content.decode()


def test_nobody_reads_or_follows_anothers(told, as_user):
    notice = Notice.objects.get(user=told.principal)
    client = as_user(told.clerk)
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    client.post("/notices/read/", {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None
    assert "没有未读的通知" in as_user(told.officer).get("/notices/").content.decode()


def test_following_one_marks_it_as_read_and_leads_there(told, as_user):
    notice = Notice.objects.get(user=told.clerk)
    answer = as_user(told.clerk).get(f"/notices/{notice.pk}/")
    assert answer.headers["Location"] == "/filings/"
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("url", ["https://example.invalid/", "//example.invalid/", "javascript:alert(1)", ""])
def test_one_that_leads_outside_leads_nowhere(told, as_user, url):
    Notice.objects.filter(user=told.clerk).update(url=url)
    notice = Notice.objects.get(user=told.clerk)
    assert as_user(told.clerk).get(f"/notices/{notice.pk}/").headers["Location"] == "/notices/"


def test_all_are_marked_as_read_at_once_and_stay_in_the_list_of_all(told, as_user):
    client = as_user(told.clerk)
    client.post("/notices/read/", {"all": "1"})
    assert "没有通知" in client.get("/notices/").content.decode()
    assert "催报：请完成" in client.get("/notices/", {"show": "all"}).content.decode()


def test_signed_out_people_are_asked_to_sign_in(client, db):
    assert client.get("/notices/").headers["Location"].startswith("/account/")

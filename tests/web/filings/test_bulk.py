"""Bulk steps: counted, confirmed, each filing by itself with all the checks it has alone."""

from __future__ import annotations

import pytest

from junheng.web.audit.models import Event
from junheng.web.filings import bulk_views
from junheng.web.filings.models import Filing
from junheng.web.filings.states import State
from junheng.web.filings.versions import make_version
from junheng.web.jobs.models import Job
from junheng.web.notices.models import Notice
from web.conftest import fill_soundly


def put(cast, place, state: str) -> Filing:
    filing = fill_soundly(cast.filing(place))
    make_version(filing, step="sign", acting_user=cast.principal)
    Filing.objects.filter(pk=filing.pk).update(state=state, version=5)
    return cast.filing(place)


@pytest.fixture
def ready(cast):
    """Two filings that wait for the county, one that waits for the town."""
    put(cast, cast.school, "town_passed")
    put(cast, cast.direct, "town_passed")
    put(cast, cast.neighbour, "signed")
    return cast


def post(client, action: str, *, rows=(), follow=True, **fields):
    codes = [str(filing.code) for filing in rows]
    return client.post("/filings/board/bulk/", {"action": action, "row": codes, **fields}, follow=follow)


def states(cast) -> list[str]:
    return [cast.filing(place).state for place in (cast.school, cast.neighbour, cast.direct)]


def test_everything_filtered_is_approved_at_once_with_an_event_each(ready, as_user):
    page = post(as_user(ready.officer), "approve", all="1", filter="standing=town_passed", count="2")
    assert "2 份全部完成" in page.content.decode()
    assert states(ready) == ["approved", "signed", "approved"]
    assert Event.objects.filter(action="step:approve").count() == 2


def test_what_cannot_be_done_is_listed_with_why_and_the_rest_is_done(ready, as_user):
    page = post(as_user(ready.officer), "approve", all="1", filter="town=990101-东镇", count="2")
    body = page.content.decode()
    assert states(ready) == ["approved", "signed", "town_passed"]
    assert "1 份已完成，1 份没有" in body
    assert "JH-B010" in body, "the town has not passed it, and the county may not do that for the town"


def test_a_town_head_passes_what_waits_for_the_town(ready, as_user):
    post(as_user(ready.town_head), "approve", rows=[ready.filing(ready.neighbour)], count="1")
    assert states(ready) == ["town_passed", "town_passed", "town_passed"]


def test_a_count_that_no_longer_holds_is_refused(ready, as_user):
    page = post(as_user(ready.officer), "approve", all="1", filter="standing=town_passed", count="3")
    assert "JH-B046" in page.content.decode()
    assert states(ready) == ["town_passed", "signed", "town_passed"]


def test_a_filter_that_cannot_be_read_selects_nothing(ready, as_user):
    page = post(as_user(ready.officer), "approve", all="1", filter="standing=everything", count="3")
    assert "JH-B046" in page.content.decode()
    assert "approved" not in states(ready)


def test_without_script_the_count_is_asked_for_on_a_page(ready, as_user):
    client = as_user(ready.officer)
    page = post(client, "approve", rows=[ready.filing()], count="0")
    assert "审核通过 1 份填报？" in page.content.decode()
    assert states(ready)[0] == "town_passed"
    post(client, "approve", rows=[ready.filing()], count="1", confirmed="1")
    assert states(ready)[0] == "approved"


def test_a_return_asks_for_a_reason_and_tells_it_to_the_filers(ready, as_user, django_capture_on_commit_callbacks):
    client = as_user(ready.officer)
    assert "退回原因" in post(client, "return", rows=[ready.filing()], count="1").content.decode()
    refused = post(client, "return", rows=[ready.filing()], count="1", confirmed="1", reason=" ")
    assert "JH-B047" in refused.content.decode()
    assert states(ready)[0] == "town_passed"
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "return", rows=[ready.filing()], count="1", confirmed="1", reason="班级数对不上")
    assert states(ready)[0] == "returned"
    assert "班级数对不上" in Notice.objects.get(user=ready.clerk, kind="returned").words


def test_a_bulk_approval_is_taken_back_by_a_bulk_return(ready, as_user):
    client = as_user(ready.officer)
    post(client, "approve", all="1", filter="standing=town_passed", count="2")
    post(client, "return", all="1", filter="standing=approved", count="2", confirmed="1", reason="批错了")
    assert states(ready) == ["returned", "signed", "returned"]


def test_a_filing_is_locked_in_bulk_and_unlocked_one_by_one(ready, as_user):
    client = as_user(ready.officer)
    post(client, "approve", all="1", filter="standing=town_passed", count="2")
    post(client, "lock", all="1", filter="standing=to_lock", count="2", confirmed="1")
    assert states(ready) == ["locked", "signed", "locked"]
    filing = ready.filing()
    decision = {"step": "unlock", "version": filing.version, "reason": "补录一名教师"}
    client.post(f"/filings/board/{filing.code}/decide/", decision)
    assert states(ready) == ["approved", "signed", "locked"]


@pytest.mark.parametrize("who", ["clerk", "principal", "leader", "inspector", "analyst", "finance", "nobody", "admin"])
def test_who_reviews_nothing_has_no_bulk_steps(ready, as_user, who):
    answer = post(as_user(getattr(ready, who)), "approve", rows=[ready.filing()], count="1", follow=False)
    assert answer.status_code == 404
    assert states(ready) == ["town_passed", "signed", "town_passed"]


def test_filings_of_another_county_are_not_among_those_chosen(ready, as_user):
    other = ready.filing(ready.other_school)
    Filing.objects.filter(pk=other.pk).update(state=State.TOWN_PASSED)
    page = post(as_user(ready.officer), "approve", rows=[other, ready.filing()], count="2")
    assert "JH-B046" in page.content.decode(), "one of the two does not exist for her"
    other.refresh_from_db()
    assert other.state == State.TOWN_PASSED


def test_forged_rows_and_actions_are_not_found(ready, as_user):
    client = as_user(ready.officer)
    assert client.post("/filings/board/bulk/", {"action": "approve", "row": "x", "count": "1"}).status_code == 404
    assert client.post("/filings/board/bulk/", {"action": "delete", "count": "1"}).status_code == 404


def test_many_are_done_by_a_job(ready, as_user, monkeypatch):
    monkeypatch.setattr(bulk_views, "AT_ONCE", 1)
    post(as_user(ready.officer), "approve", all="1", filter="standing=town_passed", count="2")
    job = Job.objects.get()
    assert (job.kind, job.user, len(job.arguments["filings"])) == ("steps", ready.officer, 2)
    assert job.arguments["action"] == "approve"
    assert states(ready)[0] == "town_passed", "nothing is done before the job runs"


def test_locking_says_beforehand_how_many_can_be_locked(ready, as_user):
    Filing.objects.filter(pk=ready.filing().pk).update(state="approved")
    rest = Filing.objects.filter(period=ready.period).exclude(state="approved").count()
    page = post(as_user(ready.officer), "lock", all="1", filter="", count=str(rest + 1)).content.decode()
    assert "锁定 1 份填报？" in page
    assert f"所选的另外 {rest} 份" in page
    assert ready.filing().state == "approved", "nothing is locked before it is confirmed"

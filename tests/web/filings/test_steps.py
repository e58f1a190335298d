"""Each step of a filing: by the right person, from the right state, on what she saw, with a reason where one is due."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.web.audit.models import Event
from junheng.web.filings.models import Filing
from junheng.web.notices.models import Notice
from web.conftest import approve, fill_soundly

# step, from, to, who takes it, who has nothing to do with it although she sees the filing
STEPS = [
    ("hand_in", "draft", "handed_in", "clerk", "town_head"),
    ("hand_in", "returned", "handed_in", "clerk", "officer"),
    ("take_back", "handed_in", "draft", "clerk", "town_head"),
    ("sign", "handed_in", "signed", "principal", "clerk"),
    ("send_back", "handed_in", "returned", "principal", "clerk"),
    ("pass_in_town", "signed", "town_passed", "town_head", "officer"),
    ("return_in_town", "signed", "returned", "town_head", "principal"),
    ("approve", "town_passed", "approved", "officer", "town_head"),
    ("return", "town_passed", "returned", "officer", "town_head"),
    ("verify", "approved", "verified", "inspector", "officer"),
    ("lock", "approved", "locked", "officer", "inspector"),
    ("unlock", "locked", "approved", "officer", "inspector"),
]
IDS = [f"{step} from {state}" for step, state, *_rest in STEPS]


def standing_in(cast, state) -> Filing:
    filing = fill_soundly(cast.filing())
    if state in ("approved", "verified", "locked"):
        approve(filing, cast.officer)
    Filing.objects.filter(pk=filing.pk).update(state=state)
    return cast.filing()


def take(client, filing, step, *, version=None, reason="数字不对"):
    fields = {"version": filing.version if version is None else version, "reason": reason}
    return client.post(reverse("filings:step", args=[filing.code, step]), fields, follow=True)


@pytest.mark.parametrize(("step", "state", "to", "who", "other"), STEPS, ids=IDS)
def test_the_right_person_moves_it_on_and_the_log_names_her(cast, as_user, step, state, to, who, other):
    take(as_user(cast.people[who]), standing_in(cast, state), step)
    assert cast.filing().state == to
    event = Event.objects.get(action=f"step:{step}")
    assert event.user == cast.people[who]


@pytest.mark.parametrize(("step", "state", "to", "who", "other"), STEPS, ids=IDS)
def test_for_another_person_nothing_happens(cast, as_user, step, state, to, who, other):
    answer = take(as_user(cast.people[other]), standing_in(cast, state), step)
    assert cast.filing().state == state
    assert "不能" in answer.content.decode()


@pytest.mark.parametrize(("step", "state", "to", "who", "other"), STEPS, ids=IDS)
def test_a_neighbour_does_not_find_it(cast, as_user, step, state, to, who, other):
    assert take(as_user(cast.neighbour_principal), standing_in(cast, state), step).status_code == 404
    assert cast.filing().state == state


@pytest.mark.parametrize(("step", "state", "to", "who", "other"), STEPS, ids=IDS)
def test_an_old_page_moves_nothing(cast, as_user, step, state, to, who, other):
    filing = standing_in(cast, state)
    answer = take(as_user(cast.people[who]), filing, step, version=filing.version - 1)
    assert cast.filing().state == state
    assert "又有改动" in answer.content.decode()


@pytest.mark.parametrize("state", ["signed", "approved", "locked"])
def test_what_is_handed_in_cannot_be_handed_in_again(cast, as_user, state):
    take(as_user(cast.clerk), standing_in(cast, state), "hand_in")
    assert cast.filing().state == state


@pytest.mark.parametrize("step", ["send_back", "unlock"])
def test_a_step_that_needs_a_reason_is_not_taken_without(cast, as_user, step):
    state, who = ("handed_in", cast.principal) if step == "send_back" else ("locked", cast.officer)
    take(as_user(who), standing_in(cast, state), step, reason="  ")
    assert cast.filing().state == state


@pytest.mark.parametrize("step", ["nothing", "approve", "__init__"])
def test_a_step_that_there_is_not_does_nothing(cast, as_user, step):
    assert take(as_user(cast.clerk), cast.filing(), step).status_code == 200
    assert cast.filing().state == "draft"


def test_unsound_data_are_not_handed_in(cast, as_user):
    answer = take(as_user(cast.clerk), cast.filing(), "hand_in")
    assert cast.filing().state == "draft"
    assert "须说明" in answer.content.decode()


def test_whoever_filed_is_told_why_it_came_back_and_sees_it_on_the_page(
    cast, as_user, django_capture_on_commit_callbacks
):
    filing = standing_in(cast, "handed_in")
    with django_capture_on_commit_callbacks(execute=True):
        take(as_user(cast.principal), filing, "send_back", reason="骨干教师少报")
    assert "骨干教师少报" in str(Notice.objects.get(user=cast.clerk))
    assert (
        "被退回：骨干教师少报"
        in as_user(cast.clerk).get(reverse("filings:detail", args=[filing.code])).content.decode()
    )
    assert "骨干教师少报" in as_user(cast.clerk).get(reverse("filings:list")).content.decode()


def test_the_county_corrects_an_approved_figure_with_a_reason_and_the_old_version_stays(cast, as_user):
    filing = approve(fill_soundly(cast.filing()), cast.officer)
    address = reverse("filings:correct", args=[filing.code, "stage_year", "primary", "backbone_teachers"])
    fields = {"version": filing.version, "before": "6", "after": "5", "reason": "证书复核少一人"}
    as_user(cast.officer).post(address, fields)
    values = [version.content["stage_year"][0]["values"]["backbone_teachers"] for version in filing.versions.all()]
    assert values == ["6", "5"]
    page = as_user(cast.inspector).get(
        reverse("filings:cell", args=[filing.code, "stage_year", "primary", "backbone_teachers"])
    )
    [change] = page.context["trace"].changes
    assert (change.action, change.reason) == ("correct_cell", "证书复核少一人")


@pytest.mark.parametrize("who", ["clerk", "principal", "town_head", "inspector"])
def test_nobody_else_corrects_an_approved_figure(cast, as_user, who):
    filing = approve(fill_soundly(cast.filing()), cast.officer)
    address = reverse("filings:correct", args=[filing.code, "stage_year", "primary", "backbone_teachers"])
    fields = {"version": filing.version, "before": "6", "after": "5", "reason": "想改"}
    assert as_user(cast.people[who]).post(address, fields).status_code == 404
    assert filing.versions.count() == 1


def test_a_correction_that_makes_an_error_is_not_made(cast, as_user):
    filing = approve(fill_soundly(cast.filing()), cast.officer)
    address = reverse("filings:correct", args=[filing.code, "stage_year", "primary", "backbone_teachers"])
    as_user(cast.officer).post(address, {"version": filing.version, "before": "6", "after": "六", "reason": "改"})
    assert cast.filing().rows.get(table="stage_year").values["backbone_teachers"] == "6"

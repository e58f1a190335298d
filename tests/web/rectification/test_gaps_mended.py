"""整改: given to people, worked on, confirmed by somebody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404

from junheng.web.audit.models import Event
from junheng.web.errors import ReasonMissingError
from junheng.web.notices.models import Notice
from junheng.web.rectification.errors import GapStateError, NotTheirPlaceError, SameHandsError
from junheng.web.rectification.models import Gap
from junheng.web.rectification.services import (
    OF_EACH_SCHOOL,
    assign_gaps,
    close_gaps,
    list_gaps,
    record_measure,
    remind_owners,
    reopen_gap,
    say_mended,
)

BACKBONE = "resources/9901010002/primary/backbone_teachers_per_100"
DUE = date(2026, 3, 15)


@pytest.fixture
def gap(cast, evaluation) -> Gap:
    list_gaps(evaluation, cast.officer)
    return Gap.objects.get(key=BACKBONE)


def mended(cast, gap: Gap, user=None) -> Gap:
    return say_mended(
        gap=gap,
        measure="引进 4 名骨干教师",
        expects="3 月达标",
        evidence="任职文件",
        state=gap.state,
        acting_user=user or cast.neighbour_principal,
    )


def test_a_person_is_given_gaps_with_one_notice_and_one_event(cast, gap):
    count = assign_gaps(gaps=Gap.objects.all(), owner=cast.section, due_on=DUE, acting_user=cast.officer)
    assert count == Gap.objects.filter(owner=cast.section, due_on=DUE).count() == Gap.objects.count()
    assert Notice.objects.filter(user=cast.section, kind="gap").count() == 1
    assert Event.objects.filter(action="assign_gaps").count() == 1


def test_each_school_is_given_its_own(cast, gap):
    assign_gaps(gaps=Gap.objects.all(), owner=OF_EACH_SCHOOL, due_on=DUE, acting_user=cast.officer)
    gap.refresh_from_db()
    assert gap.owner == cast.neighbour_principal
    assert not Gap.objects.filter(place=cast.county, owner__isnull=False).exists(), "the county's own keep theirs"


def test_nobody_is_given_what_is_out_of_reach(cast, gap):
    with pytest.raises(NotTheirPlaceError):
        assign_gaps(gaps=[gap], owner=cast.principal, due_on=None, acting_user=cast.officer)
    with pytest.raises(Http404):
        assign_gaps(gaps=[gap], owner=cast.neighbour_principal, due_on=None, acting_user=cast.neighbour_principal)
    gap.refresh_from_db()
    assert gap.owner is None


def test_a_school_answers_its_own_and_no_other(cast, gap):
    with pytest.raises(Http404):
        mended(cast, gap, cast.principal)
    written = record_measure(
        gap=gap, measure="引进", expects="", evidence="", state="open", acting_user=cast.neighbour_clerk
    )
    assert (written.state, written.measure) == ("in_hand", "引进")


def test_mended_without_anything_to_show_is_refused(cast, gap):
    with pytest.raises(ReasonMissingError):
        say_mended(
            gap=gap, measure="引进", expects="", evidence=" ", state="open", acting_user=cast.neighbour_principal
        )


def test_who_mended_it_never_confirms_it(cast, gap):
    gap = mended(cast, gap, cast.officer)
    with pytest.raises(SameHandsError):
        close_gaps(gaps=[gap], reason="看过", acting_user=cast.officer)
    assert close_gaps(gaps=[gap], reason="看过名册", acting_user=cast.inspector) == 1
    gap.refresh_from_db()
    assert (gap.state, gap.closed_by, gap.closed_because) == ("closed", cast.inspector, "看过名册")


def test_only_who_may_confirms_and_only_what_is_said_to_be_mended(cast, gap):
    with pytest.raises(GapStateError):
        close_gaps(gaps=[gap], reason="看过", acting_user=cast.inspector)
    gap = mended(cast, gap)
    for user in (cast.neighbour_principal, cast.section, cast.town_head):
        with pytest.raises(Http404):
            close_gaps(gaps=[gap], reason="看过", acting_user=user)
    with pytest.raises(ReasonMissingError):
        close_gaps(gaps=[gap], reason="", acting_user=cast.supervision)


def test_all_or_none_are_confirmed(cast, gap):
    mended(cast, gap)
    with pytest.raises(GapStateError):
        close_gaps(gaps=Gap.objects.all(), reason="看过", acting_user=cast.inspector)
    assert not Gap.objects.filter(state="closed").exists()


def test_what_is_not_mended_goes_back_with_the_reason(cast, gap):
    gap = mended(cast, gap)
    gap = reopen_gap(gap=gap, reason="文件没有盖章", state="mended", acting_user=cast.inspector)
    assert gap.state == "in_hand"
    assert "文件没有盖章" in Notice.objects.filter(user=cast.neighbour_principal).latest("pk").words


def test_a_page_that_is_old_changes_nothing(cast, gap):
    mended(cast, gap)
    with pytest.raises(GapStateError):
        record_measure(
            gap=gap, measure="别的", expects="", evidence="", state="open", acting_user=cast.neighbour_principal
        )


def test_owners_are_reminded_once_each(cast, gap):
    assign_gaps(gaps=Gap.objects.all(), owner=cast.section, due_on=DUE, acting_user=cast.officer)
    assert remind_owners(gaps=Gap.objects.all(), acting_user=cast.supervision) == 1
    assert "催办" in Notice.objects.filter(user=cast.section).latest("pk").words

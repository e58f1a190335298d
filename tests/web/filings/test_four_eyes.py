"""Nobody approves what she handed in; what inspectors judge is theirs to fill in."""

from __future__ import annotations

import pytest
from django.http import Http404

from junheng.web.access import Action, offices_of
from junheng.web.accounts.models import Assignment, Role
from junheng.web.filings.board_errors import OwnApprovalError
from junheng.web.filings.models import Filing
from junheng.web.filings.selectors import filings_of_mine, may_fill
from junheng.web.filings.services import add_comment, add_row, remove_row, save_cells, settle_comment, take_step
from junheng.web.filings.versions import make_version
from junheng.web.notices.services import people_who
from web.conftest import fill_soundly


def handed_in(filing, step, user) -> Filing:
    make_version(fill_soundly(filing), step=step, acting_user=user)
    Filing.objects.filter(pk=filing.pk).update(state="town_passed")
    return Filing.objects.select_related("period__county", "place__parent").get(pk=filing.pk)


def step(filing, name, user):
    return take_step(filing=filing, step=name, version=filing.version, acting_user=user, reason="看过")


@pytest.mark.parametrize("by", ["hand_in", "sign"])
def test_whoever_handed_in_or_signed_does_not_approve(cast, by):
    filing = handed_in(cast.filing(cast.county, "county"), by, cast.officer)
    with pytest.raises(OwnApprovalError):
        step(filing, "approve", cast.officer)
    filing.refresh_from_db()
    assert filing.state == "town_passed"


def test_another_person_approves_it_and_she_may_still_return_it(cast):
    filing = handed_in(cast.filing(cast.county, "county"), "hand_in", cast.section)
    assert step(filing, "approve", cast.officer).state == "approved"
    own = handed_in(cast.filing(cast.county, "finance"), "hand_in", cast.officer)
    assert step(own, "return", cast.officer).state == "returned"


def test_an_inspector_does_not_verify_what_she_handed_in(cast):
    filing = handed_in(cast.filing(cast.county, "inspector"), "hand_in", cast.inspector)
    filing = step(filing, "approve", cast.officer)
    with pytest.raises(OwnApprovalError):
        step(filing, "verify", cast.inspector)


def test_what_inspectors_judge_is_filled_by_them_and_not_by_the_county(cast):
    filing = cast.filing(cast.county, "inspector")
    assert may_fill(cast.inspector, filing)
    assert filing in filings_of_mine(cast.inspector)
    for user in (cast.officer, cast.section, cast.finance, cast.leader):
        assert not may_fill(user, filing), user
        assert filing not in filings_of_mine(user), user
    assert offices_of(cast.inspector, cast.county) == {"inspector"}
    assert offices_of(cast.officer, cast.county) == {"county", "finance", "personnel"}


def test_only_those_who_file_for_an_office_hear_of_it(cast):
    def told(office):
        return set(people_who(Action.FILE_FOR_OFFICE, cast.county, office=office))

    assert told("inspector") == {cast.inspector}
    assert told("finance") == {cast.officer, cast.section, cast.finance}


def test_every_write_asks_who_writes_whatever_page_called_it(cast):
    filing = cast.filing()
    monitoring = cast.filing(cast.county, "county")
    comment = add_comment(filing=filing, text="请核对", acting_user=cast.officer)
    values = {"stage": "primary", "subject": "数学"}
    tries = [
        lambda: save_cells(filing=filing, changes=[], acting_user=cast.neighbour_clerk),
        lambda: add_row(filing=monitoring, table="monitoring", values=values, acting_user=cast.clerk),
        lambda: remove_row(filing=monitoring, table="monitoring", key="x", acting_user=cast.clerk),
        lambda: add_comment(filing=filing, text="？", acting_user=cast.other_officer),
        lambda: settle_comment(comment=comment, acting_user=cast.clerk),
    ]
    for attempt in tries:
        with pytest.raises(Http404):
            attempt()


def test_a_person_of_two_roles_cannot_pass_on_in_the_town_what_she_signed(cast):
    Assignment.objects.create(user=cast.principal, role=Role.TOWN_HEAD, place=cast.town)
    filing = handed_in(cast.filing(), "sign", cast.principal)
    Filing.objects.filter(pk=filing.pk).update(state="signed")
    with pytest.raises(OwnApprovalError):
        step(cast.filing(), "pass_in_town", cast.principal)

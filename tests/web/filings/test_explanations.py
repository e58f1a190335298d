"""An explanation holds for the figures it was given for, and for no others."""

from __future__ import annotations

from dataclasses import replace

from junheng.web.audit.models import Event
from junheng.web.filings import selectors
from junheng.web.filings.models import Filing
from junheng.web.filings.services import explain, take_step
from web.conftest import fill_soundly


def doubtful(cast, **cells):
    """A filing with sound figures but for these, and what is doubtful about it."""
    filing = fill_soundly(cast.filing(), **cells)
    return filing, selectors.checked(filing).doubts


def explained(cast, **cells) -> Filing:
    filing, doubts = doubtful(cast, **cells)
    for doubt in doubts:
        explain(filing=filing, found=doubt, text="由外校走教", acting_user=cast.clerk)
    assert selectors.checked(cast.filing()).is_sound
    return cast.filing()


def test_it_asks_again_when_another_figure_of_the_doubt_has_changed(cast):
    filing, doubts = doubtful(cast, teachers_pe="")
    then = replace(doubts[0], finding=replace(doubts[0].finding, message="体育教师没有填，而音乐教师填了 9 人。"))
    explain(filing=filing, found=then, text="由外校走教", acting_user=cast.clerk)
    [now] = [e for e in selectors.checked(cast.filing()).findings if e.column == then.column]
    assert now.finding.value == then.finding.value, "the figure itself is as it was"
    assert now.is_open


def test_what_no_longer_explains_anything_is_not_frozen(cast):
    filing = explained(cast, teachers_pe="")
    fill_soundly(filing, teachers_pe="3")
    take_step(filing=filing, step="hand_in", version=filing.version, acting_user=cast.clerk)
    values = filing.versions.get().content["stage_year"][0]["values"]
    assert "note" not in values


def test_what_still_explains_is_frozen_with_the_row(cast):
    filing = explained(cast, teachers_pe="")
    take_step(filing=filing, step="hand_in", version=filing.version, acting_user=cast.clerk)
    assert filing.versions.get().content["stage_year"][0]["values"]["note"] == "由外校走教"
    assert Event.objects.filter(action="explain").count() >= 1

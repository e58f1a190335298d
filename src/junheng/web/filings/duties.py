"""What somebody has to file: how far it is, until when, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from junheng.web.access import GRANTS, Action, Person, may
from junheng.web.accounts.models import Assignment, Role
from junheng.web.audit.models import Event
from junheng.web.filings import selectors
from junheng.web.filings.models import SCHOOL, Filing
from junheng.web.filings.offices import name_of
from junheng.web.filings.states import State


@dataclass(frozen=True, slots=True)
class Duty:
    """One filing with what its person wants to know of it."""

    filing: Filing
    name: str
    days_left: int
    is_mine_now: bool  # waits for this person
    returned: str  # why it came back

    @property
    def is_late(self) -> bool:
        return self.filing.is_open and self.days_left < 0


def duties_of(user: Person, today: date) -> list[Duty]:
    """The filings of somebody, those that wait for her first."""
    filings = list(selectors.filings_of_mine(user))
    back = [filing.pk for filing in filings if filing.state == State.RETURNED]
    reasons: dict[str, str] = {}
    events = Event.objects.filter(subject__in=[f"filing:{pk}" for pk in back], action__startswith="step:")
    for subject, reason in events.exclude(reason="").order_by("pk").values_list("subject", "reason"):
        reasons[subject] = reason
    with_clerk = _places_with_clerk(filings, today)
    duties = [
        Duty(
            filing=filing,
            name=name_of(filing),
            days_left=(filing.period.due_on - today).days,
            is_mine_now=_is_turn_of(user, filing, with_clerk),
            returned=reasons.get(f"filing:{filing.pk}", ""),
        )
        for filing in filings
    ]
    return sorted(duties, key=lambda duty: (not duty.is_mine_now, -duty.filing.period.school_year))


def _is_turn_of(user: Person, filing: Filing, with_clerk: set[int]) -> bool:
    """Whether the filing waits for this person; while it is filled in, for the clerk, not for who signs."""
    if filing.office == SCHOOL and filing.is_open and filing.place_id in with_clerk:
        return not may(user, Action.SIGN, filing.place) and bool(selectors.steps_for(user, filing))
    return any(
        not step.needs_reason and step.to != State.DRAFT and step.action is not Action.LOCK
        for step in selectors.steps_for(user, filing)
    )


def _places_with_clerk(filings: Sequence[Filing], today: date) -> set[int]:
    """The schools in which somebody other than the one who signs fills in."""
    roles = [role for role in Role if Action.FILE in GRANTS[role] and Action.SIGN not in GRANTS[role]]
    schools = [filing.place_id for filing in filings if filing.office == SCHOOL]
    held = Assignment.objects.held_on(today).filter(role__in=roles, place__in=schools, user__is_active=True)
    return set(held.values_list("place_id", flat=True))


def sentence_of(duties: Sequence[Duty]) -> str:
    """What is owed, in one sentence."""
    all_open = [duty for duty in duties if duty.filing.is_open]
    open_now = [duty for duty in all_open if duty.is_mine_now]
    late = sum(duty.is_late for duty in open_now)
    if not duties:
        return _("目前没有要您填报的数据")
    if late:
        return _("有 {late} 份填报已过截止日期，请尽快提交").format(late=late)
    if open_now:
        days = min(duty.days_left for duty in open_now)
        return _("有 {count} 份填报要完成，最近的还有 {days} 天截止").format(count=len(open_now), days=days)
    waiting = sum(duty.is_mine_now for duty in duties)
    if waiting:
        return _("有 {count} 份填报等您处理").format(count=waiting)
    if all_open:
        return _("填报员正在填写 {count} 份填报，提交后请您签报").format(count=len(all_open))
    return _("您的填报都已提交")

"""What somebody has to file: how far it is, until when, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from junheng.web.access import Person
from junheng.web.audit.models import Event
from junheng.web.filings import selectors
from junheng.web.filings.models import Filing
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
    duties = [
        Duty(
            filing=filing,
            name=name_of(filing),
            days_left=(filing.period.due_on - today).days,
            is_mine_now=bool(selectors.steps_for(user, filing)) and filing.period.closed_at is None,
            returned=reasons.get(f"filing:{filing.pk}", ""),
        )
        for filing in filings
    ]
    return sorted(duties, key=lambda duty: (not duty.is_mine_now, -duty.filing.period.school_year))


def sentence_of(duties: Sequence[Duty]) -> str:
    """What is owed, in one sentence."""
    late = sum(duty.is_late for duty in duties)
    open_now = [duty for duty in duties if duty.filing.is_open]
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
    return _("您的填报都已提交")

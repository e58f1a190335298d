"""催报: remind those who have not filed, each filing once a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from junheng.web.access import Action, places_for
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.audit.services import record
from junheng.web.filings.board_selectors import NOT_FILED
from junheng.web.filings.models import SCHOOL, Filing, Period
from junheng.web.filings.offices import name_of
from junheng.web.jobs.services import start_job
from junheng.web.notices.services import tell

MAILS = gettext_lazy("发送邮件通知")
_OF_SCHOOLS = (Role.CLERK, Role.PRINCIPAL)


@dataclass
class Reminded:
    """What became of a round of reminders."""

    filings: int = 0
    people: int = 0
    today_already: int = 0
    filed: int = 0  # nothing to remind of
    not_yours: int = 0
    nobody: list[str] = field(default_factory=list)  # no clerk and no principal to be told


def remind(*, filings: QuerySet[Filing], acting_user: User) -> Reminded:
    """Tell the clerk and the principal of every filing that has not been filed; an office's people of theirs."""
    today, result = timezone.localdate(), Reminded()
    mine = set(places_for(acting_user, Action.REMIND).filter(filings__in=filings).values_list("pk", flat=True))
    wanted: dict[Period, list[Filing]] = {}
    for filing in filings.select_related("period__county", "place__parent"):
        if filing.place_id not in mine:
            result.not_yours += 1
        elif filing.state not in NOT_FILED or filing.period.closed_at is not None:
            result.filed += 1
        elif filing.reminded_on == today:
            result.today_already += 1
        else:
            wanted.setdefault(filing.period, []).append(filing)
    people = _responsible([filing for entries in wanted.values() for filing in entries])
    with transaction.atomic():
        for period, entries in wanted.items():
            _remind_period(period, entries, people, acting_user, result)
        if result.people and settings.EMAIL_HOST:
            place = next(iter(wanted)).county
            start_job(kind="mails", title=str(MAILS), arguments={}, place=place, acting_user=acting_user)
    return result


def _remind_period(
    period: Period,
    filings: list[Filing],
    people: Mapping[tuple[int, str], list[User]],
    acting_user: User,
    result: Reminded,
) -> None:
    today = timezone.localdate()
    told = []
    for filing in filings:
        users = people.get((filing.place_id, filing.office), [])
        if not users:
            result.nobody.append(name_of(filing))
            continue
        days = (today - period.due_on).days
        late = _("催报：“%(name)s”的“%(period)s”应于 %(due)s 报出，已逾期 %(days)s 天，请尽快完成。")
        soon = _("催报：“%(name)s”的“%(period)s”应于 %(due)s 报出，请按时完成。")
        result.people += tell(
            users=users,
            kind="reminder",
            text=late if days > 0 else soon,
            url=reverse("filings:detail", args=[filing.code]),
            values={"name": name_of(filing), "period": period, "due": period.due_on, "days": days},
        )
        told.append(filing)
    result.filings += len(told)
    if told:
        Filing.objects.filter(pk__in=[filing.pk for filing in told]).update(reminded_on=today)
        record(
            acting_user=acting_user,
            action="remind",
            subject=f"period:{period.pk}",
            place=period.county,
            summary=f"{period}：催报 {len(told)} 份",
            changes=[{"what": name_of(filing), "before": None, "after": "reminded"} for filing in told],
        )


def _responsible(filings: Sequence[Filing]) -> dict[tuple[int, str], list[User]]:
    """Who is told, by place and office: clerk and principal of a school, the office's own people of the county."""
    places = {filing.place_id for filing in filings}
    found: dict[tuple[int, str], list[User]] = {}
    held = Assignment.objects.held_on(timezone.localdate()).filter(
        place__in=places, role__in=(*_OF_SCHOOLS, Role.DEPARTMENT, Role.COUNTY_OFFICER)
    )
    officers: dict[int, list[User]] = {}
    for entry in held.select_related("user"):
        match entry.role:
            case Role.DEPARTMENT:
                found.setdefault((entry.place_id, entry.office), []).append(entry.user)
            case Role.COUNTY_OFFICER:
                officers.setdefault(entry.place_id, []).append(entry.user)
            case _:
                found.setdefault((entry.place_id, SCHOOL), []).append(entry.user)
    for filing in filings:
        if filing.office != SCHOOL:
            found.setdefault((filing.place_id, filing.office), officers.get(filing.place_id, []))
    return found

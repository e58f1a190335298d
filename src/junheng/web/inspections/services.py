"""Writing findings: an inspector leaves one, the place answers, an inspector closes it. One event each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.errors import ReasonMissingError
from junheng.web.inspections.errors import FindingClosedError
from junheng.web.inspections.models import FindingState, InspectionFinding
from junheng.web.inspections.subject import Subject
from junheng.web.notices.services import people_who, tell

_ASKED = _("督导意见，请答复：%(finding)s")
_ANSWERED = _("已答复：%(finding)s")
_CLOSED = _("已办结：%(finding)s")


def leave_finding(*, subject: Subject, method: str, text: str, asks_to: str, acting_user: User) -> InspectionFinding:
    """Write down what was found, how, and what is asked for; those who answer for the place are told.

    Raises:
        ReasonMissingError: nothing is said.
    """
    require(acting_user, Action.INSPECT, subject.place)
    if not text.strip():
        raise ReasonMissingError(step=_("督导意见"))
    with transaction.atomic():
        finding = InspectionFinding.objects.create(
            period=subject.period,
            place=subject.place,
            filing=subject.filing,
            table=subject.table,
            key=subject.key,
            column=subject.column,
            indicator=subject.indicator,
            method=method,
            text=text.strip(),
            asks_to=asks_to.strip(),
            inspector=acting_user,
        )
        _record(finding, acting_user, "leave_finding", "督导意见", {"text": finding.text, "asks_to": finding.asks_to})
        users = people_who(Action.ANSWER_INSPECTION, finding.place)
        tell(users=users, kind="inspection", text=_ASKED, values={"finding": finding}, url=_url(finding))
    return finding


def answer_finding(*, finding: InspectionFinding, answer: str, acting_user: User) -> InspectionFinding:
    """Answer a finding; a later answer takes the place of an earlier one until it is closed.

    Raises:
        ReasonMissingError: the answer is blank.
        FindingClosedError: it is closed already.
    """
    if not answer.strip():
        raise ReasonMissingError(step=_("答复"))
    with transaction.atomic():
        finding = _locked(finding)
        require(acting_user, Action.ANSWER_INSPECTION, finding.place)
        if finding.state == FindingState.CLOSED:
            raise FindingClosedError(step=_("答复"))
        before = finding.answer
        finding.answer, finding.answered_by, finding.answered_at = answer.strip(), acting_user, timezone.now()
        finding.save(update_fields=["answer", "answered_by", "answered_at"])
        _record(finding, acting_user, "answer_finding", "答复督导意见", {"answer": finding.answer}, {"answer": before})
        told = {"finding": finding}
        tell(users=[finding.inspector], kind="inspection", text=_ANSWERED, values=told, url=_url(finding))
    return finding


def close_finding(*, finding: InspectionFinding, closing: str, acting_user: User) -> InspectionFinding:
    """Close a finding with what was checked.

    Raises:
        ReasonMissingError: nothing is said of what was checked.
        FindingClosedError: it is closed already.
    """
    if not closing.strip():
        raise ReasonMissingError(step=_("办结（核查结论）"))
    with transaction.atomic():
        finding = _locked(finding)
        require(acting_user, Action.INSPECT, finding.place)
        if finding.state == FindingState.CLOSED:
            raise FindingClosedError(step=_("办结"))
        finding.closing, finding.closed_by, finding.closed_at = closing.strip(), acting_user, timezone.now()
        finding.save(update_fields=["closing", "closed_by", "closed_at"])
        _record(finding, acting_user, "close_finding", "办结督导意见", {"closing": finding.closing})
        users = people_who(Action.ANSWER_INSPECTION, finding.place)
        tell(users=users, kind="inspection", text=_CLOSED, values={"finding": finding}, url=_url(finding))
    return finding


def _url(finding: InspectionFinding) -> str:
    return reverse("inspections:detail", args=[finding.code])


def _locked(finding: InspectionFinding) -> InspectionFinding:
    related = ("place", "period__county", "inspector")
    return InspectionFinding.objects.select_for_update(of=("self",)).select_related(*related).get(pk=finding.pk)


def _record(
    finding: InspectionFinding,
    user: User,
    action: str,
    words: str,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    changes: Sequence[Mapping[str, Any]] = [
        {"what": name, "before": (before or {}).get(name), "after": value} for name, value in after.items()
    ]
    record(
        acting_user=user,
        action=action,
        subject=f"inspection:{finding.pk}",
        place=finding.place,
        summary=f"{finding.place}：{words}",
        changes=changes,
    )

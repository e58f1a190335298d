"""Writing gaps: listing them from a judgement, giving them to people, saying what is done, confirming it.

Each write is one transaction with one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from junheng.web.access import Action, places_for, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.dashboards.models import Basis, Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.errors import ReasonMissingError
from junheng.web.filings.models import Period
from junheng.web.notices.services import people_who, tell
from junheng.web.rectification.errors import (
    GapStateError,
    NotTheirPlaceError,
    OlderEvaluationError,
    SameHandsError,
)
from junheng.web.rectification.finding import Found, gaps_in, passed_in
from junheng.web.rectification.models import Gap, GapState
from junheng.web.regions.models import Place

# Whom gaps are given to where no single person is named: each to the principal of its school.
OF_EACH_SCHOOL = "schools"
_RENEWED = ("outcome", "title", "lacks", "amount", "unit", "evaluation", "seen_at", "state", "closed_at", "closed_by",
            "closed_because")  # fmt: skip


class _Told(NamedTuple):
    """What an owner is told, with and without a day until when."""

    until: Promise
    at_once: Promise


_ASKED = _Told(
    _("请整改 %(count)s 项问题（%(first)s%(more)s），最早 %(due)s 前完成（%(who)s）"),
    _("请整改 %(count)s 项问题（%(first)s%(more)s）（%(who)s）"),
)
_REMINDED = _Told(
    _("催办：还有 %(count)s 项问题没有整改（%(first)s%(more)s），最早 %(due)s 前完成（%(who)s）"),
    _("催办：还有 %(count)s 项问题没有整改（%(first)s%(more)s）（%(who)s）"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a judgement did to the list: how many gaps are new, found again after closing, still there, gone."""

    new: int
    again: int
    still: int
    closed: int


def list_gaps(evaluation: Evaluation, acting_user: User | None) -> Listed:
    """Make or renew one gap for every failed or undecided requirement of a judgement; close those it decided to be met.

    What a judgement says nothing of stands, and a judgement on data that are not approved closes nothing.
    A gap that somebody confirmed as mended stays closed while the figures are the same as when that was done: what was
    looked at on the spot reaches the figures only with the next filing. Found with other figures, it stands again.

    Raises:
        OlderEvaluationError: the list was made from a newer judgement already.
    """
    period, now = evaluation.period, timezone.now()
    if acting_user is not None:
        require(acting_user, Action.ASSIGN_GAP, period.county)
    judgement, county = judgement_of(evaluation), period.county.code
    found = {entry.key: entry for entry in gaps_in(judgement, county)}
    passed = passed_in(judgement, county) if evaluation.basis == Basis.APPROVED else set()
    with transaction.atomic():
        # One at a time for a period.
        Period.objects.select_for_update().get(pk=period.pk)
        gaps = {gap.key: gap for gap in Gap.objects.filter(period=period).select_related("evaluation")}
        newest = max((gap.evaluation for gap in gaps.values() if gap.evaluation), key=lambda e: e.pk, default=None)
        if newest and newest.pk > evaluation.pk:
            raise OlderEvaluationError(
                newest=f"{timezone.localtime(newest.made_at):%Y-%m-%d %H:%M}",
                asked=f"{timezone.localtime(evaluation.made_at):%Y-%m-%d %H:%M}",
            )
        schools = {school.code: school for school in Place.objects.filter(path__below=period.county.path)}
        new, again, changes = [], 0, []
        for key, entry in found.items():
            if key not in gaps:
                place = schools.get(entry.school, period.county)
                new.append(_new(entry, evaluation, place, now))
                changes.append({"what": key, "before": None, "after": entry.lacks})
            elif _renew(gaps[key], entry, evaluation, now):
                again += 1
                changes.append({"what": key, "before": GapState.CLOSED, "after": GapState.OPEN})
        gone = [gap for key, gap in gaps.items() if key in passed - found.keys() and gap.is_standing]
        for gap in gone:
            changes.append({"what": gap.key, "before": gap.state, "after": GapState.CLOSED})
            gap.state, gap.closed_at, gap.closed_by = GapState.CLOSED, now, None
            gap.closed_because = f"{timezone.localtime(evaluation.made_at):%Y-%m-%d} 的判定已不再发现"  # zh: data
        Gap.objects.bulk_create(new)
        Gap.objects.bulk_update(gaps.values(), _RENEWED, batch_size=500)
        listed = Listed(len(new), again, len(found) - len(new) - again, len(gone))
        counts = f"新增 {listed.new} 项，重现 {listed.again} 项，仍在 {listed.still} 项"  # zh: data
        summary = f"{period}：问题清单，{counts}，销号 {listed.closed} 项"
        _record(period.county, acting_user, "list_gaps", f"period:{period.pk}", summary, changes)
    return listed


def _new(entry: Found, evaluation: Evaluation, place: Place, now: datetime) -> Gap:
    return Gap(
        period=evaluation.period,
        place=place,
        key=entry.key,
        part=entry.part,
        outcome=entry.outcome,
        title=entry.title[:300],
        indicator=entry.indicator,
        stage=entry.stage,
        lacks=entry.lacks[:120],
        amount=entry.amount,
        unit=entry.unit,
        office=entry.office[:120],
        measure=entry.plan,
        evaluation=evaluation,
        seen_at=now,
    )


def _renew(gap: Gap, entry: Found, evaluation: Evaluation, now: datetime) -> bool:
    """Bring a gap up to a judgement that found it again; whether it stands again after it was closed."""
    moved = (gap.outcome, gap.lacks, gap.amount) != (entry.outcome, entry.lacks[:120], entry.amount)
    again = gap.state == GapState.CLOSED and (moved or gap.closed_by_id is None)
    gap.outcome, gap.title, gap.lacks = entry.outcome, entry.title[:300], entry.lacks[:120]
    gap.amount, gap.unit, gap.evaluation, gap.seen_at = entry.amount, entry.unit, evaluation, now
    if again:
        gap.state, gap.closed_at, gap.closed_by, gap.closed_because = GapState.OPEN, None, None, ""
    return again


def assign_gaps(*, gaps: Iterable[Gap], owner: User | str | None, due_on: date | None, acting_user: User) -> int:
    """Give gaps to a person, or each to the principal of its school (``OF_EACH_SCHOOL``), and say until when.

    What is None stays as it is, and so does the owner where a school has no principal. Returns how many gaps changed.

    Raises:
        NotTheirPlaceError: some are at places where this person does not work on gaps.
    """
    with transaction.atomic():
        locked = _locked(gaps)
        for gap in locked:
            require(acting_user, Action.ASSIGN_GAP, gap.place)
        owners = _owners(locked, owner)
        changes: list[dict[str, Any]] = []
        told: dict[User, list[Gap]] = {}
        for gap in locked:
            before = {"owner": gap.owner_id, "due_on": str(gap.due_on or "")}
            gap.owner = owners.get(gap.pk, gap.owner)
            gap.due_on = due_on or gap.due_on
            after = {"owner": gap.owner_id, "due_on": str(gap.due_on or "")}
            if before != after:
                changes.append({"what": f"gap:{gap.pk}", "before": before, "after": after})
                if gap.owner is not None:
                    told.setdefault(gap.owner, []).append(gap)
        if not changes:
            return 0
        Gap.objects.bulk_update(locked, ["owner", "due_on"], batch_size=500)
        period = locked[0].period
        summary = f"{period}：指派 {len(changes)} 项问题"
        _record(period.county, acting_user, "assign_gaps", _subject(locked), summary, changes)
        for user, own in told.items():
            _tell_owner(user, own, acting_user, _ASKED)
    return len(changes)


def _owners(gaps: Sequence[Gap], owner: User | str | None) -> dict[int, User]:
    if isinstance(owner, User):
        hers = set(places_for(owner, Action.MEND_GAP).values_list("pk", flat=True))
        if outside := sum(gap.place_id not in hers for gap in gaps):
            raise NotTheirPlaceError(count=outside, owner=owner.name)
        return {gap.pk: owner for gap in gaps}
    if owner is None:
        return {}
    places = {gap.place for gap in gaps if gap.place.kind == "school"}
    heads = {place.pk: people_who(Action.SIGN, place) for place in places}
    return {gap.pk: heads[gap.place_id][0] for gap in gaps if heads.get(gap.place_id)}


def record_measure(*, gap: Gap, measure: str, expects: str, evidence: str, state: str, acting_user: User) -> Gap:
    """Write down what is done about a gap, what it will come to, and what shows it.

    Args:
        state: where the gap stood when the page was opened.

    Raises:
        ReasonMissingError: nothing is to be done.
    """
    if not measure.strip():
        raise ReasonMissingError(step=_("整改措施"))
    with transaction.atomic():
        [gap] = _locked([gap])
        require(acting_user, Action.MEND_GAP, gap.place)
        _expect(gap, state, (GapState.OPEN, GapState.IN_HAND), _("填写整改措施"))
        changes = _set(gap, **_told(measure, expects, evidence), state=GapState.IN_HAND)
        _record(gap.place, acting_user, "record_measure", _subject([gap]), f"{gap}：整改措施", changes)
    return gap


def say_mended(*, gap: Gap, measure: str, expects: str, evidence: str, state: str, acting_user: User) -> Gap:
    """Say that a gap is mended, and what shows it; somebody else confirms it.

    Raises:
        ReasonMissingError: nothing was done, or nothing shows it.
    """
    if not measure.strip() or not evidence.strip():
        raise ReasonMissingError(step=_("报完成（整改措施和佐证说明）"))
    with transaction.atomic():
        [gap] = _locked([gap])
        require(acting_user, Action.MEND_GAP, gap.place)
        _expect(gap, state, (GapState.OPEN, GapState.IN_HAND), _("报完成"))
        told = _told(measure, expects, evidence)
        changes = _set(gap, **told, state=GapState.MENDED, mended_by=acting_user, mended_at=timezone.now())
        _record(gap.place, acting_user, "say_mended", _subject([gap]), f"{gap}：报完成", changes)
        users = [user for user in people_who(Action.CLOSE_GAP, gap.place) if user.pk != acting_user.pk]
        tell(users=users, kind="gap", text=_("待核验销号：%(gap)s"), values={"gap": gap}, url=_url(gap))
    return gap


def _told(measure: str, expects: str, evidence: str) -> dict[str, str]:
    return {"measure": measure.strip(), "expects": expects.strip()[:300], "evidence": evidence.strip()}


def close_gaps(*, gaps: Iterable[Gap], reason: str, acting_user: User) -> int:
    """Confirm that gaps are mended (销号): by whoever may, and never by whoever mended them.

    Raises:
        GapStateError: nobody said of one of them that it is mended.
        SameHandsError: one was mended by the same person.
        ReasonMissingError: nothing is said of how it was checked.
    """
    if not reason.strip():
        raise ReasonMissingError(step=_("销号（核验情况）"))
    with transaction.atomic():
        locked = _locked(gaps)
        for gap in locked:
            require(acting_user, Action.CLOSE_GAP, gap.place)
            _expect(gap, gap.state, (GapState.MENDED,), _("销号"))
            if gap.mended_by_id == acting_user.pk:
                raise SameHandsError(gap=gap)
        changes = [
            change
            for gap in locked
            for change in _set(
                gap,
                state=GapState.CLOSED,
                closed_by=acting_user,
                closed_at=timezone.now(),
                closed_because=reason.strip()[:300],
            )
        ]
        if locked:
            place = locked[0].place if len(locked) == 1 else locked[0].period.county
            summary = f"{locked[0]}：销号" if len(locked) == 1 else f"{locked[0].period}：销号 {len(locked)} 项"
            _record(place, acting_user, "close_gaps", _subject(locked), summary, changes, reason.strip())
        for gap in locked:
            _tell_those_concerned(gap, acting_user, _("已销号：%(gap)s"))
    return len(locked)


def reopen_gap(*, gap: Gap, reason: str, state: str, acting_user: User) -> Gap:
    """Send a gap back: what was said to be mended is not, or a closed one is found again."""
    with transaction.atomic():
        [gap] = _locked([gap])
        require(acting_user, Action.CLOSE_GAP, gap.place)
        _expect(gap, state, (GapState.MENDED, GapState.CLOSED), _("退回整改"))
        if not reason.strip():
            raise ReasonMissingError(step=_("退回整改"))
        changes = _set(gap, state=GapState.IN_HAND, closed_at=None, closed_by=None, closed_because="")
        _record(gap.place, acting_user, "reopen_gap", _subject([gap]), f"{gap}：退回整改", changes, reason.strip())
        _tell_those_concerned(gap, acting_user, _("退回整改：%(gap)s，原因：%(reason)s"), reason.strip())
    return gap


def remind_owners(*, gaps: Iterable[Gap], acting_user: User) -> int:
    """Remind the owners of gaps that still ask for something; one notice a person. Returns how many were told."""
    with transaction.atomic():
        locked = _locked(gaps)
        told: dict[User, list[Gap]] = {}
        for gap in locked:
            require(acting_user, Action.REMIND, gap.place)
            if gap.owner is not None and gap.state in (GapState.OPEN, GapState.IN_HAND):
                told.setdefault(gap.owner, []).append(gap)
        if not told:
            return 0
        period = locked[0].period
        changes = [{"what": f"user:{user.pk}", "before": None, "after": len(own)} for user, own in told.items()]
        summary = f"{period}：提醒 {len(told)} 人整改"
        _record(period.county, acting_user, "remind_of_gaps", f"period:{period.pk}", summary, changes)
        for user, own in told.items():
            _tell_owner(user, own, acting_user, _REMINDED)
    return len(told)


def _tell_owner(user: User, gaps: Sequence[Gap], acting_user: User, words: _Told) -> None:
    due = min((gap.due_on for gap in gaps if gap.due_on), default=None)
    values = {
        "count": len(gaps),
        "first": gaps[0].title,
        "more": "" if len(gaps) == 1 else _(" 等"),
        "who": acting_user.name,
        "due": due or "",
    }
    url = _url(gaps[0]) if len(gaps) == 1 else f"{reverse('rectification:list')}?owner={user.pk}"
    tell(users=[user], kind="gap", text=words.until if due else words.at_once, values=values, url=url)


def _tell_those_concerned(gap: Gap, acting_user: User, text: Promise, reason: str = "") -> None:
    users = {user for user in (gap.owner, gap.mended_by) if user is not None and user.pk != acting_user.pk}
    tell(users=users, kind="gap", text=text, values={"gap": gap, "reason": reason}, url=_url(gap))


def _url(gap: Gap) -> str:
    return reverse("rectification:detail", args=[gap.code])


def _expect(gap: Gap, seen: str, possible: Sequence[str], step: Promise) -> None:
    if gap.state != seen or gap.state not in possible:
        raise GapStateError(gap=gap, state=gap.get_state_display(), step=step)


def _set(gap: Gap, **wanted: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - model fields
    """Set fields of a gap and save it; what changed, as plain values."""
    changes = []
    for name, value in wanted.items():
        before = getattr(gap, name)
        if before != value:
            changes.append({"what": f"gap:{gap.pk}/{name}", "before": _plain(before), "after": _plain(value)})
            setattr(gap, name, value)
    gap.save(update_fields=list(wanted))
    return changes


def _plain(value: object) -> object:
    return value.pk if isinstance(value, User) else None if value is None else str(value)


def _locked(gaps: Iterable[Gap]) -> list[Gap]:
    keys = [gap.pk for gap in gaps]
    related = ("period__county", "place", "owner", "mended_by")
    return list(Gap.objects.select_for_update(of=("self",)).select_related(*related).filter(pk__in=keys))


def _subject(gaps: Sequence[Gap]) -> str:
    return f"gap:{gaps[0].pk}" if len(gaps) == 1 else f"gaps:{gaps[0].period_id}"


def _record(
    place: Place,
    user: User | None,
    action: str,
    subject: str,
    summary: str,
    changes: Sequence[Mapping[str, Any]],
    reason: str = "",
) -> None:
    record(
        acting_user=user, action=action, subject=subject, place=place, summary=summary, changes=changes, reason=reason
    )

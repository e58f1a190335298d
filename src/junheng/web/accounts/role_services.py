"""Giving and taking roles: only inside one's own places, and never the last administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from junheng.web.access import Action, may
from junheng.web.accounts.errors import LastAdministratorError, RoleHeldError, RoleNotYoursToGiveError
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.accounts.role_rules import misfit
from junheng.web.audit.services import in_chinese, record
from junheng.web.regions.models import Place


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to be given: what, where, for which office or part, from when until when."""

    role: Role
    place: Place
    office: str = ""
    block: str = ""
    begins_on: date | None = None
    ends_on: date | None = None


def give_role(*, person: User, role: NewRole, acting_user: User) -> Assignment:
    """Give a person a role; one that ended is taken up again.

    Raises:
        RoleNotYoursToGiveError: it is no role of such a place, the place is not the giver's to manage, or the giver
            is the person herself.
        RoleHeldError: she holds it already.
    """
    require_giveable(role, acting_user, person=person)
    today = timezone.localdate()
    with transaction.atomic():
        key = {"role": role.role, "place": role.place, "office": role.office, "block": role.block}
        held, made = Assignment.objects.select_for_update().get_or_create(
            user=person, **key, defaults={"begins_on": role.begins_on, "ends_on": role.ends_on}
        )
        if not made:
            if held.ends_on is None or held.ends_on >= today:
                raise RoleHeldError(name=person.name, place=role.place, role=role.role.label)
            held.begins_on, held.ends_on = role.begins_on, role.ends_on
            held.save(update_fields=["begins_on", "ends_on"])
        after = {"office": role.office, "block": role.block}
        after |= {"from": _text(role.begins_on), "until": _text(role.ends_on)}
        _record(held, acting_user, "give_role", "任", {"before": None, "after": after})
    return held


def end_role(*, role: Assignment, ends_on: date | None, acting_user: User) -> None:
    """End a role: at the end of a day, or at once when none is given.

    Raises:
        RoleNotYoursToGiveError: the place is not this person's to manage.
        LastAdministratorError: it is the last administrator's.
    """
    if not may(acting_user, Action.MANAGE_PEOPLE, role.place):
        reason = gettext("不在您的管理范围内")
        raise RoleNotYoursToGiveError(place=role.place, role=role.get_role_display(), reason=reason)
    with transaction.atomic():
        keep_an_administrator(person=role.user, only=role)
        before = role.ends_on
        role.ends_on = ends_on or timezone.localdate() - timedelta(days=1)
        role.save(update_fields=["ends_on"])
        _record(role, acting_user, "end_role", "不再任", {"before": _text(before), "after": _text(role.ends_on)})


def require_giveable(role: NewRole, acting_user: User, person: User | None = None) -> None:
    """Raises:
    RoleNotYoursToGiveError: it is no role of such a place, the place is not the giver's, or she is ``person`` herself.
    """
    reason = misfit(role.role, role.place.kind, role.office, role.block)
    if not may(acting_user, Action.MANAGE_PEOPLE, role.place):
        reason = gettext("不在您的管理范围内")
    if role.begins_on and role.ends_on and role.ends_on < role.begins_on:
        reason = gettext("结束日期早于开始日期")
    if person is not None and person.pk == acting_user.pk:
        reason = gettext("不能给自己的账号设角色，请由另一位管理员办理")
    if reason:
        raise RoleNotYoursToGiveError(place=role.place, role=role.role.label, reason=reason)


def keep_an_administrator(*, person: User, only: Assignment | None = None) -> None:
    """Make sure that every place keeps an administrator, of its own or above, when this one goes.

    Inside a transaction: the rows stay locked until its end, so that two cannot dismiss each other at once.

    Raises:
        LastAdministratorError: there would be none left.
    """
    today = timezone.localdate()
    administrators = Assignment.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk")
    lasting = administrators.filter(Q(begins_on__isnull=True) | Q(begins_on__lte=today), ends_on__isnull=True)
    held = list(lasting.filter(user__is_active=True).select_related("place", "user"))
    going = [entry for entry in held if entry.user_id == person.pk and (only is None or entry.pk == only.pk)]
    staying = [entry for entry in held if entry not in going]
    for entry in going:
        if not any(entry.place.is_below(other.place) for other in staying):
            raise LastAdministratorError(name=person.name, place=entry.place)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _record(role: Assignment, acting_user: User, action: str, verb: str, change: dict[str, object]) -> None:
    name = f"{in_chinese(Role(role.role).label)}（{role.place.name}）"
    record(
        acting_user=acting_user,
        action=action,
        subject=f"user:{role.user_id}",
        place=role.place,
        summary=f"{role.user.name} {verb}{name}",
        changes=[{"what": f"{role.role}@{role.place.code}", **change}],
    )

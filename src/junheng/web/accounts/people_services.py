"""Writing people: entering, changing, passwords, sessions, closing an account. One event a write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404

from junheng.web.access import Action, require
from junheng.web.accounts.errors import AccountNotYoursError, OwnAccountError, UsernameTakenError
from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import User
from junheng.web.accounts.passwords import give_initial_password
from junheng.web.accounts.people_selectors import may_change_account, people_for
from junheng.web.accounts.role_services import NewRole, give_role, keep_an_administrator
from junheng.web.accounts.second_factor import turn_off
from junheng.web.accounts.session_limits import end_sessions
from junheng.web.accounts.tokens import revoke_tokens
from junheng.web.audit.services import record

_DATA = ("name", "email", "phone")


def enter_person(
    *, username: str, name: str, role: NewRole, acting_user: User, email: str = "", phone: str = ""
) -> tuple[User, str]:
    """Enter a person with her first role and an initial password.

    Returns:
        The person, and the password, which is kept nowhere.

    Raises:
        UsernameTakenError: somebody has this sign-in name.
        RoleNotYoursToGiveError: the role cannot be given there, or not by this person.
    """
    require(acting_user, Action.MANAGE_PEOPLE, role.place)
    person = User(username=username.strip(), name=name.strip(), email=email, phone=phone)
    password = give_initial_password(person)
    try:
        with transaction.atomic():
            person.save()
            after = {"username": person.username, "name": person.name, "email": email, "phone": phone}
            _record(person, acting_user, "enter_person", f"新增人员 {person.name}（{person.username}）", [after], role)
            give_role(person=person, role=role, acting_user=acting_user)
    except IntegrityError as error:
        if not User.objects.filter(username__iexact=person.username).exists():
            raise
        raise UsernameTakenError(username=person.username) from error
    return person, password


def change_person(*, person: User, acting_user: User, **fields: str) -> User:
    """Change a person's name, mail address or telephone."""
    _require_account(person, acting_user)
    with transaction.atomic():
        standing = User.objects.select_for_update().get(pk=person.pk)
        changes = []
        for field in _DATA:
            before, after = getattr(standing, field), fields.get(field, getattr(standing, field))
            if before != after:
                changes.append({"what": field, "before": before, "after": after})
                setattr(standing, field, after)
        if changes:
            standing.save(update_fields=list(_DATA))
            _record(standing, acting_user, "change_person", f"修改 {standing.name} 的信息", changes)
    return standing


def reset_password(*, person: User, acting_user: User) -> str:
    """Give a new initial password, which is kept nowhere; sessions and tokens of the old one end."""
    _require_account(person, acting_user, of_others=True)
    with transaction.atomic():
        password = give_initial_password(person)
        person.save(update_fields=["password", "must_change_password"])
        _cut_off(person)
        _record(person, acting_user, "reset_password", f"重置 {person.name} 的密码")
    return password


def give_initial_passwords(*, people: Sequence[User], acting_user: User) -> list[tuple[User, str]]:
    """Give initial passwords to those of these people who have never signed in; return them, for they are not kept."""
    given = []
    with transaction.atomic():
        pks = [person.pk for person in people]
        for person in people_for(acting_user).select_for_update().filter(pk__in=pks, last_login__isnull=True):
            if may_change_account(acting_user, person):
                given.append((person, give_initial_password(person)))
        User.objects.bulk_update([person for person, _ in given], ["password", "must_change_password"], batch_size=500)
        changes = [{"what": person.username, "before": None, "after": None} for person, _ in given]
        if given:
            record(
                acting_user=acting_user,
                action="give_initial_passwords",
                subject="users",
                place=home_of(acting_user),
                summary=f"发放初始密码 {len(given)} 人",
                changes=changes,
            )
    return given


def close_account(*, person: User, acting_user: User, reason: str) -> None:
    """停用: she can no longer sign in; what she did stays hers.

    Raises:
        LastAdministratorError: she is the last administrator of a place.
    """
    _require_account(person, acting_user, of_others=True)
    with transaction.atomic():
        keep_an_administrator(person=person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        _cut_off(person)
        _record(person, acting_user, "close_account", f"停用 {person.name} 的账号", reason=reason)


def reopen_account(*, person: User, acting_user: User) -> None:
    """启用: she can sign in again, with the password she had."""
    _require_account(person, acting_user)
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        _record(person, acting_user, "reopen_account", f"启用 {person.name} 的账号")


def end_sessions_of(*, person: User, acting_user: User) -> int:
    """End all sessions of a person; return how many."""
    _require_account(person, acting_user)
    with transaction.atomic():
        count = end_sessions(person)
        _record(person, acting_user, "end_sessions", f"结束 {person.name} 的登录 {count} 个")
    return count


def drop_second_factor(*, person: User, acting_user: User) -> None:
    """The phone is lost: sign in with the password alone until another one is set up."""
    _require_account(person, acting_user, of_others=True)
    with transaction.atomic():
        turn_off(user=person, acting_user=acting_user)
        end_sessions(person)


def _cut_off(person: User) -> None:
    end_sessions(person)
    revoke_tokens(person)


def _require_account(person: User, acting_user: User, *, of_others: bool = False) -> None:
    if of_others and person.pk == acting_user.pk:
        # Else a session left open would be enough to change the password or to drop the second factor.
        raise OwnAccountError
    if not people_for(acting_user).filter(pk=person.pk).exists():
        raise Http404
    if not may_change_account(acting_user, person):
        raise AccountNotYoursError(name=person.name)


def _record(
    person: User,
    acting_user: User,
    action: str,
    summary: str,
    changes: Sequence[dict[str, Any]] = (),
    role: NewRole | None = None,
    reason: str = "",
) -> None:
    record(
        acting_user=acting_user,
        action=action,
        subject=f"user:{person.pk}",
        place=role.place if role else home_of(person),
        summary=summary,
        changes=changes,
        reason=reason,
    )

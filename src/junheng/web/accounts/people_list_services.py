"""Taking a list of people, all or nothing."""

from __future__ import annotations

from django.db import transaction

from junheng.web.accounts.errors import PeopleFileChangedError
from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import Assignment, User, comparable
from junheng.web.accounts.people_list import PeoplePlan
from junheng.web.accounts.role_services import require_giveable
from junheng.web.audit.services import record


def enter_people(*, plan: PeoplePlan, file: str, acting_user: User) -> list[User]:
    """Enter the new people of a list, without passwords, and give all their roles; return the new people.

    Raises:
        PeopleFileChangedError: the list has findings.
        RoleNotYoursToGiveError: a role is not this person's to give.
    """
    if plan.findings:
        raise PeopleFileChangedError
    for entry in plan.entries:
        require_giveable(entry.role, acting_user, person=entry.known)
    new: dict[str, User] = {}
    for entry in plan.entries:
        if entry.known is None and comparable(entry.username) not in new:
            person = User(username=entry.username, name=entry.name, email=entry.email, phone=entry.phone)
            person.set_unusable_password()
            new[comparable(entry.username)] = person
    with transaction.atomic():
        User.objects.bulk_create(new.values(), batch_size=500)
        Assignment.objects.bulk_create(
            (
                Assignment(
                    user=entry.known or new[comparable(entry.username)],
                    role=entry.role.role,
                    place=entry.role.place,
                    office=entry.role.office,
                    block=entry.role.block,
                    begins_on=entry.role.begins_on,
                    ends_on=entry.role.ends_on,
                )
                for entry in plan.entries
            ),
            batch_size=500,
        )
        changes = [
            {
                "what": f"{entry.username} {entry.role.role}@{entry.role.place.code}",
                "before": None,
                "after": {"name": entry.name, "office": entry.role.office, "new": entry.known is None},
            }
            for entry in plan.entries
        ]
        record(
            acting_user=acting_user,
            action="enter_people",
            subject="users",
            place=home_of(acting_user),
            summary=f"导入人员“{file}”：新增 {len(new)} 人，角色 {len(plan.entries)} 个",
            changes=changes,
        )
    return list(new.values())

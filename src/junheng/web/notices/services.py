"""Telling people: one notice a person; mail goes out by a job where a mail server is set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from junheng.web.access import GRANTS, Action, files_for
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.filings.models import SCHOOL, Filing
from junheng.web.filings.states import State, Step
from junheng.web.notices.models import Notice
from junheng.web.regions.models import Place

# Who has to act when a filing has come to a state.
_NEXT = {
    State.HANDED_IN: Action.SIGN,
    State.SIGNED: Action.REVIEW_IN_TOWN,
    State.TOWN_PASSED: Action.REVIEW_IN_COUNTY,
    State.RETURNED: Action.FILE,
}


def people_who(action: Action, place: Place, *, office: str = "") -> list[User]:
    """The people who may do something at a place, the nearest only: a school's own clerk, not the county's officer."""
    roles = [role for role in Role if action in GRANTS[role]]
    codes = [*place.above, place.code]
    held = Assignment.objects.held_on(timezone.localdate()).filter(role__in=roles, place__code__in=codes)
    found = list(held.select_related("user", "place"))
    if action is Action.FILE_FOR_OFFICE and office:
        found = [entry for entry in found if office in files_for(entry)]
    nearest = max((len(entry.place.path) for entry in found), default=0)
    return list({entry.user_id: entry.user for entry in found if len(entry.place.path) == nearest}.values())


def tell(
    *, users: Iterable[User], kind: str, text: str | Promise, url: str, values: Mapping[str, object] | None = None
) -> int:
    """Tell people one line; return how many were told.

    Args:
        text: a marked string (``gettext_noop`` or lazy) with ``%(names)s``: each reads it in her own language.
        values: what stands for the names; a marked string among them is translated too.
    """
    with override("zh-hans"):  # the source language: what is kept is what is marked
        kept, line = {name: str(value) for name, value in (values or {}).items()}, str(text)
    notices = [Notice(user=user, kind=kind, text=line[:400], values=kept, url=url) for user in users]
    with transaction.atomic():
        Notice.objects.bulk_create(notices)
    return len(notices)


def notify_of_step(*, filing: Filing, step: Step, reason: str, acting_user: User) -> None:
    """Tell whoever is next; of a return, those who filed, with the reason."""
    action = _NEXT.get(State(filing.state))
    if action is None:
        return
    if action is Action.FILE and filing.office != SCHOOL:
        action = Action.FILE_FOR_OFFICE
    text = _("%(filing)s：%(step)s（%(who)s）")
    if reason.strip():
        text = _("%(filing)s：%(step)s（%(who)s），原因：%(reason)s")
    values = {"filing": filing, "step": step.label, "who": acting_user.name, "reason": reason.strip()}
    users = [user for user in people_who(action, filing.place, office=filing.office) if user.pk != acting_user.pk]
    kind = "returned" if filing.state == State.RETURNED else "to_do"
    tell(users=users, kind=kind, text=text, values=values, url=reverse("filings:detail", args=[filing.code]))


def notify_of_correction(*, filing: Filing, cell: str, reason: str, was_verified: bool, acting_user: User) -> None:
    """Tell those who filed that the county corrected a figure; the inspectors too if they had verified it."""
    action = Action.FILE if filing.office == SCHOOL else Action.FILE_FOR_OFFICE
    people = people_who(action, filing.place, office=filing.office)
    text = _("%(filing)s：%(who)s调整了%(cell)s，原因：%(reason)s")
    if was_verified:
        people += people_who(Action.VERIFY, filing.place)
        text = _("%(filing)s：%(who)s调整了%(cell)s，须重新督导核查，原因：%(reason)s")
    values = {"filing": filing, "who": acting_user.name, "cell": cell, "reason": reason}
    users = {user.pk: user for user in people if user.pk != acting_user.pk}
    tell(
        users=users.values(),
        kind="correction",
        text=text,
        values=values,
        url=reverse("filings:detail", args=[filing.code]),
    )


def mark_read(*, user: User, pks: Iterable[int] | None = None) -> int:
    """Mark notices of a person as read; all of them when none are named."""
    unread = Notice.objects.filter(user=user, read_at__isnull=True)
    return (unread if pks is None else unread.filter(pk__in=list(pks))).update(read_at=timezone.now())

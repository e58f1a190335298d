"""Reading the log: what happened at one's own places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from junheng.web.access import GRANTS, Action, Person, roles_of
from junheng.web.accounts.models import Role
from junheng.web.audit.models import ChainHead, Event
from junheng.web.audit.services import GENESIS
from junheng.web.regions.below import is_below
from junheng.web.regions.models import Place


def events_for(user: Person) -> QuerySet[Event]:
    """The events that somebody may read: of her places; whoever sees the top also those of the installation itself.

    By the path at the time of the event, so that what happened at a place that is gone stays readable.
    """
    held = [role for role in roles_of(user) if Action.VIEW_AUDIT in GRANTS[Role(role.role)]]
    if not held:
        return Event.objects.none()
    visible = Q(pk__in=[])
    for role in held:
        visible |= Q(place_path__below=role.place.path)
        if role.place.parent_id is None:
            visible |= Q(place_path="")
    return Event.objects.filter(visible)


def list_events(user: Person, asked: Mapping[str, str]) -> QuerySet[Event]:
    """The events of a list, newest first.

    Args:
        asked: ``person`` (part of the sign-in name), ``action``, ``place`` (part of a name, or a code; below too),
            ``subject``, ``begin`` and ``end`` (days), ``q`` (part of the summary or the reason).
    """
    found = events_for(user).order_by("-pk")
    if person := asked.get("person", "").strip():
        named = Q(username__icontains=person) | Q(user__name__icontains=person)
        found = found.filter(named)
    if action := asked.get("action", ""):
        found = found.filter(action=action)
    if place := asked.get("place", "").strip():
        found = found.filter(_at(place))
    if subject := asked.get("subject", "").strip():
        found = found.filter(subject=subject)
    if begin := _day(asked.get("begin", "")):
        found = found.filter(made_at__gte=_midnight(begin))
    if end := _day(asked.get("end", "")):
        found = found.filter(made_at__lt=_midnight(end + timedelta(days=1)))
    if text := asked.get("q", "").strip():
        found = found.filter(Q(summary__icontains=text) | Q(reason__icontains=text))
    return found


def get_event(*, pk: int, user: Person) -> Event:
    found = events_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_read_changes(user: Person, event: Event) -> bool:
    """Whether somebody may read what an event changed: figures of a filing only where she may read the filing."""
    if not event.subject.startswith("filing:"):
        return True
    held = [role for role in roles_of(user) if Action.VIEW_FILING in GRANTS[Role(role.role)]]
    return any(is_below(event.place_path, role.place.path) for role in held)


def head_of_chain() -> tuple[str, int]:
    """The newest link and how many there are."""
    head = ChainHead.objects.filter(pk=1).first()
    return (head.digest, head.count) if head else (GENESIS, 0)


def place_of(event: Event) -> Place | None:
    """The place of an event, if it is still there."""
    code = event.place_path.strip("/").rsplit("/", 1)[-1]
    return Place.objects.filter(code=code).first()


def _at(text: str) -> Q:
    paths = Place.objects.filter(Q(name__icontains=text) | Q(code=text)).values_list("path", flat=True)[:200]
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(place_path__below=path)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

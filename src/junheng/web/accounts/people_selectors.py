"""Reading people: those who hold, or held, a role inside the places of whoever asks."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from junheng.web.access import Action, Person, places_for
from junheng.web.accounts.models import Assignment, User
from junheng.web.regions.below import is_below
from junheng.web.regions.models import Place

_CODE_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]$")
MANAGE = Action.MANAGE_PEOPLE


def people_for(user: Person) -> QuerySet[User]:
    """The people whom somebody looks after; whoever looks after all places also has those without any role."""
    places = places_for(user, MANAGE)
    tops = Place.objects.filter(parent=None)
    if not tops.exclude(pk__in=places).exists() and tops.exists():
        return User.objects.all()
    return User.objects.filter(pk__in=Assignment.objects.filter(place__in=places).values("user"))


def list_people(user: Person, *, text: str = "", role: str = "", where: str = "", state: str = "") -> QuerySet[User]:
    """The people of a list.

    Args:
        text: part of the name, the sign-in name or the telephone.
        where: part of a place's name, or the beginning of its code; places below count too.
        state: ``active``, ``inactive`` or ``new`` (never signed in).
    """
    found = people_for(user)
    if text := text.strip():
        found = found.filter(Q(name__icontains=text) | Q(username__icontains=text) | Q(phone__startswith=text))
    if role or where.strip():
        held = Assignment.objects.filter(place__in=places_for(user, MANAGE)).exclude(ends_on__lt=timezone.localdate())
        held = held.filter(role=role) if role else held
        held = held.filter(_below(user, where.strip())) if where.strip() else held
        found = found.filter(pk__in=held.values("user"))
    match state:
        case "active":
            found = found.filter(is_active=True)
        case "inactive":
            found = found.filter(is_active=False)
        case "new":
            found = found.filter(last_login__isnull=True)
    return found.order_by("name", "username")


def _below(user: Person, where: str) -> Q:
    named = places_for(user, MANAGE).filter(Q(name__icontains=where) | Q(code__startswith=where))
    paths: list[str] = []
    for path in named.order_by("path").values_list("path", flat=True)[:2000]:
        # In the order of paths a place comes right before those below it.
        if not paths or not is_below(path, paths[-1]):
            paths.append(path)
    below = Q(pk__in=[])
    for path in paths[:200]:
        below |= Q(place__path__below=path)
    return below


def get_person(*, pk: int, user: Person) -> User:
    """A person whom somebody looks after; anyone else does not exist."""
    found = people_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def roles_to_show(person: User, user: Person) -> QuerySet[Assignment]:
    """The roles of a person inside the places of whoever asks, ended ones too."""
    held = person.assignments.filter(place__in=places_for(user, MANAGE))
    return held.select_related("place", "place__parent").order_by("ends_on", "place__path", "role")


def get_role(*, pk: int, user: Person) -> Assignment:
    """A role inside the places of whoever asks."""
    places = places_for(user, MANAGE)
    found = Assignment.objects.filter(pk=pk, place__in=places).select_related("user", "place").first()
    if found is None:
        raise Http404
    return found


def lasting_roles(person: User, today: date) -> QuerySet[Assignment]:
    """The roles that a person holds or will hold."""
    return person.assignments.exclude(ends_on__lt=today)


def may_change_account(user: Person, person: User) -> bool:
    """Whether all that a person is lies inside the places of whoever asks.

    Otherwise who gives somebody a role in one county could take over her account, and all that she may do elsewhere.
    """
    places = places_for(user, MANAGE)
    return not lasting_roles(person, timezone.localdate()).exclude(place__in=places).exists()


def place_named(user: Person, text: str) -> Place | None:
    """A place of whoever asks, as people write it: its code, ``name（code）``, or a name that only one place has."""
    places = places_for(user, MANAGE)
    inside = _CODE_IN_BRACKETS.search(text)
    codes = [text, inside[1].strip()] if inside else [text]
    found = places.filter(code__in=codes).first()
    if found is None:
        named = list(places.filter(name=text)[:2])
        found = named[0] if len(named) == 1 else None
    return found

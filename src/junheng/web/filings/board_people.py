"""分工到人: who answers for what — in each school, each office, each section and town — and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from junheng.web.access import Action, Person, places_for
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.filings.board_selectors import SEES_BOARD
from junheng.web.filings.models import SCHOOL
from junheng.web.filings.offices import OFFICES
from junheng.web.rectification.models import Part
from junheng.web.regions.models import Place, PlaceKind

PARTS = dict(Part.choices)
# Without these nobody files, or nobody answers for it.
NEEDED = (Role.CLERK, Role.PRINCIPAL)
# What is shown beside the schools, in this order.
_ABOVE_SCHOOLS = (
    Role.COUNTY_LEADER,
    Role.COUNTY_OFFICER,
    Role.COUNTY_SECTION,
    Role.TASK_FORCE,
    Role.SUPERVISION_OFFICE,
    Role.INSPECTOR,
    Role.TOWN_HEAD,
)


@dataclass
class SchoolPeople:
    """A school and those who answer for it."""

    school: Place
    clerks: list[User] = field(default_factory=list)
    principals: list[User] = field(default_factory=list)
    keepers: list[User] = field(default_factory=list)


@dataclass(frozen=True)
class Duty:
    """Something to answer for at a place, and who does; nobody is told, not hidden."""

    place: Place
    what: str
    part: str  # of the standard; empty: all of it
    people: tuple[User, ...]


def schools_for(user: Person, *, lacking: Sequence[Role] = (), text: str = "") -> QuerySet[Place]:
    """The schools at work whose progress somebody follows.

    Args:
        lacking: only those where nobody holds one of these roles.
    """
    today = timezone.localdate()
    found = places_for(user, *SEES_BOARD).filter(kind=PlaceKind.SCHOOL)
    found = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today), merged_into__isnull=True)
    if lacking:
        held = Assignment.objects.held_on(today).filter(place=OuterRef("pk"))
        nobody = Q()
        for role in lacking:
            nobody |= ~Q(Exists(held.filter(role=role)))
        found = found.filter(nobody)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__startswith=text))
    return found.select_related("parent")


def people_of(schools: Iterable[Place]) -> list[SchoolPeople]:
    """Who answers for each of these schools: one query for all."""
    lines = {school.pk: SchoolPeople(school) for school in schools}
    held = Assignment.objects.held_on(timezone.localdate()).filter(place__in=lines).select_related("user")
    for entry in held.order_by("pk"):
        line = lines[entry.place_id]
        match entry.role:
            case Role.CLERK:
                line.clerks.append(entry.user)
            case Role.PRINCIPAL:
                line.principals.append(entry.user)
            case Role.ASSET_KEEPER:
                line.keepers.append(entry.user)
    return list(lines.values())


def duties_for(user: Person) -> list[Duty]:
    """Offices, sections, task forces and towns of the counties that somebody follows as a whole."""
    inside = places_for(user, Action.VIEW_BOARD).filter(kind__in=(PlaceKind.COUNTY, PlaceKind.TOWN))
    places = {place.pk: place for place in inside}
    held: dict[tuple[int, str, str], list[User]] = {}
    found = Assignment.objects.held_on(timezone.localdate()).filter(
        place__in=places, role__in=(*_ABOVE_SCHOOLS, Role.DEPARTMENT)
    )
    for entry in found.select_related("user").order_by("pk"):
        is_office = entry.role == Role.DEPARTMENT
        part = entry.office if is_office else entry.block
        held.setdefault((entry.place_id, entry.role, part), []).append(entry.user)
    duties = []
    for place in sorted(places.values(), key=lambda place: place.path):
        is_town = place.kind == PlaceKind.TOWN
        for role in _ABOVE_SCHOOLS:
            if (role is Role.TOWN_HEAD) != is_town:
                continue
            parts = sorted(part for at, name, part in held if at == place.pk and name == role)
            for part in parts or [""]:
                users = held.get((place.pk, role, part), ())
                duties.append(Duty(place, str(role.label), str(PARTS.get(part, part)), tuple(users)))
        if not is_town:
            for office, label in OFFICES.items():
                if office not in (SCHOOL, "county"):
                    users = held.get((place.pk, Role.DEPARTMENT, office), ())
                    duties.append(Duty(place, str(label), "", tuple(users)))
    return duties

"""Reading places: the only way to get one for whoever manages places."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from junheng.web.access import Action, Person, places_for
from junheng.web.accounts.models import Assignment
from junheng.web.regions.models import Place, PlaceKind

_MANAGE = Action.MANAGE_PLACES


def places_managed(user: Person) -> QuerySet[Place]:
    return places_for(user, _MANAGE)


def get_place(*, pk: int, user: Person) -> Place:
    """A place that somebody manages; any other does not exist."""
    found = places_managed(user).select_related("parent", "parent__parent", "merged_into").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_county(*, pk: int, user: Person) -> Place:
    place = get_place(pk=pk, user=user)
    if place.kind != PlaceKind.COUNTY:
        raise Http404
    return place


def highest_places(user: Person) -> list[Place]:
    """Where the tree begins for somebody."""
    held = places_managed(user)
    return list(held.exclude(parent__in=held).order_by("path"))


def list_below(place: Place, user: Person) -> QuerySet[Place]:
    """The places right below one, those at work first, each with how many open schools it holds."""
    below = places_managed(user).filter(parent=place)
    return below.annotate(below=_open_schools()).order_by("closed_on", "kind", "name")


def search_places(user: Person, *, text: str, kind: str = "", state: str = "") -> QuerySet[Place]:
    """Places by part of their name or the beginning of their code."""
    found = places_managed(user).select_related("parent")
    if text := text.strip():
        found = found.filter(Q(name__icontains=text) | Q(code__startswith=text))
    if kind:
        found = found.filter(kind=kind)
    match state:
        case "open":
            found = found.filter(closed_on__isnull=True)
        case "closed":
            found = found.filter(closed_on__isnull=False)
    return found.order_by("path")


def counties_managed(user: Person) -> QuerySet[Place]:
    return places_managed(user).filter(kind=PlaceKind.COUNTY).order_by("path")


def path_to(place: Place, user: Person) -> list[Place]:
    """The places above, as far as whoever asks manages them."""
    return list(places_managed(user).filter(code__in=place.above).order_by("path"))


def count_people(place: Place) -> int:
    """How many people hold a role right here."""
    return Assignment.objects.filter(place=place, ends_on__isnull=True).values("user").distinct().count()


def towns_of(county: Place) -> QuerySet[Place]:
    return county.children.filter(kind=PlaceKind.TOWN, closed_on__isnull=True).order_by("name")


def _open_schools() -> Coalesce:
    schools = Place.objects.filter(
        kind=PlaceKind.SCHOOL, closed_on__isnull=True, path__below=OuterRef("path")
    ).order_by()
    counted = schools.values("kind").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)

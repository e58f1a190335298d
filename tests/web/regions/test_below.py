"""What lies below a place: letter by letter, in a query as in Python, on every database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from junheng.web.access import Action, may, places_for
from junheng.web.accounts.models import Role
from junheng.web.regions.errors import PlaceCodeTakenError
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.place_services import add_place
from junheng.web.regions.services import enter_place
from web.conftest import person


def test_a_place_whose_path_differs_in_capitals_is_another(cast):
    small = enter_place(kind="school", code="ab_1", name="小写", parent=cast.town, acting_user=None)
    below = enter_place(kind="school", code="99_x", name="其下", parent=small, acting_user=None)
    # As it could be before codes were held apart.
    Place.objects.filter(pk=small.pk).update(path=small.path.replace("ab_1", "AB_1"))
    clerk = person("小李二", Role.CLERK, below)
    clerk.assignments.update(place=small)
    small.refresh_from_db()
    assert list(places_for(clerk, Action.FILE)) == [small]
    assert not may(clerk, Action.FILE, below)
    assert list(Place.objects.filter(path__below=below.path.removesuffix("99_x/"))) == [below]


def test_signs_of_patterns_and_longer_codes_are_no_match(cast):
    first = enter_place(kind="school", code="A_1", name="甲", parent=cast.town, acting_user=None)
    for code in ("AB1", "A_1%", "A_10", "A_1é"):
        enter_place(kind="school", code=code, name=code, parent=cast.town, acting_user=None)
    assert list(Place.objects.filter(path__below=first.path)) == [first]
    assert set(Place.objects.filter(path__below=cast.town.path)) == {*cast.town.children.all(), cast.town}


def test_a_query_and_python_say_the_same_of_all_places(cast):
    everywhere = list(Place.objects.all())
    for top in everywhere:
        assert set(Place.objects.filter(path__below=top.path)) == {place for place in everywhere if place.is_below(top)}
    schools = Place.objects.filter(kind=PlaceKind.SCHOOL, path__below=OuterRef("path")).order_by("-code")
    last = Place.objects.annotate(last=Subquery(schools.values("code")[:1])).get(pk=cast.county.pk).last
    assert last == cast.direct.code


def test_two_places_never_differ_in_capitals_alone(cast):
    enter_place(kind="school", code="ab1", name="小写", parent=cast.town, acting_user=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        enter_place(kind="school", code="AB1", name="大写", parent=cast.other_county, acting_user=None)
    with pytest.raises(PlaceCodeTakenError):
        add_place(kind=PlaceKind.SCHOOL, code="Ab1", name="又一所", parent=cast.town, acting_user=cast.admin)

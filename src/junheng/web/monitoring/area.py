"""Which counties somebody watches: those whose codes begin like that of a place she answers for.

Codes are of GB/T 2260: two digits of the province, four of the city, six of the county. A county that this
installation knows below another place is left out whatever its code begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from junheng.web.access import Action, Person, places_for, require
from junheng.web.regions.models import Place, PlaceKind

_DIGITS = {PlaceKind.NATION: 0, PlaceKind.PROVINCE: 2, PlaceKind.CITY: 4, PlaceKind.COUNTY: 6}
_LEVELS = (2, 4)  # below the nation, above the county
COUNTY = 6


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the country by what the codes of its counties begin with; empty: all of it."""

    code: str
    name: str

    @property
    def is_county(self) -> bool:
        return len(self.code) == COUNTY

    def holds(self, code: str) -> bool:
        return code.startswith(self.code)


def area_of(place: Place) -> Area:
    """The area of a place from the county upwards."""
    return Area(place.code[: _DIGITS[PlaceKind(place.kind)]], place.name)


def tops_of(user: Person) -> list[Area]:
    """Where what somebody watches begins, the widest first."""
    held = places_for(user, Action.VIEW_COUNTY_RESULT).filter(kind__in=list(_DIGITS))
    tops = held.exclude(parent__in=held).order_by("path")
    return sorted((area_of(place) for place in tops), key=lambda area: (len(area.code), area.code))


def area_asked(user: Person, asked: str) -> Area:
    """The area that was asked for; by itself the first that is hers.

    Raises:
        Http404: it is not hers, or none is.
    """
    tops = tops_of(user)
    if not tops:
        raise Http404
    if not asked:
        return tops[0]
    code = "" if asked == "all" else asked
    known = next((top for top in tops if top.code == code), None)
    if known is not None:
        return known
    if not (code.isascii() and code.isdigit() and len(code) in (*_LEVELS, COUNTY)):
        raise Http404
    if len(code) == COUNTY and (place := Place.objects.filter(kind=PlaceKind.COUNTY, code=code).first()) is not None:
        require(user, Action.VIEW_COUNTY_RESULT, place)  # where it stands counts, not what its code begins with
        return area_of(place)
    if not any(top.holds(code) for top in tops):
        raise Http404
    return Area(code, areas_named([code]).get(code, code))


def areas_below(user: Person, counties: Sequence[str]) -> list[Area]:
    """The areas to choose from: where she begins, and provinces and cities below that have counties in the store."""
    tops = tops_of(user)
    found = {
        code[:digits]
        for code in counties
        for digits in _LEVELS
        if any(top.holds(code) and len(top.code) < digits for top in tops)
    }
    names = areas_named(found)
    below = [Area(code, names.get(code, code)) for code in sorted(found)]
    return [*tops, *(area for area in below if area not in tops)]


def elsewhere(user: Person, area: Area) -> frozenset[str]:
    """Codes that begin like an area's, of counties that stand below a place that is not hers."""
    counties = Place.objects.filter(kind=PlaceKind.COUNTY, code__startswith=area.code)
    mine = places_for(user, Action.VIEW_COUNTY_RESULT).filter(kind=PlaceKind.COUNTY)
    return frozenset(counties.exclude(pk__in=mine.values("pk")).values_list("code", flat=True))


def code_in_url(area: Area) -> str:
    """How an area is named in an address: the whole nation has no digits."""
    return area.code or "all"


def areas_named(codes: Iterable[str]) -> dict[str, str]:
    """Names of areas that this installation has a place of; codes may be written with noughts to six digits."""
    kinds = (PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.COUNTY)
    written = {form: code for code in codes for form in (code, code.ljust(COUNTY, "0"))}
    places = Place.objects.filter(kind__in=kinds, code__in=list(written)).values_list("code", "name")
    return {written[code]: name for code, name in places}


def said(area: Area) -> str:
    """What an area is called in sentences."""
    return area.name or _("全国")

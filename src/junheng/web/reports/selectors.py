"""Reports for a person, and the places that she may have reports written of."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from junheng.web.access import Action, Person, may, places_for
from junheng.web.accounts.models import User
from junheng.web.jobs.selectors import OPEN
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.selectors import plans_for
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.reports.models import Report

# The kind of place that a report of each scope is about.
KINDS = {
    "county": (PlaceKind.COUNTY,),
    "plan": (PlaceKind.COUNTY,),
    "school": (PlaceKind.SCHOOL,),
    "counties": (PlaceKind.CITY, PlaceKind.PROVINCE, PlaceKind.NATION),
}

_HEAVY = ("evaluation__rows", "evaluation__filings", "evaluation__summary")


def reports_for(user: Person) -> QuerySet[Report]:
    """The reports that somebody may see, without what they say."""
    named = places_for(user, Action.MAKE_PLAN)
    found = Report.objects.filter(Q(names_people=False) | Q(place__in=named))
    found = found.filter(place__in=places_for(user, Action.VIEW_REPORT))
    return found.select_related("place", "evaluation__period", "job", "made_by").defer("content", *_HEAVY)


def get_report(*, code: UUID, user: Person) -> Report:
    """A report; any that this person may not see does not exist for her."""
    found = reports_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def places_to_report(user: Person, scope: str) -> QuerySet[Place]:
    """The places of a report's scope of which somebody may have one written."""
    return places_for(user, Action.MAKE_REPORT).filter(kind__in=KINDS[scope])


def place_to_report(user: Person, scope: str, code: str) -> Place:
    """One of them, by its code."""
    found = places_to_report(user, scope).filter(code=code).select_related("parent").first()
    if found is None:
        raise Http404
    return found


def plans_to_report(user: Person, county: Place, kind: str = "") -> QuerySet[Plan]:
    """The finished plans of a county that a report may draw on, of all kinds or one; rosters are for those who plan."""
    found = plans_for(user).filter(county=county).exclude(summary={})
    if kind:
        found = found.filter(kind=kind)
    if not may(user, Action.MAKE_PLAN, county):
        found = found.exclude(kind=PlanKind.ROTATION)
    return found.order_by("-is_kept", "-made_at", "-pk")


def may_remove(user: User, report: Report) -> bool:
    """Whether somebody may keep or delete it: a school its own, whoever works for the county any."""
    if not may(user, Action.MAKE_REPORT, report.place):
        return False
    return report.made_by_id == user.pk or may(user, Action.VIEW_COUNTY_RESULT, report.place)


def is_open(report: Report) -> bool:
    """Whether it is being written or waits for it."""
    return report.job is not None and report.job.state in OPEN and not report.is_made

"""Periods for those who manage them: each with how far it is, and what keeps it from being closed."""

from __future__ import annotations

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.http import Http404

from junheng.web.access import Action, Person, places_for
from junheng.web.filings.board_selectors import NOT_FILED
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.states import State
from junheng.web.regions.models import Place, PlaceKind


def counties_for(user: Person) -> QuerySet[Place]:
    """The counties whose periods somebody manages."""
    return places_for(user, Action.MANAGE_PERIODS).filter(kind=PlaceKind.COUNTY)


def managed_periods(user: Person) -> QuerySet[Period]:
    """Those periods, with how many filings there are, have been filed, approved and locked."""
    states = {
        "filed": ~Q(filings__state__in=NOT_FILED),
        "ready": Q(filings__state__in=(State.APPROVED, State.VERIFIED)),
        "locked": Q(filings__state=State.LOCKED),
    }
    counts = {name: Count("filings", filter=condition) for name, condition in states.items()}
    found = Period.objects.filter(county__in=counties_for(user)).select_related("county")
    return found.annotate(total=Count("filings"), **counts).order_by("-school_year", "county__path")


def get_managed_period(*, pk: int, user: Person) -> Period:
    found = managed_periods(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def not_locked(period: Period) -> QuerySet[Filing]:
    """The filings that keep a period from being closed, those first that cannot be locked yet."""
    found = period.filings.exclude(state=State.LOCKED).select_related("period__county", "place__parent")
    ready = Case(When(state__in=(State.APPROVED, State.VERIFIED), then=1), default=0, output_field=IntegerField())
    return found.order_by(ready, "place__path", "office")

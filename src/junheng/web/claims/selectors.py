"""The checks that somebody kept: her own, nobody else's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from junheng.web.access import Action, Person, places_for
from junheng.web.claims.models import Check
from junheng.web.dashboards.selectors import evaluations_for
from junheng.web.regions.models import Place


def checks_for(user: Person) -> QuerySet[Check]:
    """What somebody kept; what it was compared with she must still be allowed to see."""
    if not user.is_authenticated or not places_for(user, Action.VIEW_REPORT).exists():
        return Check.objects.none()
    found = Check.objects.filter(made_by=user).select_related("evaluation__period__county", "place")
    found = found.defer("evaluation__rows", "evaluation__filings", "evaluation__summary")
    return found.filter(Q(evaluation=None) | Q(evaluation__in=evaluations_for(user)))


def get_check(*, code: UUID, user: Person) -> Check:
    found = checks_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def own_place(user: Person) -> Place:
    """Where the events of somebody's checks count: the highest of the places from which she sees reports."""
    found = places_for(user, Action.VIEW_REPORT).order_by("path").first()
    if found is None:
        raise Http404
    return found

"""Plans for a person, and what may be planned for."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from junheng.web.access import Action, Person, may, places_for
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import evaluations_for
from junheng.web.jobs.selectors import OPEN
from junheng.web.plans.models import Plan
from junheng.web.regions.models import Place, PlaceKind

_RELATED = ("county", "evaluation__period__county", "job", "made_by")


def plans_for(user: Person) -> QuerySet[Plan]:
    """The plans of the counties whose plans somebody may see, without their documents."""
    counties = places_for(user, Action.VIEW_PLAN).filter(kind=PlaceKind.COUNTY)
    return Plan.objects.filter(county__in=counties).select_related(*_RELATED).defer("document", "evaluation__rows")


def get_plan(*, code: UUID, user: Person) -> Plan:
    """A plan with its document; any that this person may not see does not exist for her."""
    found = plans_for(user).defer(None).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def county_to_plan(user: Person, code: str) -> Place:
    """A county that this person may make plans for."""
    found = places_for(user, Action.MAKE_PLAN).filter(kind=PlaceKind.COUNTY, code=code).first()
    if found is None:
        raise Http404
    return found


def evaluations_to_plan(user: Person, county: Place) -> QuerySet[Evaluation]:
    """The judgements of a county that a plan may start from, the newest first."""
    found = evaluations_for(user).filter(period__county=county)
    return found.select_related("period__county").defer("rows", "filings").order_by("-made_at", "-pk")


def last_plan(county: Place, kind: str) -> Plan | None:
    """The plan whose inputs are offered for the next one."""
    return Plan.objects.filter(county=county, kind=kind).defer("document").order_by("-made_at", "-pk").first()


def is_open(plan: Plan) -> bool:
    """Whether it is being made or waits for it."""
    return plan.job is not None and plan.job.state in OPEN and not plan.is_made


def sees_names(user: Person, plan: Plan) -> bool:
    """Whether somebody reads the names of persons in a plan; everybody else sees their codes."""
    return may(user, Action.MAKE_PLAN, plan.county)

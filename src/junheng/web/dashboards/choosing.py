"""Which county and which evaluation a page shows: by its address, else the one that counts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from junheng.web.access import Person
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import (
    counties_for,
    evaluations_for,
    evaluations_of_school,
    newest_by_year,
    newest_of,
)
from junheng.web.regions.models import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page about one county shows; ``evaluation`` is None where nothing was judged yet."""

    county: Place
    evaluation: Evaluation | None


def chosen(request: HttpRequest) -> Choice | None:
    """By ``?evaluation=``, or ``?county=`` and ``?period=`` (a school year); None where a county is still to be chosen.

    Raises:
        Http404: what was asked for does not exist for this person.
    """
    user: Person = request.user
    found = evaluations_for(user)
    if asked := request.GET.get("evaluation"):
        evaluation = found.filter(code=_uuid(asked)).first()
        if evaluation is None:
            raise Http404
        return Choice(evaluation.period.county, evaluation)
    counties = counties_for(user)
    if code := request.GET.get("county"):
        counties = counties.filter(code=code)
    listed = list(counties[:2])
    if not listed:
        raise Http404
    if len(listed) > 1:
        return None
    found = found.filter(period__county=listed[0])
    if (year := request.GET.get("period", "")).isdecimal():
        found = found.filter(period__school_year=int(year[:4]))
    return Choice(listed[0], newest_of(found))


def chosen_of_school(request: HttpRequest, school: Place) -> Evaluation | None:
    """The evaluation that a page about one school shows."""
    found = evaluations_of_school(school)
    if asked := request.GET.get("evaluation"):
        evaluation = found.filter(code=_uuid(asked)).first()
        if evaluation is None:
            raise Http404
        return evaluation
    return newest_of(found)


def years_of(county: Place, user: Person) -> dict[int, Evaluation]:
    """The evaluation that counts of each school year of a county."""
    return newest_by_year(evaluations_for(user).filter(period__county=county))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None

"""Jobs that judge: one county, or all below a place."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from junheng.base.errors import JunhengError
from junheng.web.access import Action, places_for
from junheng.web.dashboards.services import evaluate
from junheng.web.failures import words_of
from junheng.web.filings.models import Period
from junheng.web.filings.selectors import get_period
from junheng.web.jobs.work import Work


def evaluate_county(work: Work) -> None:
    """Judge one period; arguments: ``period`` (its key), ``basis``."""
    period = get_period(pk=work.arguments["period"], user=work.user)
    work.tell(0, 1, str(period.county))
    work.result["url"] = reverse("dashboards:overview")
    evaluate(period=period, basis=work.arguments["basis"], acting_user=work.user, within=work.ending)


def evaluate_counties(work: Work) -> None:
    """Judge every county below a place; arguments: ``school_year``, ``basis``.

    A county that cannot be judged is named with the reason and does not stop the others.
    """
    counties = places_for(work.user, Action.EVALUATE, Action.COMPARE_COUNTIES)
    periods = list(
        Period.objects.filter(
            county__in=counties, county__path__below=work.job.place.path, school_year=work.arguments["school_year"]
        )
        .select_related("county")
        .order_by("county__path")
    )
    for count, period in enumerate(periods):
        part = period.county.code
        if work.is_done(part):
            continue
        work.tell(count, len(periods), str(period.county))
        try:
            evaluate(
                period=period,
                basis=work.arguments["basis"],
                acting_user=work.user,
                within=partial(work.part, part),
            )
        except JunhengError as error:
            with work.part(part):
                work.result.setdefault("not_done", []).append([str(period.county), words_of(error)])
    with work.ending():
        work.result["done"] = len(periods) - len(work.result.get("not_done", []))
        work.result["url"] = reverse("dashboards:counties")

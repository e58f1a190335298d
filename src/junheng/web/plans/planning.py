"""The job that makes a plan: opens the inputs, runs the planner, keeps its document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.base.exact import plain
from junheng.verdict.judgement import Judgement
from junheng.web.access import Action, require
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.jobs.work import Work
from junheng.web.plans.checking import outlines_of, solvers_needed
from junheng.web.plans.inputs import InputFile, opened
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.progress import Watch
from junheng.web.plans.services import record_made
from junheng.web.plans.summary import summary_of


def make_plan(work: Work) -> None:
    """Make a plan that was asked for; arguments: ``plan`` (its code)."""
    plan = Plan.objects.select_related("county", "evaluation__period").filter(code=work.arguments["plan"]).first()
    if plan is None:
        raise Http404
    require(work.user, Action.MAKE_PLAN, plan.county)
    work.result["url"] = reverse("plans:detail", args=[plan.code])
    if plan.stop_asked:  # of an attempt that did not come to its end
        Plan.objects.filter(pk=plan.pk).update(stop_asked=False)
    watch = Watch(work, plan, float(plan.options["seconds"]), _figure_of(plan.kind))
    watch(float("inf"), float("-inf"))
    watch.settle()
    document = _document(plan, watch)
    watch.settle()
    with work.ending():
        plan.document, plan.summary = document, summary_of(document)
        plan.save(update_fields=["document", "summary"])
        record_made(plan, work.user)


def _document(plan: Plan, watch: Watch) -> dict[str, Any]:
    judgement = judgement_of(plan.evaluation) if plan.evaluation else None
    try:
        with solvers_needed(), opened(InputFile(plan.inputs, plan.inputs_name)) as path:
            match PlanKind(plan.kind):
                case PlanKind.RESOURCES:
                    assert judgement is not None, "a resource plan starts from a judgement"
                    return _resources(plan, judgement, path, watch)
                case PlanKind.ROTATION:
                    return _rotation(plan, judgement, path, watch)
                case PlanKind.ZONING:
                    return _zoning(plan, judgement, path, watch)
    except Exception:
        watch.settle()  # a search that was told to end may find nothing: it is the end that counts
        raise


def _resources(plan: Plan, judgement: Judgement, path: Path, watch: Watch) -> dict[str, Any]:
    from junheng.planning.resources.measures import read_inputs
    from junheng.planning.resources.plan import plan_resources

    found = plan_resources(
        judgement,
        read_inputs(path),
        county=plan.county.code,
        seconds=plan.options["seconds"],
        gap=plan.options["gap"],
        tell=watch.step,
    )
    return found.document()


def _rotation(plan: Plan, judgement: Judgement | None, path: Path, watch: Watch) -> dict[str, Any]:
    from junheng.planning.rotation.plan import plan_rotation

    found = plan_rotation(
        path,
        judgement=judgement,
        emphasis=plan.options["emphasis"],
        seconds=plan.options["seconds"],
        gap=plan.options["gap"],
        tell=watch,
    )
    return found.document()


def _zoning(plan: Plan, judgement: Judgement | None, path: Path, watch: Watch) -> dict[str, Any]:
    from junheng.planning.zoning.inputs import read_inputs
    from junheng.planning.zoning.plan import plan_zoning

    options = plan.options
    with outlines_of(options) as outlines:
        inputs = read_inputs(path, outlines=outlines)
    found = plan_zoning(
        inputs,
        opened=options["opened"],
        closed=options["closed"],
        seconds=options["seconds"],
        gap=options["gap"],
        judgement=judgement,
        tell=watch,
    )
    return found.document()


def _figure_of(kind: str) -> Callable[[float], str]:
    """What a planner's values are, in words: each counts in a unit of its own."""
    match PlanKind(kind):
        case PlanKind.RESOURCES:  # 万元
            return lambda value: _("%(amount)s 万元") % {"amount": plain(value, 2)}
        case PlanKind.ROTATION:  # tenths of a point
            return lambda value: _("%(points)s 分") % {"points": plain(value / 10, 1)}
        case PlanKind.ZONING:  # pupil-metres, or pupil-seconds
            return lambda value: f"{value:,.0f}"

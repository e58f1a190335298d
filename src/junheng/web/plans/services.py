"""Writing plans: asking for one, stopping its search, renaming, keeping, deleting. Each is one event of the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import in_chinese, record
from junheng.web.dashboards.models import Evaluation
from junheng.web.errors import ReasonMissingError
from junheng.web.jobs.services import start_job
from junheng.web.plans.errors import PlanKeptError, PlanNotRunningError, PlanRunningError
from junheng.web.plans.inputs import InputFile, forget_unused
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.selectors import is_open
from junheng.web.regions.models import Place


def start_plan(
    *,
    kind: str,
    county: Place,
    evaluation: Evaluation | None,
    title: str,
    inputs: InputFile,
    options: Mapping[str, Any],
    acting_user: User,
) -> Plan:
    """Ask for a plan; a job makes it.

    Args:
        options: plain JSON values; ``seconds`` is what the search may take.
    """
    require(acting_user, Action.MAKE_PLAN, county)
    with transaction.atomic():
        plan = Plan.objects.create(
            kind=kind,
            county=county,
            evaluation=evaluation,
            title=title,
            inputs=inputs.digest,
            inputs_name=inputs.name,
            options=dict(options),
            made_by=acting_user,
        )
        plan.job = start_job(
            kind="plan",
            title=_("求方案：%(title)s") % {"title": title},
            arguments={"plan": str(plan.code)},
            place=county,
            acting_user=acting_user,
        )
        plan.save(update_fields=["job"])
        summary = f"要求方案“{title}”（{in_chinese(PlanKind(kind).label)}）"
        _record(plan, acting_user, "start_plan", summary, {"what": "inputs", "before": None, "after": inputs.digest})
    return plan


def stop_plan(*, plan: Plan, acting_user: User) -> None:
    """Have the search end with the best plan that it has.

    Raises:
        PlanNotRunningError: nothing is being searched.
    """
    require(acting_user, Action.MAKE_PLAN, plan.county)
    if not is_open(plan):
        raise PlanNotRunningError(plan=plan)
    with transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(stop_asked=True)
        changes = {"what": "stop_asked", "before": plan.stop_asked, "after": True}
        _record(plan, acting_user, "stop_plan", f"方案“{plan.title}”：用目前最好的", changes)


def rename_plan(*, plan: Plan, title: str, acting_user: User) -> None:
    require(acting_user, Action.MAKE_PLAN, plan.county)
    with transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(title=title)
        changes = {"what": "title", "before": plan.title, "after": title}
        _record(plan, acting_user, "rename_plan", f"方案“{plan.title}”改名为“{title}”", changes)


def keep_plan(*, plan: Plan, kept: bool, acting_user: User) -> None:
    """Mark a plan as kept, so that nobody deletes it, or release it."""
    require(acting_user, Action.MAKE_PLAN, plan.county)
    with transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(is_kept=kept)
        changes = {"what": "is_kept", "before": plan.is_kept, "after": kept}
        _record(plan, acting_user, "keep_plan", f"方案“{plan.title}”：{'保留' if kept else '取消保留'}", changes)


def delete_plan(*, plan: Plan, reason: str, acting_user: User) -> None:
    """Delete a plan for good; the log keeps that there was one, and why it is gone.

    Raises:
        ReasonMissingError, PlanRunningError, PlanKeptError: it stays.
    """
    require(acting_user, Action.MAKE_PLAN, plan.county)
    if not reason.strip():
        raise ReasonMissingError(step=_("删除方案"))
    with transaction.atomic():
        standing = Plan.objects.select_for_update(of=("self",)).select_related("job").get(pk=plan.pk)
        if is_open(standing):
            raise PlanRunningError(plan=plan)
        if standing.is_kept:
            raise PlanKeptError(plan=plan)
        changes = {"what": "plan", "before": standing.inputs, "after": None}
        _record(standing, acting_user, "delete_plan", f"删除方案“{plan.title}”", changes, reason.strip())
        standing.delete()
        held = [digest for digest in (standing.inputs, standing.options.get("outlines")) if digest]
        transaction.on_commit(lambda: forget_unused(held))


def record_made(plan: Plan, acting_user: User) -> None:
    """Note in the log that a plan was made, in the transaction that keeps it."""
    changes = {"what": "value", "before": None, "after": plan.proof.get("value")}
    _record(plan, acting_user, "make_plan", f"求得方案“{plan.title}”", changes)


def _record(plan: Plan, user: User, action: str, summary: str, changes: Mapping[str, Any], reason: str = "") -> None:
    record(
        acting_user=user,
        action=action,
        subject=f"plan:{plan.pk}",
        place=plan.county,
        summary=summary,
        changes=[changes],
        reason=reason,
    )

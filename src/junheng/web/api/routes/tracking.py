"""What there is to do and what was done: gaps, the audit log, jobs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from junheng.web import limits
from junheng.web.access import Action, require
from junheng.web.api.paging import Asked, part_of
from junheng.web.api.responses import reads, writes
from junheng.web.api.shapes import EventOut, GapOut, JobOut, JudgeIn, Listed
from junheng.web.api.tokens import owner
from junheng.web.audit.selectors import events_for
from junheng.web.filings.selectors import get_period
from junheng.web.jobs.models import Job
from junheng.web.jobs.selectors import get_job, jobs_for
from junheng.web.jobs.services import cancel_job, start_job
from junheng.web.rectification.models import Gap
from junheng.web.rectification.selectors import gaps_for

router = Router(tags=["tracking"])


@router.get("/gaps", response=reads(Listed[GapOut]), summary="问题清单 gaps")
def gaps(
    request: HttpRequest,
    asked: Asked,
    period: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    state: Annotated[str, Query(max_length=10, description="open in_hand mended closed")] = "",
) -> dict[str, Any]:
    found = gaps_for(owner(request))
    if period is not None:
        found = found.filter(period=period)
    if state:
        found = found.filter(state=state)
    total, items = part_of(found, asked)
    return {"total": total, "items": [_gap(gap) for gap in items]}


@router.get("/audit", response=reads(Listed[EventOut]), summary="审计日志 audit log")
def audit(
    request: HttpRequest,
    asked: Asked,
    action: Annotated[str, Query(max_length=60)] = "",
    subject: Annotated[str, Query(max_length=120)] = "",
) -> dict[str, Any]:
    found = events_for(owner(request)).order_by("-pk")
    if action:
        found = found.filter(action=action)
    if subject:
        found = found.filter(subject=subject)
    total, items = part_of(found, asked)
    return {"total": total, "items": items}


@router.get("/jobs", response=reads(Listed[JobOut]), summary="我的后台任务 my jobs")
def jobs(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    total, items = part_of(jobs_for(owner(request)), asked)
    return {"total": total, "items": [_job(job) for job in items]}


@router.get("/jobs/{uuid:code}", response=reads(JobOut), summary="一个任务 one job")
def job(request: HttpRequest, code: UUID) -> dict[str, Any]:
    return _job(get_job(code=code, user=owner(request)))


@router.post("/jobs/evaluate", response=writes(JobOut), summary="判定一个周期 judge a period")
def judge(request: HttpRequest, sent: JudgeIn) -> dict[str, Any]:
    """Judging takes seconds; ask for the job until it is ``done``."""
    user = owner(request)
    period = get_period(pk=sent.period, user=user)
    require(user, Action.EVALUATE, period.county)
    limits.JOBS.take(f"user/{user.pk}")
    arguments = {"period": period.pk, "basis": sent.basis}
    title = _("判定 %(county)s %(period)s") % {"county": period.county, "period": period}
    return _job(start_job(kind="evaluate", title=title, arguments=arguments, place=period.county, acting_user=user))


@router.post("/jobs/{uuid:code}/cancel", response=writes(JobOut), summary="取消任务 cancel a job")
def cancel(request: HttpRequest, code: UUID) -> dict[str, Any]:
    user = owner(request)
    return _job(cancel_job(job=get_job(code=code, user=user), acting_user=user))


def _gap(gap: Gap) -> dict[str, Any]:
    own = ("code", "key", "part", "outcome", "title", "lacks", "state", "measure", "due_on", "closed_at")
    return {
        "period": gap.period_id,
        "place": gap.place.code,
        "place_name": gap.place.name,
        "owner": gap.owner.name if gap.owner else "",
        **{name: getattr(gap, name) for name in own},
    }


def _job(job: Job) -> dict[str, Any]:
    own = ("code", "kind", "title", "state", "done", "total", "words", "result", "made_at", "ended_at")
    return {name: getattr(job, name) for name in own}

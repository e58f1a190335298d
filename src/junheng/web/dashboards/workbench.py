"""工作台: what a person owes, by when, and what came back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from junheng.web.access import Action, may_anywhere, roles_of
from junheng.web.accounts.models import User
from junheng.web.dashboards.workbench_content import counties_sentence, tasks_of, verdicts_of
from junheng.web.jobs.models import JobState
from junheng.web.jobs.selectors import jobs_for
from junheng.web.notices.selectors import notices_for


@login_required
@require_GET
def workbench(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    tasks = tasks_of(user, timezone.localdate())
    context = {
        "tasks": tasks,
        "late": sum(task.is_late for task in tasks),
        "came_back": sum(task.came_back for task in tasks),
        "verdicts": verdicts_of(user),
        "counties": counties_sentence(user),
        "jobs": jobs_for(user).filter(state__in=(JobState.QUEUED, JobState.RUNNING, JobState.FAILED))[:5],
        "told": notices_for(user, unread=True)[:6],
        "roles": roles_of(user),
        "compares": may_anywhere(user, Action.COMPARE_COUNTIES),
        "manages": may_anywhere(user, Action.MANAGE_PERIODS),
    }
    return render(request, "dashboards/workbench.html", context)

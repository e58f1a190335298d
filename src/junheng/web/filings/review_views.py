"""The page on which one filing is reviewed, and the decision on it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import may_anywhere
from junheng.web.accounts.models import User
from junheng.web.failures import words_of
from junheng.web.filings.board_forms import BoardFilter
from junheng.web.filings.board_selectors import SEES_BOARD, board_for, days_late, neighbours, waiting_for
from junheng.web.filings.causes import listed
from junheng.web.filings.cells import Address
from junheng.web.filings.comparing import compare
from junheng.web.filings.form import Form, form_of
from junheng.web.filings.models import Comment, Filing
from junheng.web.filings.naming import cell_label
from junheng.web.filings.offices import name_of
from junheng.web.filings.reviewing import decide_on, is_decision, remarks_in
from junheng.web.filings.seen import version_seen
from junheng.web.filings.selectors import get_filing, may_remark, steps_for
from junheng.web.filings.states import steps_named
from junheng.web.filings.track import track_of

# The queue of whoever comes without a list: what waits for her.
_MINE = "standing=mine"


@login_required
@require_GET
def review(request: HttpRequest, code: UUID) -> HttpResponse:
    """One filing as a reviewer sees it, with the way through her queue."""
    filing = _get(request, code)
    return _page(request, filing, _queue_in_year(request.GET.get("queue", _MINE), filing))


def _page(
    request: HttpRequest,
    filing: Filing,
    queue: str,
    *,
    typed: Mapping[Address, str] | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    before, after = neighbours(_queue(request, queue), filing)
    comparison, form = compare(filing), form_of(filing)
    reviewing = [step for step in steps_for(request.user, filing) if is_decision(step)]
    return render(
        request,
        "filings/board/review.html",
        {
            "filing": filing,
            "name": name_of(filing),
            "comparison": comparison,
            "lines": [(figure, (typed or {}).get(figure.address, "")) for figure in comparison.shown],
            "reason": reason,
            "findings": [listed(form, entry) for entry in comparison.findings],
            "comments": [(comment, _cell_name(form, comment)) for comment in filing.comments.select_related("user")],
            "track": track_of(filing),
            "late": days_late(filing, timezone.localdate()),
            "forward": [step for step in reviewing if not step.needs_reason],
            "backward": [step for step in reviewing if step.needs_reason],
            "may_remark": may_remark(request.user, filing),
            "queue": queue,
            "before": before,
            "after": after,
            "waiting": board_for(request.user, str(filing.period.school_year))
            .filings.filter(waiting_for(request.user))
            .count(),
        },
        status=status,
    )


@login_required
@require_POST
def decide(request: HttpRequest, code: UUID) -> HttpResponse:
    """Approve, return, lock, unlock, or only remark; then on to the next of the queue."""
    assert isinstance(request.user, User)
    filing = _get(request, code)
    posted, queue = request.POST, _queue_in_year(request.POST.get("queue", _MINE), filing)
    step, remarks = posted.get("step", ""), remarks_in(request.POST)
    here = f"{reverse('filings:review', args=[code])}?{_with_queue(queue)}"
    version = version_seen(posted)
    if (remarks and not may_remark(request.user, filing)) or not version:
        raise Http404
    after = neighbours(_queue(request, queue), filing)[1]
    try:
        decide_on(
            filing=filing,
            step=step,
            version=version,
            reason=posted.get("reason", ""),
            remarks=remarks,
            acting_user=request.user,
        )
    except JunhengError as error:
        messages.error(request, words_of(error))
        filing = _get(request, code)
        return _page(request, filing, queue, typed=remarks, reason=posted.get("reason", ""), status=409)
    messages.success(request, _said(filing, step, len(remarks)))
    if not step:
        return redirect(here)
    if after is None:
        return redirect(f"{reverse('filings:board')}?{QueryDict(queue).urlencode()}")
    return redirect(f"{reverse('filings:review', args=[after.code])}?{_with_queue(queue)}")


def _get(request: HttpRequest, code: UUID) -> Filing:
    if not may_anywhere(request.user, *SEES_BOARD):
        raise Http404
    return get_filing(code=code, user=request.user)


def _queue(request: HttpRequest, queue: str) -> QuerySet[Filing]:
    """The list that the reviewer came from, as its filter finds it now."""
    wanted = QueryDict(queue)
    return BoardFilter(wanted, board=board_for(request.user, wanted.get("year", ""))).found()


def _queue_in_year(queue: str, filing: Filing) -> str:
    """The list that the reviewer came from, of the year of what she looks at."""
    wanted = QueryDict(queue, mutable=True)
    wanted["year"] = str(filing.period.school_year)
    return wanted.urlencode()


def _with_queue(queue: str) -> str:
    return urlencode({"queue": queue})


def _cell_name(form: Form, comment: Comment) -> str:
    return cell_label(form, Address(comment.table, comment.key, comment.column)) if comment.column else ""


def _said(filing: Filing, step: str, remarks: int) -> str:
    words = {"name": name_of(filing), "count": remarks}
    if not step:
        return _("“%(name)s”：已保存 %(count)s 条批注。") % words if remarks else _("没有要保存的批注。")
    label = next((entry.label for entry in steps_named(step)), step)
    return _("“%(name)s”：%(step)s，已完成。") % {**words, "step": label}

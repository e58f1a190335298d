"""Bulk steps on everything filtered: counted, confirmed, done one by one, and told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from junheng.web.access import Action, Person, may_anywhere
from junheng.web.accounts.models import User
from junheng.web.failures import words_of
from junheng.web.filings.board_errors import ReasonTooShortError, SelectionChangedError
from junheng.web.filings.board_forms import BoardFilter
from junheng.web.filings.board_messages import tell_of_reminders
from junheng.web.filings.board_selectors import SEES_BOARD, board_filings, board_for, ordered
from junheng.web.filings.bulk import STEPS, take_steps
from junheng.web.filings.models import Filing
from junheng.web.filings.offices import name_of
from junheng.web.filings.reminders import remind
from junheng.web.jobs.services import start_job

# More than these are done in the background.
AT_ONCE = 200
_SHOWN = 20  # of those that are asked about


@dataclass(frozen=True)
class BulkAction:
    """One button above the list: what it is called, how it looks, what it asks, who has it."""

    name: str
    label: str | Promise
    tone: str
    question: str | Promise  # empty: the next page asks, because it wants a reason
    allowed: tuple[Action, ...]
    counts_first: bool = False  # the next page says how many of those chosen can be taken at all


ACTIONS = (
    BulkAction(
        "approve",
        gettext_lazy("审核通过"),
        "primary",
        gettext_lazy("将审核通过 {count} 份填报。每份单独检查，不能通过的会列出原因。通过后发现问题，可以批量退回。"),
        (Action.REVIEW_IN_TOWN, Action.REVIEW_IN_COUNTY),
    ),
    BulkAction("return", gettext_lazy("退回"), "danger", "", (Action.REVIEW_IN_TOWN, Action.REVIEW_IN_COUNTY)),
    BulkAction(
        "remind",
        gettext_lazy("催报"),
        "",
        gettext_lazy("将提醒 {count} 份填报的填报员和校长。已经报出的和今天催过的不再提醒。"),
        (Action.REMIND,),
    ),
    BulkAction(
        "lock",
        gettext_lazy("锁定"),
        "",
        gettext_lazy("将锁定 {count} 份填报。锁定后不能再改，只能逐份写明原因解锁。"),
        (Action.LOCK,),
        counts_first=True,
    ),
)


def actions_for(user: Person) -> list[tuple[str, Any, str, Any]]:
    """The buttons above the list, for the component of bulk actions."""
    allowed = [action for action in ACTIONS if may_anywhere(user, *action.allowed)]
    return [(entry.name, entry.label, entry.tone, "" if entry.counts_first else entry.question) for entry in allowed]


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do it if the count still holds; ask on a page of its own where a reason or the count is missing."""
    assert isinstance(request.user, User)
    action = next((entry for entry in ACTIONS if entry.name == request.POST.get("action")), None)
    if action is None or not may_anywhere(request.user, *action.allowed):
        raise Http404
    found = selected(request.user, request.POST)
    count = found.count()
    reason = request.POST.get("reason", "").strip()
    confirmed = request.POST.get("count", "0")
    if not count or confirmed not in ("0", str(count)):
        messages.error(request, words_of(SelectionChangedError(asked=confirmed[:12], now=count)))
        return redirect(_back(request))
    asks_first = not action.question or action.counts_first
    if confirmed == "0" or (asks_first and "confirmed" not in request.POST):
        return _ask(request, action, found, count)
    if not action.question and len(reason) < 2:
        messages.error(request, words_of(ReasonTooShortError(step=action.label)))
        return _ask(request, action, found, count)
    return _carry_out(request, request.user, action, found, reason)


def selected(user: Person, posted: QueryDict) -> QuerySet[Filing]:
    """The filings of a bulk step: those ticked, or all that the filter finds now."""
    if not may_anywhere(user, *SEES_BOARD):
        raise Http404
    if posted.get("all"):
        wanted = QueryDict(posted.get("filter", ""))
        form = BoardFilter(wanted, board=board_for(user, wanted.get("year", ""), wanted.get("county", "")))
        return form.found() if form.is_valid() else board_filings(user).none()
    codes = []
    for code in posted.getlist("row"):
        try:
            codes.append(UUID(code))
        except ValueError as error:
            raise Http404 from error
    return board_filings(user).filter(code__in=codes)


def _carry_out(
    request: HttpRequest, user: User, action: BulkAction, found: QuerySet[Filing], reason: str
) -> HttpResponse:
    if action.name == "remind":
        tell_of_reminders(request, remind(filings=found, acting_user=user))
        return redirect(_back(request))
    listed = list(ordered(found, "")[: AT_ONCE + 1])
    if len(listed) > AT_ONCE:
        return _as_job(request, user, action, found, reason)
    result = take_steps(filings=listed, action=action.name, acting_user=user, reason=reason)
    context = {"action": action, "result": result, "back": _back(request)}
    return render(request, "filings/board/bulk_result.html", context)


def _as_job(request: HttpRequest, user: User, action: BulkAction, found: QuerySet[Filing], reason: str) -> HttpResponse:
    codes = [str(code) for code in found.order_by("place__path", "office").values_list("code", flat=True)]
    county = found[0].period.county
    start_job(
        kind="steps",
        title=_("%(action)s %(count)s 份填报") % {"action": action.label, "count": len(codes)},
        arguments={"filings": codes, "action": action.name, "reason": reason},
        place=county,
        acting_user=user,
    )
    messages.success(request, _("%(count)s 份正在后台逐份处理，结果见任务。") % {"count": len(codes)})
    return redirect("jobs:list")


def _ask(request: HttpRequest, action: BulkAction, found: QuerySet[Filing], count: int) -> HttpResponse:
    whole = bool(request.POST.get("all"))
    possible = found.filter(state__in=STEPS[action.name]) if action.counts_first else found
    takes = possible.count() if action.counts_first else count
    context = {
        "action": action,
        "count": count,
        "takes": takes,
        "stay": count - takes,
        "some": [(filing, name_of(filing)) for filing in ordered(possible, "")[:_SHOWN]],
        "more": max(takes - _SHOWN, 0),
        "rows": [] if whole else request.POST.getlist("row"),
        "all": "1" if whole else "",
        "filter": request.POST.get("filter", ""),
        "question": str(action.question).replace("{count}", str(takes)),
        "back": _back(request),
    }
    return render(request, "filings/board/bulk_ask.html", context)


def _back(request: HttpRequest) -> str:
    query = QueryDict(request.POST.get("filter", "")).urlencode()
    return f"{reverse('filings:board')}?{query}" if query else reverse("filings:board")

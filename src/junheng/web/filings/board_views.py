"""催报与审核: the board, its list, the people responsible, reminders."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.web.access import Action, may_anywhere
from junheng.web.accounts.models import Role, User
from junheng.web.exports import export_response
from junheng.web.filings.board_doors import line_of
from junheng.web.filings.board_forms import BoardFilter
from junheng.web.filings.board_messages import tell_of_reminders
from junheng.web.filings.board_people import NEEDED, duties_for, people_of, schools_for
from junheng.web.filings.board_selectors import (
    SEES_BOARD,
    STANDINGS,
    Board,
    board_for,
    days_late,
    in_order,
    ordered,
    progress,
    readable_places,
    standing_of,
    total_of,
    waiting_for,
)
from junheng.web.filings.bulk_views import actions_for
from junheng.web.filings.models import Filing
from junheng.web.filings.offices import name_of, office_label
from junheng.web.filings.reminders import remind
from junheng.web.paging import page_of
from junheng.web.regions.models import Place

_AT_ONCE = 500  # places whose people are read together


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponseBase:
    """The board of a school year with the filtered list of filings."""
    shown = _board(request)
    if shown.year:  # every link of the page keeps the year it shows, whichever opens by itself next time
        query = request.GET.copy()
        query["year"] = str(shown.year)
        request.GET = query  # type: ignore[assignment]
    form = BoardFilter(request.GET, board=shown)
    if (asked := request.GET.get("county")) and asked not in {place.code for place in form.counties}:
        raise Http404
    found = ordered(form.found(), request.GET.get("sort", ""))
    if request.GET.get("format") in ("csv", "xlsx"):
        return export_response(request, _("填报进度"), _heads(), _rows(shown, found))
    county = form.wanted.get("county", "")
    towns = progress(shown, county)
    total = total_of(towns)
    # Without a filter the sum is the length of the list; counting 100,000 rows again would double the time.
    known = total.total if form.wanted.keys() <= {"year", "county"} else None
    page = page_of(request, found.values_list("pk", flat=True), known)
    filings = in_order(list(page))
    readable = readable_places(request.user, filings)
    lines = [
        (f, name_of(f), standing_of(f), STANDINGS[standing_of(f)][0], days_late(f, shown.today), f.place_id in readable)
        for f in filings
    ]
    return render(
        request,
        "filings/board/board.html",
        {
            "board": shown,
            "form": form,
            "page": page,
            "lines": lines,
            "progress": [line_of(line, shown, county) for line in towns],
            "total": line_of(total, shown, county),
            "standings": [label for label, _condition in STANDINGS.values()],
            "by_county": len(shown.counties) > 1 and not county,
            "county": county,
            "county_name": next((place.name for place in form.counties if place.code == county), ""),
            "mine": shown.filings.filter(waiting_for(request.user)).count(),
            "actions": actions_for(request.user),
            "may_remind": may_anywhere(request.user, Action.REMIND),
            "may_open": may_anywhere(request.user, Action.MANAGE_PERIODS),
            "queue": request.GET.urlencode(),
        },
    )


@login_required
@require_POST
def remind_late(request: HttpRequest) -> HttpResponse:
    """Remind everybody who is late, in one click."""
    assert isinstance(request.user, User)
    shown = _board(request, request.POST)
    form = BoardFilter({"late": "on", "county": request.POST.get("county", "")}, board=shown)
    tell_of_reminders(request, remind(filings=form.found(), acting_user=request.user))
    kept = {"year": shown.year or "", "county": request.POST.get("county", "")}
    return redirect(f"{reverse('filings:board')}?{urlencode({name: value for name, value in kept.items() if value})}")


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponseBase:
    """Who answers for what, and which schools have nobody."""
    if not may_anywhere(request.user, *SEES_BOARD):
        raise Http404
    lacking, text = bool(request.GET.get("lacking")), request.GET.get("q", "").strip()[:60]
    schools = schools_for(request.user, lacking=NEEDED if lacking else (), text=text)
    if request.GET.get("format") in ("csv", "xlsx"):
        return export_response(request, _("分工到人"), _people_heads(), _people_rows(schools))
    page = page_of(request, schools)
    return render(
        request,
        "filings/board/people.html",
        {
            "page": page,
            "lines": people_of(page),
            "duties": duties_for(request.user),
            "schools": schools_for(request.user).count(),
            "no_clerk": schools_for(request.user, lacking=(Role.CLERK,)).count(),
            "no_principal": schools_for(request.user, lacking=(Role.PRINCIPAL,)).count(),
            "lacking": lacking,
            "text": text,
        },
    )


def _board(request: HttpRequest, asked: QueryDict | None = None) -> Board:
    if not may_anywhere(request.user, *SEES_BOARD):
        raise Http404
    wanted = asked or request.GET
    return board_for(request.user, wanted.get("year", ""), wanted.get("county", ""))


def _heads() -> list[str]:
    heads = (_("代码"), _("名称"), _("县"), _("乡镇"), _("类别"), _("周期"), _("状态"), _("截止日期"), _("逾期天数"))
    counts = (_("已填"), _("应填"), _("错误"), _("须说明"), _("与上年差异大"), _("提交时间"), _("最后修改"))
    return [*heads, *counts]


def _rows(shown: Board, found: QuerySet[Filing]) -> Iterator[list[object]]:
    for filing in found.iterator(chunk_size=2000):
        parent = filing.place.parent
        yield [
            filing.place.code,
            name_of(filing),
            filing.period.county.name,
            parent.name if parent and parent.kind == "town" else "",
            office_label(filing.office),
            filing.period.label,
            str(STANDINGS[standing_of(filing)][0]),
            filing.period.due_on,
            days_late(filing, shown.today) or None,
            *(filing.filled, filing.asked, filing.errors, filing.to_explain, filing.jumps),
            filing.handed_in_at,
            filing.changed_at,
        ]


def _people_heads() -> list[str]:
    return [_("学校标识码"), _("学校"), _("乡镇（学区）"), _("填报员"), _("校长"), _("资产与校舍管理员")]


def _people_rows(schools: QuerySet[Place]) -> Iterator[list[object]]:
    rest = schools.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(rest, _AT_ONCE)):
        for line in people_of(some):
            held = (line.clerks, line.principals, line.keepers)
            names = (_("、").join(user.name for user in users) for users in held)
            yield [line.school.code, line.school.name, line.school.parent.name if line.school.parent else "", *names]

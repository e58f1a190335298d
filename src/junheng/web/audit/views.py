"""Pages of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.web.access import Action, Person, may_anywhere
from junheng.web.audit import selectors
from junheng.web.audit.forms import EventFilter
from junheng.web.audit.models import Event
from junheng.web.audit.words import word_of
from junheng.web.exports import export_response
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest


@login_required
@require_GET
def events(request: SignedInRequest) -> HttpResponseBase:
    if not may_anywhere(request.user, Action.VIEW_AUDIT):
        raise Http404
    form = EventFilter(request.GET)
    found = selectors.list_events(request.user, {name: request.GET.get(name, "") for name in form.fields})
    head, count = selectors.head_of_chain()
    if "format" in request.GET:
        names = [_("编号"), _("时间"), _("用户名"), _("地址"), _("操作"), _("单位"), _("对象"), _("内容")]
        names += [_("变化"), _("原因"), _("校验值")]
        listed = found.order_by("pk").iterator(chunk_size=1000)
        foot = [_("链头"), head, _("链长"), count]
        return export_response(request, _("操作记录"), names, map(partial(_line, request.user), listed), foot)
    page = page_of(request, found.defer("changes"))
    shown = [(event, word_of(event.action)) for event in page]
    context = {"form": form, "page": page, "events": shown, "head": head, "count": count}
    return render(request, "audit/list.html", context)


def _line(user: Person, event: Event) -> list[object]:
    changes = json.dumps(event.changes, ensure_ascii=False) if event.changes else ""
    if changes and not selectors.may_read_changes(user, event):
        changes = _("（无权查看填报数据）")
    who = event.username or _("系统")
    said = [event.pk, event.made_at, who, event.address, word_of(event.action), event.place_path, event.subject]
    return [*said, event.summary, changes, event.reason, event.digest]


@login_required
@require_GET
def event(request: SignedInRequest, pk: int) -> HttpResponse:
    found = selectors.get_event(pk=pk, user=request.user)
    context = {
        "event": found,
        "word": word_of(found.action),
        "place": selectors.place_of(found),
        "may_read": selectors.may_read_changes(request.user, found),
        "changes": list(_changes(found)) if selectors.may_read_changes(request.user, found) else [],
    }
    return render(request, "audit/event.html", context)


def _changes(found: Event) -> Iterator[tuple[str, str, str]]:
    for change in found.changes:
        before, after = change.get("before"), change.get("after")
        if isinstance(before, dict) or isinstance(after, dict):
            yield from _parts(str(change.get("what", "")), before, after)
        else:
            yield str(change.get("what", "")), _text(before), _text(after)


def _parts(what: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - JSON values
    """A change of several fields at once, field by field."""
    was, now = ({"": side} if not isinstance(side, dict) and side else side or {} for side in (before, after))
    for name in {**was, **now}:
        if was.get(name) != now.get(name):
            yield f"{what} {name}".strip(), _text(was.get(name)), _text(now.get(name))


def _text(value: Any) -> str:  # noqa: ANN401 - a JSON value
    match value:
        case None | "":
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)

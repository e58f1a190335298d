"""通知: what a person was told, and going where it leads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.web.accounts.models import User
from junheng.web.notices.selectors import get_notice, notices_for
from junheng.web.notices.services import mark_read
from junheng.web.paging import page_of


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    shown = "all" if request.GET.get("show") == "all" else "unread"
    page = page_of(request, notices_for(user, unread=shown == "unread"))
    unread = notices_for(user, unread=True).count()
    return render(request, "notices/list.html", {"page": page, "shown": shown, "unread": unread})


@login_required
@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads; having gone there it is read."""
    notice = get_notice(pk=pk, user=_user(request))
    mark_read(user=_user(request), pks=[pk])
    here = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and here else "notices:list")


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark the ticked ones, or all, as read."""
    picked = [int(pk) for pk in request.POST.getlist("notice") if pk.isdecimal()]
    count = mark_read(user=_user(request), pks=None if request.POST.get("all") else picked)
    messages.success(request, _("%(count)s 条通知已标为已读。") % {"count": count})
    return redirect("notices:list")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user

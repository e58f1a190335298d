"""Pages of lists of people: template, upload, preview, confirmation, initial passwords."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.web.accounts.errors import PeopleFileChangedError
from junheng.web.accounts.models import User
from junheng.web.accounts.people_list import check_people
from junheng.web.accounts.people_list_services import enter_people
from junheng.web.accounts.people_selectors import people_for
from junheng.web.accounts.people_services import give_initial_passwords
from junheng.web.accounts.people_template import people_template
from junheng.web.exports import xlsx_response
from junheng.web.failures import words_of
from junheng.web.filings.uploads import keep
from junheng.web.limits import UPLOADS, limited
from junheng.web.regions.people_forms import ListForm
from junheng.web.regions.people_views import require_manager
from junheng.web.signed_in import SignedInRequest
from junheng.web.waiting_files import forget, remember, remembered, sheets_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PURPOSE, _ENTERED = "people", "people_entered"
_SHOWN = 500  # rows of a preview


@login_required
@require_GET
def template(request: SignedInRequest) -> HttpResponse:
    require_manager(request)
    answer = HttpResponse(people_template(request.user), content_type=_XLSX)
    answer["Content-Disposition"] = "attachment; filename*=UTF-8''%E4%BA%BA%E5%91%98%E5%90%8D%E5%8D%95.xlsx"
    return answer


@login_required
@require_http_methods(["GET", "POST"])
@limited(UPLOADS)
def upload(request: SignedInRequest) -> HttpResponse:
    require_manager(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            kept = keep(form.cleaned_data["file"])
            plan = check_people(sheets_of(kept), request.user)
        except JunhengError as error:
            form.add_error("file", words_of(error))
        else:
            remember(request.session, _PURPOSE, kept, plan.mark)
            return redirect("regions:people-preview")
    return render(request, "regions/people_upload.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest) -> HttpResponse:
    require_manager(request)
    try:
        kept, mark = remembered(request.session, _PURPOSE)
        plan = check_people(sheets_of(kept), request.user)
        if request.method == "POST":
            if plan.mark != mark:
                remember(request.session, _PURPOSE, kept, plan.mark)
                raise PeopleFileChangedError
            people = enter_people(plan=plan, file=kept.name, acting_user=request.user)
            forget(request.session, _PURPOSE)
            request.session[_ENTERED] = [person.pk for person in people]
            messages.success(request, _("已导入 %(count)s 个新人员。") % {"count": len(people)})
            return redirect("regions:people-entered")
    except JunhengError as error:
        messages.error(request, words_of(error))
        again = isinstance(error, PeopleFileChangedError)
        return redirect("regions:people-preview" if again else "regions:people-upload")
    context = {"plan": plan, "file": kept.name, "entries": plan.entries[:_SHOWN], "findings": plan.findings[:_SHOWN]}
    return render(request, "regions/people_preview.html", context)


@login_required
@require_GET
def entered(request: SignedInRequest) -> HttpResponse:
    require_manager(request)
    people = _entered(request)
    waiting = [person for person in people if person.last_login is None]
    return render(request, "regions/people_entered.html", {"people": people, "waiting": waiting})


@login_required
@require_POST
def passwords(request: SignedInRequest) -> HttpResponseBase:
    require_manager(request)
    given = give_initial_passwords(people=_entered(request), acting_user=request.user)
    heads = [_("姓名"), _("用户名"), _("初始密码")]
    rows = ((person.name, person.username, password) for person, password in given)
    return xlsx_response(_("初始密码"), heads, rows)


def _entered(request: SignedInRequest) -> list[User]:
    """The people of the list that was taken in this session."""
    pks = request.session.get(_ENTERED, [])
    return list(people_for(request.user).filter(pk__in=pks).order_by("name"))

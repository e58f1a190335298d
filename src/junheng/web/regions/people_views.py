"""Pages of people: list, one person, roles, account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may_anywhere, places_for
from junheng.web.accounts import people_selectors, people_services, role_services, sign_in
from junheng.web.accounts.models import Assignment, User
from junheng.web.accounts.selectors import list_sessions
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.filings.offices import office_label
from junheng.web.paging import page_of
from junheng.web.regions.models import Place
from junheng.web.regions.people_forms import EndRoleForm, PeopleFilter, PersonDataForm, PersonForm, RoleForm
from junheng.web.signed_in import SignedInRequest

_OFFERED_PLACES = 1000


def require_manager(request: HttpRequest) -> None:
    """These pages do not exist for who looks after nobody."""
    if not may_anywhere(request.user, Action.MANAGE_PEOPLE):
        raise Http404


@login_required
@require_GET
def people(request: SignedInRequest) -> HttpResponseBase:
    require_manager(request)
    form = PeopleFilter(request.GET)
    asked = {name: request.GET.get(name, "") for name in form.fields}
    roles = Assignment.objects.filter(place__in=places_for(request.user, Action.MANAGE_PEOPLE)).select_related("place")
    found = people_selectors.list_people(
        request.user, text=asked["q"], role=asked["role"], where=asked["where"], state=asked["state"]
    ).prefetch_related(Prefetch("assignments", queryset=roles, to_attr="shown_roles"))
    if "format" in request.GET:
        heads = [_("姓名"), _("用户名"), _("角色"), _("电话"), _("邮箱"), _("在用"), _("最近登录")]
        return export_response(request, _("人员"), heads, map(_line, found.iterator(chunk_size=1000)))
    return render(request, "regions/people.html", {"page": page_of(request, found), "form": form})


def _line(person: User) -> list[object]:
    roles: list[Assignment] = person.shown_roles  # type: ignore[attr-defined]
    held = _("；").join(f"{role.get_role_display()} {role.place.name}" for role in roles)
    return [person.name, person.username, held, person.phone, person.email, person.is_active, person.last_login]


@login_required
@require_http_methods(["GET", "POST"])
def add_person(request: SignedInRequest) -> HttpResponse:
    require_manager(request)
    form = PersonForm(request.POST or None)
    role_form = RoleForm(request.POST or None, user=request.user, initial={"place": request.GET.get("place", "")})
    if form.is_valid() and role_form.is_valid():
        try:
            person, password = people_services.enter_person(
                **form.cleaned_data, role=role_form.new_role, acting_user=request.user
            )
        except JunhengError as error:
            role_form.add_error(None, words_of(error))
        else:
            return render(request, "regions/initial_password.html", {"person": person, "password": password})
    context = {"form": form, "role_form": role_form, "places": _offered(request.user)}
    return render(request, "regions/add_person.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    found = people_selectors.get_person(pk=pk, user=request.user)
    form = PersonDataForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        return _done(request, pk, lambda: _changed(pk, request.user, fields), _("已保存。"))
    return render(request, "regions/person.html", _person(request, found, form, RoleForm(user=request.user)))


def _changed(pk: int, user: User, fields: dict[str, str]) -> None:
    standing = people_selectors.get_person(pk=pk, user=user)
    people_services.change_person(person=standing, acting_user=user, **fields)


def _person(request: SignedInRequest, found: User, form: PersonDataForm, role_form: RoleForm) -> dict[str, Any]:
    return {
        "person": found,
        "form": form,
        "role_form": role_form,
        "today": timezone.localdate(),
        "roles": [(role, office_label(role.office)) for role in people_selectors.roles_to_show(found, request.user)],
        "sessions": list_sessions(found),
        "is_mine": people_selectors.may_change_account(request.user, found),
        "places": _offered(request.user),
    }


@login_required
@require_POST
def give_role(request: SignedInRequest, pk: int) -> HttpResponse:
    found = people_selectors.get_person(pk=pk, user=request.user)
    form = RoleForm(request.POST, user=request.user)
    if form.is_valid():
        role = form.new_role
        return _done(
            request,
            pk,
            lambda: role_services.give_role(person=found, role=role, acting_user=request.user),
            _("角色已授予。"),
        )
    context = _person(request, found, PersonDataForm(instance=found), form)
    return render(request, "regions/person.html", context, status=422)


@login_required
@require_POST
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    role = people_selectors.get_role(pk=pk, user=request.user)
    form = EndRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("结束日期不对，没有执行。请写成 2025-09-01 的样子。"))
        return redirect("regions:person", pk=role.user_id)
    day = form.cleaned_data["ends_on"]
    return _done(
        request,
        role.user_id,
        lambda: role_services.end_role(role=role, ends_on=day, acting_user=request.user),
        _("角色已结束。"),
    )


@login_required
@require_POST
def reset_password(request: SignedInRequest, pk: int) -> HttpResponse:
    found = people_selectors.get_person(pk=pk, user=request.user)
    try:
        password = people_services.reset_password(person=found, acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("regions:person", pk=pk)
    return render(request, "regions/initial_password.html", {"person": found, "password": password})


@login_required
@require_POST
def account(request: SignedInRequest, pk: int, what: str) -> HttpResponse:
    """What an administrator does with somebody's account: close, reopen, sessions, second factor, unlock."""
    found = people_selectors.get_person(pk=pk, user=request.user)
    user, reason = request.user, request.POST.get("reason", "")[:1000]
    doing: dict[str, tuple[Callable[[], object], str]] = {
        "close": (
            lambda: people_services.close_account(person=found, acting_user=user, reason=reason),
            _("账号已停用，登录和令牌都已失效。"),
        ),
        "reopen": (lambda: people_services.reopen_account(person=found, acting_user=user), _("账号已启用。")),
        "end-sessions": (lambda: people_services.end_sessions_of(person=found, acting_user=user), _("登录已结束。")),
        "drop-second-factor": (
            lambda: people_services.drop_second_factor(person=found, acting_user=user),
            _("两步验证已取消，下次只用密码登录。"),
        ),
        "unlock": (lambda: sign_in.unlock(user=found, acting_user=user), _("登录锁定已解除。")),
    }
    if what not in doing:
        raise Http404
    return _done(request, pk, *doing[what])


def _done(request: HttpRequest, pk: int, write: Callable[[], object], told: str) -> HttpResponse:
    try:
        write()
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, told)
    return redirect("regions:person", pk=pk)


def _offered(user: User) -> list[Place]:
    """Places to choose from while typing, the higher ones first."""
    places = places_for(user, Action.MANAGE_PEOPLE).order_by("path")
    return list(places.filter(closed_on__isnull=True)[:_OFFERED_PLACES])

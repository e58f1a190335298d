"""Pages of places, and the front page of 系统."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may_anywhere
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.paging import page_of
from junheng.web.regions import place_services, selectors
from junheng.web.regions.forms import CloseForm, PlaceFilter, PlaceForm, kind_named, kinds_below
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.profile import facts_of
from junheng.web.signed_in import SignedInRequest

_OF_SYSTEM = (Action.MANAGE_PLACES, Action.MANAGE_PEOPLE, Action.MANAGE_PERIODS, Action.VIEW_AUDIT)


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    if not may_anywhere(request.user, *_OF_SYSTEM):
        raise Http404
    allowed = {action.value: may_anywhere(request.user, action) for action in _OF_SYSTEM}
    return render(request, "regions/index.html", {"may": allowed})


def require_manager(request: HttpRequest) -> None:
    """These pages do not exist for who manages no place."""
    if not may_anywhere(request.user, Action.MANAGE_PLACES):
        raise Http404


@login_required
@require_GET
def places(request: SignedInRequest) -> HttpResponseBase:
    require_manager(request)
    asked = {name: request.GET.get(name, "") for name in ("q", "kind", "state")}
    found = selectors.search_places(request.user, text=asked["q"], kind=asked["kind"], state=asked["state"])
    if "format" in request.GET:
        heads = [_("名称"), _("类别"), _("代码"), _("上级"), _("设立日期"), _("撤并日期")]
        return export_response(request, pgettext("list", "单位"), heads, map(_line, found.iterator(chunk_size=1000)))
    context = {
        "form": PlaceFilter(request.GET),
        "page": page_of(request, found),
        "tops": selectors.highest_places(request.user),
        "counties": selectors.counties_managed(request.user)[:20],
        "searching": any(asked.values()),
    }
    return render(request, "regions/places.html", context)


def _line(place: Place) -> list[object]:
    above = place.parent.name if place.parent else ""
    return [place.name, place.get_kind_display(), place.code, above, place.opened_on, place.closed_on]


@login_required
@require_GET
def place(request: SignedInRequest, pk: int) -> HttpResponse:
    found = selectors.get_place(pk=pk, user=request.user)
    context = {
        "place": found,
        "above": selectors.path_to(found, request.user),
        "page": page_of(request, selectors.list_below(found, request.user)),
        "facts": facts_of(found),
        "kinds": kinds_below(found),
        "people": selectors.count_people(found),
        "close_form": CloseForm(place=found),
        "absorbed": found.absorbed.all(),
    }
    return render(request, "regions/place.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_place(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    parent = selectors.get_place(pk=pk, user=request.user)
    wanted = kind_named(parent, kind)
    if wanted is None:
        raise Http404
    form = PlaceForm(request.POST or None, kind=wanted, parent=parent)
    if form.is_valid():
        try:
            made = place_services.add_place(
                kind=wanted,
                code=form.cleaned_data.get("code", ""),
                name=form.cleaned_data["name"],
                parent=form.wanted_parent or parent,
                opened_on=form.cleaned_data["opened_on"],
                record=form.record,
                acting_user=request.user,
            )
        except JunhengError as error:
            form.add_error(None, words_of(error))
        else:
            messages.success(request, _("已新增“%(name)s”。") % {"name": made.name})
            return redirect("regions:place", pk=made.pk)
    return render(request, "regions/place_form.html", {"form": form, "parent": parent, "word": wanted.label})


@login_required
@require_http_methods(["GET", "POST"])
def change_place(request: SignedInRequest, pk: int) -> HttpResponse:
    found = selectors.get_place(pk=pk, user=request.user)
    form = PlaceForm(request.POST or None, kind=PlaceKind(found.kind), parent=found.parent, place=found)
    if form.is_valid():
        try:
            place_services.change_place(
                place=found,
                name=form.cleaned_data["name"],
                opened_on=form.cleaned_data["opened_on"],
                record=form.record,
                parent=form.wanted_parent if found.kind == PlaceKind.SCHOOL else None,
                acting_user=request.user,
            )
        except JunhengError as error:
            form.add_error(None, words_of(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect("regions:place", pk=pk)
    return render(request, "regions/place_form.html", {"form": form, "place": found})


@login_required
@require_POST
def close_place(request: SignedInRequest, pk: int) -> HttpResponse:
    found = selectors.get_place(pk=pk, user=request.user)
    form = CloseForm(request.POST, place=found)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("regions:place", pk=pk)
    return _done(
        request,
        pk,
        lambda: place_services.close_place(place=found, acting_user=request.user, **form.cleaned_data),
        _("已办理。以后的填报周期不再要求它填报。"),
    )


@login_required
@require_POST
def reopen_place(request: SignedInRequest, pk: int) -> HttpResponse:
    found = selectors.get_place(pk=pk, user=request.user)
    return _done(
        request,
        pk,
        lambda: place_services.reopen_place(place=found, acting_user=request.user),
        _("已恢复。要补上本期填报，请到“填报周期”里补发。"),
    )


def _done(request: HttpRequest, pk: int, write: Callable[[], object], told: str) -> HttpResponse:
    try:
        write()
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, told)
    return redirect("regions:place", pk=pk)

"""核对: check a file that was sent, show what was found, export it; keep it where somebody asks for that."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.claims.marking import Only, count, selected
from junheng.web.access import Action, may_anywhere
from junheng.web.claims import services
from junheng.web.claims.apart import Against, Checked, check_apart
from junheng.web.claims.asking import Asked, CheckForm, asked_before, sign
from junheng.web.claims.decisions import Decision, decision_of, decisions_sent, from_json, is_finding, keys_of
from junheng.web.claims.errors import OtherDocumentError
from junheng.web.claims.exporting import FORMS, export
from junheng.web.claims.marked_text import MarkedText
from junheng.web.claims.models import Check
from junheng.web.claims.reasoning import cards
from junheng.web.claims.selectors import checks_for, get_check
from junheng.web.claims.upload import MOST_MEGABYTES, received
from junheng.web.failures import words_of
from junheng.web.jobs.errors import FileGoneError
from junheng.web.limits import UPLOADS, limited
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest
from junheng.web.templatetags.words import in_english


@require_http_methods(["GET", "POST"])
@login_required
@limited(UPLOADS)
def check(request: SignedInRequest) -> HttpResponseBase:
    """Check a file; or, with the token of a check, export from it or keep it."""
    if not may_anywhere(request.user, Action.VIEW_REPORT):
        raise Http404
    if request.method != "POST":
        return _page(request, CheckForm(user=request.user))
    form = CheckForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _page(request, form)
    try:
        return _answer(request, form)
    except JunhengError as error:
        form.add_error("file", words_of(error))
        return _page(request, form)


def _answer(request: SignedInRequest, form: CheckForm) -> HttpResponseBase:
    wanted = request.POST.get("export", "")
    if wanted and wanted not in FORMS:
        raise Http404
    asked, digest = form.asked, ""
    if wanted or "keep_checked" in request.POST:
        asked, digest = asked_before(request.POST.get("token", ""), user=request.user)
    with received(form.cleaned_data["file"]) as sent:
        if digest and sent.digest != digest:
            raise OtherDocumentError(file=sent.name)
        checked = check_apart(sent.path, sent.name, asked.against)
        decisions = decisions_sent(request.POST, checked.claims) if digest else {}
        if wanted:
            return export(wanted, sent.path, checked, decisions)
        if digest or form.cleaned_data["keep"]:
            kept = services.keep_check(
                sent=sent, asked=asked, checked=checked, decisions=decisions, acting_user=request.user
            )
            return _go_to(request, kept)
    token = sign(asked, digest=sent.digest, user=request.user)
    return _page(request, form, _shown(checked, {}, asked) | {"token": token, "digest": sent.digest})


def _go_to(request: HttpRequest, kept: Check) -> HttpResponse:
    address = reverse("claims:detail", args=[kept.code])
    messages.success(request, _("已保存“%(name)s”，只有您看得到") % {"name": kept})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _page(request: SignedInRequest, form: CheckForm, shown: dict[str, Any] | None = None) -> HttpResponse:
    context = {"form": form, "limit": MOST_MEGABYTES, "page": page_of(request, checks_for(request.user))}
    return render(request, "claims/check.html", context | (shown or {}))


def _shown(checked: Checked, decisions: dict[str, Decision], asked: Asked) -> dict[str, Any]:
    """What the part of a page with the text and the reasoning is drawn from."""
    language = _language()
    marked = MarkedText(checked.document, checked.claims)
    counts = count(checked.claims)
    first = next((only for only in Only if selected(checked.claims, only)), Only.ALL)
    return {
        "checked": checked,
        "blocks": marked.blocks,
        "cards": cards(checked.document, checked.claims, marked.places, decisions, language),
        "counts": counts,
        "findings": len(selected(checked.claims, Only.INCONSISTENT)),
        "only": first,
        "asked": asked,
        "forms": FORMS,
    }


def _language() -> str:
    return "en" if in_english() else "zh"


@require_GET
@login_required
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    """A check that was kept: the same page, with what was decided."""
    kept = get_check(code=code, user=request.user)
    context: dict[str, Any] = {"kept": kept, "place_name": kept.place.name}
    try:
        context |= _shown(_checked(kept), from_json(kept.decisions), _asked(kept))
    except JunhengError as error:
        context["unreadable"] = words_of(error)
    return render(request, "claims/detail.html", context)


@require_GET
@login_required
def file(request: SignedInRequest, code: UUID, form: str) -> HttpResponseBase:
    """What was found in a kept file, as a file."""
    kept = get_check(code=code, user=request.user)
    if form not in FORMS:
        raise Http404
    try:
        return export(form, kept.path, _checked(kept), from_json(kept.decisions))
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("claims:detail", code=code)


@require_POST
@login_required
def decide(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Accept or dismiss a finding of a kept check, or take that back."""
    kept = get_check(code=code, user=request.user)
    key = request.POST.get("key", "")
    try:
        claims = _checked(kept).claims
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("claims:detail", code=code)
    if key not in {name for name, claim in zip(keys_of(claims), claims, strict=True) if is_finding(claim)}:
        raise Http404
    decision = decision_of(request.POST.get(f"said:{key}", ""), request.POST.get(f"reason:{key}", ""))
    services.decide(check=kept, key=key, decision=decision, acting_user=request.user)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("claims:detail", code=code)


@require_POST
@login_required
def delete(request: SignedInRequest, code: UUID) -> HttpResponse:
    kept = get_check(code=code, user=request.user)
    services.delete_check(check=kept, acting_user=request.user)
    messages.success(request, _("已删除“%(name)s”和对它的处理") % {"name": kept})
    return redirect("claims:check")


def _asked(kept: Check) -> Asked:
    return Asked(kept.evaluation, kept.standard, kept.day)


def _checked(kept: Check) -> Checked:
    """What is found in a kept file; made again, so that it is what the checker says now.

    Raises:
        FileGoneError: it is no longer there.
        JunhengError: it cannot be read any more.
    """
    if not kept.path.is_file():
        raise FileGoneError(name=kept.name)
    return _checked_once(kept.path, kept.name, _asked(kept).against)


@lru_cache(maxsize=4)  # whoever decides about one finding after the other asks for the same again and again
def _checked_once(path: Path, name: str, against: Against) -> Checked:
    return check_apart(path, name, against)

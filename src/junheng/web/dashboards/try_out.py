"""试算: change cells of a copy and see at once what it comes to. Nothing reaches a filing or the store."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.base.errors import JunhengError
from junheng.intake.change import Change
from junheng.verdict.judgement import Judgement
from junheng.web.access import Action, require
from junheng.web.dashboards import try_out_content as content
from junheng.web.dashboards.choosing import chosen
from junheng.web.dashboards.compare_content import indicators_of
from junheng.web.dashboards.counties_choice import counties_context
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import get_evaluation, judgement_of
from junheng.web.dashboards.try_out_changes import keep_changes, kept_changes, tried, with_changes
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.templatetags.words import stage as stage_word


@require_GET
@login_required
def try_out(request: HttpRequest) -> HttpResponseBase:
    """The changes so far and what they come to; the cells of the school asked for."""
    choice = chosen(request)
    if choice is None:
        return render(request, "dashboards/counties_choose.html", counties_context(request, _("试算")))
    require(request.user, Action.TRY_OUT, choice.county)
    if choice.evaluation is None:
        return render(request, "dashboards/compare_none.html", {"county": choice.county})
    changes = kept_changes(request, choice.evaluation)
    if "format" in request.GET:
        return _exported(request, choice.evaluation, changes)
    return render(request, "dashboards/try_out.html", _context(request, choice.evaluation, changes, {}))


@require_POST
@login_required
def change(request: HttpRequest) -> HttpResponse:
    """Take what was typed into the cells of a school; what does not fit is shown again with the reason."""
    evaluation = _evaluation(request)
    judgement, kept = judgement_of(evaluation), kept_changes(request, evaluation)
    typed = {name: str(text) for name, text in request.POST.items() if name.startswith("cell:")}
    try:
        more = content.changes_typed(judgement, request.POST.get("school", ""), typed)
        changes = with_changes(judgement, kept, more)
        tried(evaluation, changes)
        keep_changes(request, evaluation, changes)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return render(request, "dashboards/try_out.html", _context(request, evaluation, kept, typed))
    return redirect(_address(request, evaluation))


@require_POST
@login_required
def raise_school(request: HttpRequest) -> HttpResponse:
    """Bring one school to the limit of one indicator."""
    evaluation = _evaluation(request)
    judgement, kept = judgement_of(evaluation), kept_changes(request, evaluation)
    try:
        own, _sep, school = request.POST.get("raise", "").partition(":")
        indicator = request.POST.get("raise_indicator", "")
        one = content.raised_to_limit(tried(evaluation, kept), school, own, indicator)
        changes = with_changes(judgement, kept, [one])
        tried(evaluation, changes)
        keep_changes(request, evaluation, changes)
    except JunhengError as error:
        messages.error(request, words_of(error))
    return redirect(_address(request, evaluation))


@require_POST
@login_required
def drop(request: HttpRequest) -> HttpResponse:
    """Take one change back, or all of them."""
    evaluation = _evaluation(request)
    kept, place = kept_changes(request, evaluation), request.POST.get("place", "")
    left = [entry for number, entry in enumerate(kept) if str(number) != place] if place else []
    try:
        tried(evaluation, tuple(left))
        keep_changes(request, evaluation, left)
    except JunhengError as error:
        messages.error(request, words_of(error))
    return redirect(_address(request, evaluation))


def _evaluation(request: HttpRequest) -> Evaluation:
    """The evaluation that a posted form is about, if this person may try out there."""
    try:
        code = UUID(request.POST.get("evaluation", ""))
    except ValueError:
        raise Http404 from None
    evaluation = get_evaluation(code=code, user=request.user)
    require(request.user, Action.TRY_OUT, evaluation.period.county)
    return evaluation


def _context(
    request: HttpRequest, evaluation: Evaluation, changes: tuple[Change, ...], typed: dict[str, str]
) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    before, county = judgement_of(evaluation), evaluation.period.county
    after = tried(evaluation, changes)
    indicators = indicators_of(before)
    indicator, text = asked.get("indicator", ""), asked.get("q", "").strip()
    schools = content.school_found(before, asked.get("school", ""))
    cells = _cells(before, schools, indicator, text, changes, typed)
    ranked = indicator if indicator in indicators else content.worst_indicator(after)
    moved = content.what_moved(before, after, county.code, changes)
    return {
        "county": county,
        "place_name": county.name,
        "evaluation": evaluation,
        "period_name": str(evaluation.period),
        "standard": before.standard,
        "indicators": indicators,
        "indicator": indicator,
        "text": text,
        "school_text": asked.get("school", ""),
        "schools": schools,
        "school": schools[0] if len(schools) == 1 else None,
        "names": list(dict.fromkeys(before.rows["school_name"].drop_nulls().to_list())),
        "cells": cells,
        "changes": content.change_lines(before, changes),
        "moved": moved,
        "sentence": content.sentence(moved, len(changes)) if changes else "",
        "ranked": content.to_raise(after, ranked),
        "ranked_by": ranked,
        "ranked_name": indicators.get(ranked, ""),
    }


def _cells(
    judgement: Judgement,
    schools: list[tuple[str, str]],
    indicator: str,
    text: str,
    changes: tuple[Change, ...],
    typed: dict[str, str],
) -> list[content.Cell]:
    if len(schools) != 1:
        return []
    school = schools[0][0]
    own = {
        (entry.table, str(dict(entry.row).get("stage", "")), entry.column): entry.typed
        for entry in changes
        if dict(entry.row)["school_code"] == school
    }
    for entry in content.changes_typed(judgement, school, typed):
        own[entry.table, str(dict(entry.row).get("stage", "")), entry.column] = entry.typed
    return content.cells_of(judgement, school, indicator, text, own)


def _exported(request: HttpRequest, evaluation: Evaluation, changes: tuple[Change, ...]) -> HttpResponseBase:
    heads = (_("学校标识码"), _("学校"), _("学段"), _("栏目"), _("单位"), _("填报数"), _("试算数"))
    lines = content.change_lines(judgement_of(evaluation), changes)
    rows = [
        (line.school, line.name, stage_word(line.stage), line.label, line.unit, line.filed, line.tried)
        for line in lines
    ]
    foot = (content.sentence(_moved(evaluation, changes), len(changes)),) if changes else ()
    return export_response(request, f"{evaluation.period.county}{_('试算')}", heads, rows, foot)


def _moved(evaluation: Evaluation, changes: tuple[Change, ...]) -> dict[str, Any]:
    return content.what_moved(
        judgement_of(evaluation), tried(evaluation, changes), evaluation.period.county.code, changes
    )


def _address(request: HttpRequest, evaluation: Evaluation) -> str:
    kept = {name: request.POST.get(name, "") for name in ("school", "indicator", "q")}
    query = {"evaluation": str(evaluation.code), **{name: text for name, text in kept.items() if text}}
    return f"{reverse('dashboards:try-out')}?{urlencode(query)}"

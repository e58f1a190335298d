"""比较: by place, town, kind of school and stage, in three layers, and over the years."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.verdict.judgement import Judgement
from junheng.web.dashboards import compare_content as content
from junheng.web.dashboards.choosing import Choice, chosen, years_of
from junheng.web.dashboards.compare_forms import CompareForm
from junheng.web.dashboards.counties_choice import counties_context
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.exports import export_response
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word
from junheng.web.templatetags.words import unit as unit_word

BY = {
    "layers": gettext_lazy("三层均衡"),
    "location": gettext_lazy("城乡"),
    "town": gettext_lazy("乡镇"),
    "school_kind": gettext_lazy("办学类型"),
    "operator": gettext_lazy("举办者"),
    "stage": gettext_lazy("学段"),
    "year": gettext_lazy("年度"),
}


@require_GET
@login_required
def compare(request: HttpRequest) -> HttpResponseBase:
    """One county's schools compared by what is asked for."""
    choice = chosen(request)
    if choice is None:
        return render(request, "dashboards/counties_choose.html", counties_context(request, _("比较")))
    if choice.evaluation is None:
        return render(request, "dashboards/compare_none.html", {"county": choice.county})
    by = request.GET.get("by", "layers")
    if by not in BY:
        raise Http404
    context = _context(request, choice, choice.evaluation, by)
    if "format" in request.GET:
        heads, rows = _table(by, context)
        return export_response(request, f"{choice.county}{_('比较')}{BY[by]}", heads, rows)
    return render(request, f"dashboards/compare_{_template(by)}.html", context)


def _template(by: str) -> str:
    return "groups" if by in content.GROUPS else by


def _context(request: HttpRequest, choice: Choice, evaluation: Evaluation, by: str) -> dict[str, Any]:
    judgement = judgement_of(evaluation)
    indicators = content.indicators_of(judgement)
    years = years_of(choice.county, request.user)
    form = CompareForm(request.GET, indicators=indicators, evaluations=years)
    indicator = form.chosen_indicator or _worst(judgement) or next(iter(indicators), "")
    shown = {"evaluation": str(evaluation.code), "indicator": indicator, "by": by}
    form = CompareForm(shown, indicators=indicators, evaluations=years)
    context: dict[str, Any] = {
        "county": choice.county,
        "place_name": choice.county.name,
        "evaluation": evaluation,
        "period_name": str(evaluation.period),
        "standard": judgement.standard,
        "by": by,
        "kinds": BY,
        "form": form,
        "indicator": indicator,
        "indicator_name": indicators.get(indicator, ""),
        "unit": judgement.standard.resources[indicator].unit if indicator else "",
    }
    if by in content.GROUPS and indicator:
        lines = content.group_lines(judgement, by, indicator)
        return context | {"lines": lines, "chart": content.group_chart(judgement, lines, indicator), **_ends(lines)}
    if by == "stage":
        stages = list(dict.fromkeys(judgement.balance["stage"]))
        return context | {"stages": stages, "lines": content.stage_lines(judgement, stages)}
    if by == "year":
        return context | _years(years, indicator, context["unit"])
    return context | {"lines": content.layers(judgement, evaluation)}


def _worst(judgement: Judgement) -> str:
    """The indicator whose schools differ most: what one looks at first."""
    known = judgement.balance.drop_nulls("cv").filter(judgement.balance.drop_nulls("cv")["indicator"] != "composite")
    return str(known.sort("cv", descending=True)["indicator"][0]) if known.height else ""


def _ends(lines: list[content.GroupLine]) -> dict[str, Any]:
    """The groups between which the distance is largest in one stage: the sentence at the top."""
    found = []
    for own in {line.stage for line in lines}:
        known = [line for line in lines if line.stage == own and line.mean]
        if len(known) > 1:
            low, high = min(known, key=lambda x: x.mean or 0), max(known, key=lambda x: x.mean or 0)
            found.append((low, high))
    return {"ends": max(found, key=lambda pair: (pair[1].mean or 0) / (pair[0].mean or 1), default=None)}


def _years(years: dict[int, Evaluation], indicator: str, unit: str) -> dict[str, Any]:
    rows = content.coefficients_over_years(years)
    return {
        "lines": content.year_lines(years),
        "cv_chart": content.trend_chart(rows, indicator, "cv", ""),
        "mean_chart": content.trend_chart(rows, indicator, "mean", unit),
        "coefficients": rows,
    }


def _table(by: str, context: dict[str, Any]) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    """The heads and rows of the file."""
    if by in content.GROUPS:
        heads: tuple[object, ...] = (
            _("指标"), _("学段"), BY[by], _("学校数"), _("在校生数"), _("平均"), _("最低"), _("最高"), _("低于要求"),
            _("无法判定"), _("单位"),
        )  # fmt: skip
        rows: list[tuple[object, ...]] = [
            (context["indicator_name"], stage_word(line.stage), line.group, line.schools, line.pupils, line.mean,
             line.lowest, line.highest, line.missed, line.unknown, unit_word(context["unit"]))
            for line in context["lines"]
        ]  # fmt: skip
        return heads, rows
    if by == "stage":
        heads = (_("指标"), _("单位"), _("学段"), _("全县平均"), _("差异系数"), _("限值"), _("结论"), _("学校数"))
        return heads, [
            (line.name, unit_word(line.unit), stage_word(row["stage"]), row["mean"], row["cv"], row["limit"],
             outcome_word(row["outcome"]), row["schools"])
            for line in context["lines"]
            for row in line.stages
            if row
        ]  # fmt: skip
    if by == "year":
        heads = (_("学年"), _("学段"), _("指标"), _("差异系数"), _("限值"), _("结论"), _("全县平均"))
        return heads, [
            (row["year"], stage_word(row["stage"]), row["indicator"], row["cv"], row["limit"],
             outcome_word(row["outcome"]), row["mean"])
            for row in context["coefficients"]
        ]  # fmt: skip
    heads = (
        _("指标"), _("学段"), _("单位"), _("最高的乡镇"), _("平均"), _("最低的乡镇"), _("平均"), _("差异系数"),
        _("限值"), _("结论"), _("城乡"),
    )  # fmt: skip
    return heads, [
        (line.name, stage_word(line.stage), unit_word(line.unit), line.highest.group if line.highest else "",
         line.highest.mean if line.highest else None, line.lowest.group if line.lowest else "",
         line.lowest.mean if line.lowest else None, line.cv, line.limit, outcome_word(line.outcome),
         _("；").join(f"{group.group} {group.mean:.4g}" for group in line.groups))
        for line in context["lines"]
    ]  # fmt: skip

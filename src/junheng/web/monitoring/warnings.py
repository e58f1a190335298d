"""预警: what a county should look at now, the urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.monitoring.declared import warning_rules
from junheng.web.exports import export_response
from junheng.web.monitoring.area import said
from junheng.web.monitoring.asked import Asked, Choice, ask
from junheng.web.monitoring.overview_content import SEVERITIES, severity_word, warnings_of
from junheng.web.monitoring.page import empty, page
from junheng.web.paging import page_of
from junheng.web.templatetags.words import in_english, label

_ORDER = {name: place for place, name in enumerate(SEVERITIES)}
Row = dict[str, Any]


class WarningChoice(Choice):
    """Besides: how urgent, by which rule, of which county."""

    severity = forms.ChoiceField(label=gettext_lazy("紧急程度"), required=False)
    warning = forms.ChoiceField(label=gettext_lazy("预警"), required=False)
    q = forms.CharField(label=gettext_lazy("县"), required=False, max_length=60)


@require_GET
@login_required
def warnings(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request)
    if asked is None:
        return empty(request)
    severities = [("", _("全部")), *((name, severity_word(name)) for name in SEVERITIES)]
    form = WarningChoice(asked.given(request), asked.choices(severity=severities, warning=rule_choices()))
    everything = warning_rows(asked, warnings_of(asked))
    found = _chosen(everything, form.chosen)
    ordered = _sorted(found, request.GET.get("sort", ""))
    if "format" in request.GET:
        name = _("%(area)s预警%(year)s") % {"area": asked.area.name, "year": asked.year}
        return export_response(request, name, _heads(), _export(ordered))
    context = {"form": form, "rows": page_of(request, ordered), "many": not asked.area.is_county}
    return render(request, "monitoring/warnings.html", page(asked, "warnings", _answer(asked, everything), context))


def rule_choices() -> list[tuple[str, str]]:
    """Every rule of warnings by its name, after the one for all."""
    return [("", _("全部")), *((name, label(rule.label)) for name, rule in warning_rules().items())]


def warning_rows(asked: Asked, found: pl.DataFrame) -> list[Row]:
    """Warnings as tables show them: severity, county, rule, sentence in the language of the page, figures, address."""
    rules = warning_rules()
    return [
        {
            "severity": row["severity"],
            "severity_word": severity_word(row["severity"]),
            "code": row["county_code"],
            "county": row["county_name"] or row["county_code"],
            "warning": row["warning"],
            "rule": label(rules[row["warning"]].label) if row["warning"] in rules else row["warning"],
            "says": row["en"] if in_english() else row["zh"],
            "before": row["before"],
            "value": row["value"],
            "limit": row["limit"],
            "href": asked.county_url(row["county_code"]),
        }
        for row in found.iter_rows(named=True)
    ]


def _chosen(rows: Iterable[Row], chosen: dict[str, str]) -> list[Row]:
    text = chosen["q"].strip()
    return [
        row
        for row in rows
        if (not chosen["severity"] or row["severity"] == chosen["severity"])
        and (not chosen["warning"] or row["warning"] == chosen["warning"])
        and (not text or text in row["county"] or row["code"].startswith(text))
    ]


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    keys = {
        "severity": lambda row: _ORDER.get(row["severity"], 9),
        "county": lambda row: row["code"],
        "rule": lambda row: row["rule"],
    }
    key = keys.get(sort.removeprefix("-"), keys["severity"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def _answer(asked: Asked, rows: list[Row]) -> str:
    about = {"area": said(asked.area), "year": asked.year, "count": len(rows)}
    if not rows:
        return _("%(area)s %(year)s 学年没有预警") % about
    urgent = [row for row in rows if row["severity"] == "urgent"]
    about |= {"urgent": len(urgent), "counties": len({row["code"] for row in rows})}
    if asked.area.is_county:
        return _("%(area)s %(year)s 学年有 %(count)s 条预警，其中紧急 %(urgent)s 条") % about
    return _("%(area)s %(year)s 学年 %(counties)s 个县有 %(count)s 条预警，其中紧急 %(urgent)s 条") % about


def _heads() -> tuple[str, ...]:
    return (_("紧急程度"), _("代码"), _("县"), _("预警"), _("说明"), _("原来"), _("现在"), _("限值"))


def _export(rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        yield tuple(row[key] for key in ("severity_word", "code", "county", "rule", "says", "before", "value", "limit"))

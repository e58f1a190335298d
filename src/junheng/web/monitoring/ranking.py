"""排名与分布: the counties of an area by one measure, with where they stand in their province and the nation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.monitoring.observed import CV
from junheng.reporting.charts.distribution import distribution
from junheng.reporting.charts.table import table
from junheng.web.dashboards.overview_content import language
from junheng.web.exports import export_response
from junheng.web.monitoring.area import Area, said
from junheng.web.monitoring.asked import Asked, Choice, ask
from junheng.web.monitoring.map_content import figure_words
from junheng.web.monitoring.measures import Measure, chosen_measure, measures_of
from junheng.web.monitoring.page import empty, page
from junheng.web.paging import page_of
from junheng.web.templatetags.words import outcome as outcome_word

_NATION = Area("", "")
Row = dict[str, Any]


class RankingChoice(Choice):
    """Besides: the measure, and a county to look for."""

    measure = forms.ChoiceField(label=gettext_lazy("指标"), required=False)
    q = forms.CharField(label=gettext_lazy("县"), required=False, max_length=60)


@require_GET
@login_required
def ranking(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, of_several=True)
    if asked is None:
        return empty(request)
    measures = measures_of(asked)
    key = chosen_measure(request, measures)
    given = {**asked.given(request), "measure": key}
    form = RankingChoice(given, asked.choices(measure=[(key, own.label) for key, own in measures.items()]))
    measure = measures[key]
    rows = ranked(asked, measure)
    text = form.chosen["q"].strip()
    found = [row for row in rows if not text or text in row["county"] or row["code"].startswith(text)]
    ordered = _sorted(found, request.GET.get("sort", ""))
    if "format" in request.GET:
        name = _("%(area)s%(measure)s排名%(year)s")
        about = {"area": asked.area.name, "measure": measure.label, "year": asked.year}
        return export_response(request, name % about, _heads(), _export(ordered))
    context = {
        "form": form,
        "measure": measure,
        "rows": page_of(request, ordered),
        "chart": _chart(asked, measure, rows),
    }
    return render(request, "monitoring/ranking.html", page(asked, "ranking", _answer(asked, measure, rows), context))


def ranked(asked: Asked, measure: Measure) -> list[Row]:
    """The counties of the area by a measure, the best first; what cannot be ranked stands last."""
    nation = asked.watch.of(_NATION, asked.year).frame(
        "ranking", kind=measure.kind, name=measure.name, stage=measure.stage or None, year=asked.year
    )
    here = nation.filter(pl.col("county_code").str.starts_with(asked.area.code))
    here = here.with_columns(
        own_rank=pl.when(pl.col("rank").is_not_null()).then(pl.col("rank").rank("min")).cast(pl.Int64)
    )
    of = here["rank"].count()
    return [
        {
            "code": row["county_code"],
            "county": row["county_name"] or row["county_code"],
            "value": row["value"],
            "said": figure_words(measure, row["value"]),
            "room": row["room"],
            "outcome": row["outcome"] or "",
            "own_rank": row["own_rank"],
            "own_of": of,
            "province_rank": row["province_rank"],
            "province_of": row["province_of"],
            "rank": row["rank"],
            "of": row["of"],
            "href": asked.county_url(row["county_code"]),
        }
        for row in here.iter_rows(named=True)
    ]


def _chart(asked: Asked, measure: Measure, rows: Sequence[Row]) -> dict[str, Any]:
    """Every county a dot; empty where fewer than two have a figure, or figures lie below zero."""
    known = [row["value"] for row in rows if row["value"] is not None]
    if len(known) < 2 or min(known) < 0:
        return {}
    scale = 100 if measure.is_share else 1
    drawn = [
        {
            "county": row["county"],
            "value": None if row["value"] is None else row["value"] * scale,
            "outcome": row["outcome"],
            "href": row["href"],
        }
        for row in rows
    ]
    spec = distribution(
        drawn,
        title=measure.label,
        unit="%" if measure.is_share else "",
        limit=_limit(asked, measure),
        direction="at_most" if measure.kind == CV else "at_least",
        digits=1 if measure.is_share else 3 if measure.kind == CV else None,
        language=language(),
    )
    return {"spec": spec, "table": table(drawn, [("county", _("县")), ("value", measure.label)])}


def _limit(asked: Asked, measure: Measure) -> float | None:
    """The limit, where all counties of the year have the same."""
    if measure.is_share:
        return None
    found = asked.watch.frame("directions", kind=measure.kind, stage=measure.stage, name=measure.name, year=asked.year)
    limits = set(found["limit"].drop_nulls())
    return float(limits.pop()) if len(limits) == 1 else None


def _answer(asked: Asked, measure: Measure, rows: Sequence[Row]) -> str:
    known = [row for row in rows if row["own_rank"] is not None]
    about: dict[str, Any] = {"area": said(asked.area), "year": asked.year, "measure": measure.label}
    if not known:
        return _("%(area)s %(year)s 学年没有可以排名的数据：%(measure)s") % about
    best, worst = known[0], known[-1]
    about |= {"best": best["county"], "low": best["said"], "worst": worst["county"], "high": worst["said"]}
    return _("%(area)s %(year)s 学年%(measure)s：最好的是%(best)s（%(low)s），最差的是%(worst)s（%(high)s）") % about


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    keys: dict[str, Callable[[Row], Any]] = {
        "rank": lambda row: row["own_rank"],
        "name": lambda row: row["code"],
        "value": lambda row: row["value"],
        "room": lambda row: row["room"],
    }
    key = keys.get(sort.removeprefix("-"), keys["rank"])
    known = [row for row in rows if key(row) is not None]
    return [
        *sorted(known, key=key, reverse=sort.startswith("-")),
        *(row for row in rows if key(row) is None),
    ]


def _heads() -> tuple[str, ...]:
    return (
        _("代码"),
        _("县"),
        _("数值"),
        _("离限值的余量"),
        _("结论"),
        _("本地区名次"),
        _("本地区县数"),
        _("全省名次"),
        _("全省县数"),
        _("全国名次"),
        _("全国县数"),
    )


def _export(rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    keys = ("own_rank", "own_of", "province_rank", "province_of", "rank", "of")
    for row in rows:
        known = (row[key] for key in keys)
        yield (row["code"], row["county"], row["value"], row["room"], outcome_word(row["outcome"]), *known)

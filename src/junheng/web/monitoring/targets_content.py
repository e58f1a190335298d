"""What the page of staged targets shows: planned and actual by year, and each county that has a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.monitoring.targets import BEHIND, DUE_LATER, LOST, NATION, NO_DATA, REACHED, Targets, due, progress
from junheng.reporting.charts.table import table
from junheng.reporting.charts.trend import trend
from junheng.web.dashboards.answers import clauses
from junheng.web.dashboards.overview_content import language
from junheng.web.monitoring.area import areas_named, said
from junheng.web.monitoring.asked import Asked
from junheng.web.templatetags.words import number
from junheng.web.templatetags.words import outcome as outcome_word

Row = dict[str, Any]
_TONES = {REACHED: "good", LOST: "bad", BEHIND: "bad", DUE_LATER: "quiet", NO_DATA: "warn"}


def progress_rows(asked: Asked, targets: Targets) -> list[Row]:
    """Planned and actual: the area itself in every year, then what lies in it in the years that it has a target of."""
    own = asked.area.code or NATION
    found = progress(targets, _until(asked))
    names = areas_named(found["region"].unique().to_list()) | {own: said(asked.area), NATION: said(asked.area)}
    rows = [
        {**row, "region_name": names.get(row["region"], row["region"]), "is_own": row["region"] in (own, NATION)}
        for row in found.iter_rows(named=True)
    ]
    rows = [row for row in rows if row["is_own"] or row["planned_share"] is not None]
    return sorted(rows, key=lambda row: (not row["is_own"], row["region"], row["school_year"]))


def due_rows(asked: Asked, targets: Targets) -> list[Row]:
    """The counties of the list: those that are due and behind first, the furthest of them before the others."""
    words = state_words()
    known = set(asked.counties["county_code"])
    rows = [
        {
            **row,
            "county": row["county_name"] or row["county_code"],
            "word": words[row["state"]],
            "is_late": row["recognise_by"] <= asked.year and row["state"] in (BEHIND, LOST, NO_DATA),
            "tone": _TONES[row["state"]],
            "href": asked.county_url(row["county_code"]) if row["county_code"] in known else "",
        }
        for row in due(targets, _until(asked)).iter_rows(named=True)
    ]
    return sorted(rows, key=lambda row: (not row["is_late"], -row["years_behind"], row["county_code"]))


def _until(asked: Asked) -> pl.DataFrame:
    return asked.counties.filter(pl.col("school_year") <= asked.year)


def state_words() -> dict[str, str]:
    return {
        REACHED: _("已达标"),
        LOST: _("达标后又未达标"),
        BEHIND: _("到期未达标"),
        DUE_LATER: _("未到期"),
        NO_DATA: _("没有判定"),
    }


def targets_answer(asked: Asked, rows: Sequence[Row], listed: Sequence[Row]) -> str:
    """How the year of the page stands against its plan, and how many counties are late."""
    about: dict[str, Any] = {"area": said(asked.area), "year": asked.year}
    now = next((row for row in rows if row["is_own"] and row["school_year"] == asked.year), None)
    parts = []
    if now is not None and now["planned_share"] is not None and now["share"] is not None:
        figures = {"plan": number(now["planned_share"], 1), "share": number(now["share"], 1), "needed": now["needed"]}
        if now["needed"]:
            parts.append(_("应有 %(plan)s%% 的县达标，实际 %(share)s%%，还差 %(needed)s 个县") % figures)
        else:
            parts.append(_("应有 %(plan)s%% 的县达标，实际 %(share)s%%，已完成") % figures)
    elif now is not None and now["share"] is not None:
        parts.append(_("%(share)s%% 的县达标，这一学年没有定比例目标") % {"share": number(now["share"], 1)})
    if listed:
        late = sum(row["is_late"] for row in listed)
        due_now = any(row["recognise_by"] <= asked.year for row in listed)
        if late:
            parts.append(_("到期的县中 %(count)s 个没有达标") % {"count": late})
        else:
            parts.append(_("到期的县都已达标") if due_now else _("列出的县都还没到期"))
    if not parts:
        return _("%(area)s %(year)s 学年没有阶段目标") % about
    return _("%(area)s %(year)s 学年：%(parts)s") % {**about, "parts": clauses(parts)}


def chart(rows: Sequence[Row]) -> Row:
    """The curve of the area itself; empty where no share is planned for it."""
    own = [row for row in rows if row["is_own"]]
    if all(row["planned_share"] is None for row in own):
        return {}
    title, plan, fact = _("达标的县占比"), _("目标"), _("实际")
    # Years without a target are left out, not blank: the line goes from one target to the next.
    points = [
        {"year": row["school_year"], "value": row[name], "series": word}
        for name, word in (("share", fact), ("planned_share", plan))
        for row in own
        if row[name] is not None
    ]
    drawn = [{**row, "share": _rounded(row["share"])} for row in own]
    columns = [("school_year", _("学年")), ("planned_share", plan), ("share", fact)]
    return {
        "title": title,
        "spec": trend(points, title=title, unit="%", digits=1, language=language()),
        "table": table(drawn, columns),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def heads() -> tuple[str, ...]:
    return (
        _("代码"),
        _("县"),
        _("计划达标学年"),
        _("首次达标学年"),
        _("最近判定学年"),
        _("结论"),
        _("状态"),
        _("晚几年"),
    )


def export_rows(rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        years = (row["recognise_by"], row["first_passed"], row["last_year"])
        yield (
            row["county_code"],
            row["county"],
            *years,
            outcome_word(row["outcome"]),
            row["word"],
            row["years_behind"],
        )

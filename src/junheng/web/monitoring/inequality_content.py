"""What the page of inequality shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.reporting.charts.stacked import stacked
from junheng.reporting.charts.table import table
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.web.dashboards.overview_content import language
from junheng.web.monitoring.area import areas_named, said
from junheng.web.monitoring.asked import Asked
from junheng.web.templatetags.words import label, number
from junheng.web.templatetags.words import stage as stage_word

Row = dict[str, Any]
_GROUPINGS = ("location", "boarding", "teaching_point", "operator", "boarders", "migrant_pupils", "left_behind_pupils")


def parts(asked: Asked) -> dict[str, str]:
    """What the whole is divided into; within one province nothing lies between provinces."""
    between = {"between_provinces": _("省之间")} if not asked.area.code else {}
    return {
        **between,
        "between_counties": _("县之间"),
        "between_locations": _("县内城乡之间"),
        "within_locations": _("县内城乡之内（校际）"),
    }


def by_year(asked: Asked, stage: str, indicator: str) -> list[Row]:
    """The decomposition in each year."""
    found = asked.watch.frame("decomposition").filter((pl.col("stage") == stage) & (pl.col("indicator") == indicator))
    return list(found.sort("school_year").iter_rows(named=True))


def by_county(asked: Asked, stage: str, indicator: str) -> list[Row]:
    """The counties of the year, those that add most to the inequality within counties first."""
    found = asked.watch.frame("county_inequality", year=asked.year).filter(
        (pl.col("stage") == stage) & (pl.col("indicator") == indicator)
    )
    names = dict(asked.now.select("county_code", "county_name").iter_rows())
    whole = found["contribution"].sum()
    ordered = found.sort("contribution", descending=True, nulls_last=True)
    return [
        {
            **row,
            "code": row["county_code"],
            "county": names.get(row["county_code"]) or row["county_code"],
            "share": row["contribution"] / whole if row["contribution"] is not None and whole else None,
            "href": asked.county_url(row["county_code"]),
        }
        for row in ordered.iter_rows(named=True)
    ]


def inequality_answer(asked: Asked, stage: str, indicator: str, years: Sequence[Row]) -> str:
    """Where most of the inequality lies, and how much there is of it."""
    now = next((row for row in years if row["school_year"] == asked.year), None)
    about: dict[str, Any] = {"area": said(asked.area), "stage": stage, "indicator": indicator, "year": asked.year}
    if now is None or not now["total"]:
        return _("%(area)s%(stage)s%(indicator)s：%(year)s 学年没有可以分解的差距") % about
    about |= {
        "total": number(now["total"], 4),
        "within": number(now["share_within_counties"] * 100, 0),
    }
    return _("%(area)s%(stage)s%(indicator)s：泰尔指数 %(total)s，%(within)s%% 的差距在县内") % about


def charts(asked: Asked, stage: str, indicator: str, name: str, years: Sequence[Row]) -> list[dict[str, Any]]:
    """The resource over the years, and all resources in the year."""
    own = parts(asked)
    standard = load_standard(asked.watch.standard)
    now = asked.watch.frame("decomposition").filter((pl.col("stage") == stage) & (pl.col("school_year") == asked.year))
    resources = [{"label": label(standard.resources[row["indicator"]]), **row} for row in now.iter_rows(named=True)]
    resources.sort(key=lambda row: -(row["total"] or 0))
    theil = _("泰尔指数")
    columns = [(key, words) for key, words in own.items()]
    about = {"stage": stage_word(stage), "indicator": name}
    return [
        {
            "id": "years",
            "title": _("%(stage)s · %(indicator)s，逐年") % about,
            "spec": stacked(
                [{"label": row["school_year"], **row} for row in years], parts=own, title=theil, language=language()
            ),
            "table": table(years, [("school_year", _("学年")), ("total", _("合计")), *columns]),
        },
        {
            "id": "resources",
            "title": _("%(stage)s · 各项资源，%(year)s 学年") % {**about, "year": asked.year},
            "spec": stacked(resources, parts=own, title=theil, along="names", language=language()),
            "table": table(resources, [("label", _("资源")), ("total", _("合计")), *columns]),
        },
    ]


def layers(asked: Asked, stage: str, indicator: str) -> dict[str, list[Row]]:
    """The three views: between regions, between schools, between groups of pupils."""
    found = {}
    for name in ("regions", "schools", "groups"):
        frame = asked.watch.layer(name, asked.year)
        cell = frame.filter(
            (pl.col("school_year") == asked.year) & (pl.col("stage") == stage) & (pl.col("indicator") == indicator)
        )
        found[name] = list(cell.iter_rows(named=True))
    order = {name: place for place, name in enumerate(_GROUPINGS)}
    known = [row for row in found["groups"] if row["mean"] is not None]
    found["groups"] = sorted(known, key=lambda row: order.get(row["grouping"], len(order)))
    names = areas_named([row["group"] for row in found["regions"]])
    names |= dict(asked.now.select("county_code", "county_name").drop_nulls().iter_rows())
    for row in found["regions"]:
        row["name"] = names.get(row["group"], row["group"])
    for row in found["groups"]:
        row["grouping_name"], row["name"] = group_words(row["grouping"], row["group"])
    return found


def group_words(grouping: str, group: str | None) -> tuple[str, str]:
    """What a way of grouping and a group of it are called."""
    pupils = {"boarders": _("寄宿生"), "migrant_pupils": _("随迁子女"), "left_behind_pupils": _("留守儿童")}
    if grouping in pupils:
        return _("学生"), pupils[grouping]
    names = {
        "location": _("城乡"),
        "boarding": _("寄宿制"),
        "teaching_point": _("教学点"),
        "operator": _("举办者"),
    }
    own = {
        ("location", "urban"): _("城区"),
        ("location", "town"): _("镇区"),
        ("location", "rural"): _("乡村"),
        ("boarding", "1"): _("寄宿制学校"),
        ("boarding", "0"): _("非寄宿制学校"),
        ("teaching_point", "1"): _("教学点"),
        ("teaching_point", "0"): _("其他学校"),
    }
    if group is None:
        return names.get(grouping, grouping), _("没有填报")
    if grouping == "operator":
        code = load_tables().code_lists["operator"].codes.get(group)
        return names[grouping], label(code) if code else group
    return names.get(grouping, grouping), own.get((grouping, group), group)

"""总览: how the counties of an area stand in a year, against the year before, with how they came there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.base.outcome import Outcome
from junheng.web.monitoring.area import said
from junheng.web.monitoring.asked import Asked
from junheng.web.monitoring.measures import measure_name
from junheng.web.templatetags.words import number
from junheng.web.templatetags.words import outcome as outcome_word

_PASSES = [str(outcome) for outcome in Outcome if outcome.passes]
_SEVERITY = {str(o): n for n, o in enumerate((Outcome.UNMET, Outcome.UNKNOWN, Outcome.TOLERATED, Outcome.MET))}
SEVERITIES = ("urgent", "warn", "notice")


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One county in the year of the page.

    Attributes:
        shares: the share of schools that pass, year by year; None where the year was not judged.
        room: distance to the nearest limit as a share of it, below 0 beyond it; of the measure ``tightest``.
        warnings: how many by severity.
    """

    code: str
    name: str
    outcome: str
    last_outcome: str
    schools: int
    unmet: int
    unknown: int
    share: float | None
    shares: tuple[float | None, ...]
    room: float | None
    tightest: str
    improving: int
    worsening: int
    warnings: Mapping[str, int]
    kinds: frozenset[str]
    href: str

    @property
    def warned(self) -> int:
        return sum(self.warnings.values())


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at the top of the page, with how it was in the year before."""

    name: str
    figure: str
    note: str = ""
    url: str = ""


def county_rows(asked: Asked) -> list[CountyRow]:
    """Every county of the area that was judged in the year."""
    history: dict[str, dict[int, float | None]] = {}
    for code, year, share in asked.counties.select("county_code", "school_year", "met_share").iter_rows():
        history.setdefault(code, {})[year] = share
    warned: dict[str, dict[str, int]] = {}
    kinds: dict[str, set[str]] = {}
    for code, severity, rule in warnings_of(asked).select("county_code", "severity", "warning").iter_rows():
        counted = warned.setdefault(code, {})
        counted[severity] = counted.get(severity, 0) + 1
        kinds.setdefault(code, set()).add(rule)
    span = range(asked.years[0], asked.year + 1)
    return [
        CountyRow(
            code=row["county_code"],
            name=row["county_name"] or row["county_code"],
            outcome=row["outcome"] or "",
            last_outcome=row["last_outcome"] or "",
            schools=row["schools"],
            unmet=row["unmet"],
            unknown=row["unknown"],
            share=row["met_share"],
            shares=tuple(history[row["county_code"]].get(year) for year in span),
            room=row["tightest_room"],
            tightest=_tightest(asked, row),
            improving=row["improving"],
            worsening=row["worsening"],
            warnings=warned.get(row["county_code"], {}),
            kinds=frozenset(kinds.get(row["county_code"], ())),
            href=asked.county_url(row["county_code"]),
        )
        for row in asked.now.iter_rows(named=True)
    ]


def absent(asked: Asked) -> dict[str, str]:
    """Counties of other years that have nothing of this one: code → name."""
    here = set(asked.now["county_code"])
    others = asked.counties.filter(~pl.col("county_code").is_in(list(here))).sort("county_code", "school_year")
    return {code: name or code for code, name in others.select("county_code", "county_name").iter_rows()}


def warnings_of(asked: Asked) -> pl.DataFrame:
    return asked.watch.frame("warnings", year=asked.year)


def _tightest(asked: Asked, row: Mapping[str, Any]) -> str:
    if row["tightest_name"] is None:
        return ""
    return measure_name(asked, {key: row[f"tightest_{key}"] for key in ("kind", "stage", "name")})


def overview_answer(asked: Asked) -> str:
    """How many counties came out how, against the year before, in one sentence."""
    now = _counted(asked, asked.year)
    about = {"area": said(asked.area), "year": asked.year, "total": now["total"], "met": now["met"]}
    text = _("%(area)s %(year)s 学年判定了 %(total)s 个县，%(met)s 个达标") % about
    if now["unknown"]:
        text += _("，%(count)s 个无法判定") % {"count": now["unknown"]}
    if asked.last_year is not None:
        text += _("；上一学年 %(total)s 个县中 %(met)s 个达标") % _counted(asked, asked.last_year)
    return text


def _counted(asked: Asked, year: int) -> dict[str, int]:
    outcomes = asked.counties.filter(pl.col("school_year") == year)["outcome"]
    return {
        "total": len(outcomes),
        "met": int(outcomes.is_in(_PASSES).sum()),
        "unknown": int((outcomes == str(Outcome.UNKNOWN)).sum()),
    }


def tiles(asked: Asked) -> list[Tile]:
    now, last = _counted(asked, asked.year), _counted(asked, asked.last_year) if asked.last_year else None
    warned = warnings_of(asked)
    by_severity = {name: int((warned["severity"] == name).sum()) for name in SEVERITIES}
    return [
        Tile(
            _("判定的县"),
            str(now["total"]),
            _("上一学年 %(count)s 个") % {"count": last["total"]} if last else _("没有上一学年"),
        ),
        Tile(
            _("达标的县"),
            _percent(now["met"], now["total"]),
            _compared(_share(now["met"], now["total"]), _share(last["met"], last["total"]) if last else None),
        ),
        Tile(
            _("达标的学校（按学段）"),
            _percent(*_schools(asked, asked.year)),
            _compared(
                _share(*_schools(asked, asked.year)),
                _share(*_schools(asked, asked.last_year)) if asked.last_year else None,
            ),
        ),
        Tile(
            _("预警"),
            str(sum(by_severity.values())),
            _("紧急 %(urgent)s 条，警示 %(warn)s 条，关注 %(notice)s 条") % by_severity,
            asked.url("warnings"),
        ),
    ]


def _schools(asked: Asked, year: int) -> tuple[int, int]:
    rows = asked.counties.filter(pl.col("school_year") == year)
    return int(rows["met"].sum()), int(rows["schools"].sum())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(part: int, whole: int) -> str:
    share = _share(part, whole)
    return "—" if share is None else f"{number(share * 100, 1)}%"


def _compared(now: float | None, last: float | None) -> str:
    if now is None or last is None:
        return _("没有上一学年")
    points = round((now - last) * 100, 1)
    if points == 0:
        return _("与上一学年相同")
    words = _("比上一学年高 %(points)s 个百分点") if points > 0 else _("比上一学年低 %(points)s 个百分点")
    return words % {"points": number(abs(points), 1)}


def chosen_rows(rows: Iterable[CountyRow], chosen: Mapping[str, str]) -> list[CountyRow]:
    """The counties that a filter asks for."""
    text, outcome, warning = chosen["q"].strip(), chosen["outcome"], chosen["warning"]
    return [
        row
        for row in rows
        if (not text or text in row.name or row.code.startswith(text))
        and (not outcome or row.outcome == outcome)
        and (not warning or (bool(row.kinds) if warning == "any" else warning in row.kinds))
    ]


def sorted_rows(rows: Sequence[CountyRow], sort: str) -> list[CountyRow]:
    """In the order asked for, by itself the worst first; what is not known stands last either way."""
    keys: dict[str, Callable[[CountyRow], Any]] = {
        "name": lambda row: row.code,
        "outcome": lambda row: _SEVERITY.get(row.outcome),
        "share": lambda row: row.share,
        "room": lambda row: row.room,
        "worsening": lambda row: row.worsening,
        "improving": lambda row: row.improving,
        "warnings": lambda row: row.warned,
    }
    key = keys.get(sort.removeprefix("-"))
    if key is None:
        return sorted(rows, key=lambda row: (_SEVERITY.get(row.outcome, 9), row.share or 0, row.code))
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    return [*sorted(known, key=key, reverse=sort.startswith("-")), *unknown]


def heads(years: Sequence[int]) -> tuple[str, ...]:
    return (
        _("代码"),
        _("县"),
        _("结论"),
        _("上一学年结论"),
        _("学校（按学段）"),
        _("未达标学校"),
        _("无法判定学校"),
        _("达标学校比例"),
        _("离限值最近的指标"),
        _("离限值的余量"),
        _("好转的指标"),
        _("变差的指标"),
        *(_("预警（%(severity)s）") % {"severity": severity_word(name)} for name in SEVERITIES),
        *(_("%(year)s 达标学校比例") % {"year": year} for year in years),
    )


def export_rows(rows: Iterable[CountyRow]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        yield (
            row.code,
            row.name,
            outcome_word(row.outcome),
            outcome_word(row.last_outcome),
            row.schools,
            row.unmet,
            row.unknown,
            row.share,
            row.tightest,
            row.room,
            row.improving,
            row.worsening,
            *(row.warnings.get(name, 0) for name in SEVERITIES),
            *row.shares,
        )


def severity_word(severity: str) -> str:
    return {"urgent": _("紧急"), "warn": _("警示"), "notice": _("关注")}.get(severity, severity)

"""What the page of a county's forecast shows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.monitoring.forecast.forecast import Forecast
from junheng.reporting.charts.forecast_fan import forecast_fan
from junheng.reporting.charts.table import table
from junheng.store.errors import NationalYearMissingError
from junheng.store.national import NationalStore
from junheng.web.dashboards.answers import clauses
from junheng.web.dashboards.overview_content import language
from junheng.web.monitoring.asked import Asked
from junheng.web.monitoring.errors import ForecastBusyError, ForecastYearMissingError
from junheng.web.monitoring.watch import nation
from junheng.web.templatetags.words import label, number
from junheng.web.templatetags.words import stage as stage_word
from junheng.workflow.forecast import forecast

Row = dict[str, Any]
_ENDS = ("low_80", "high_80", "low_95", "high_95")
_SCHOOL = "school"  # of a fall: the school's verdict, not one indicator
_MOST = 16  # forecasts that are kept
# Those that judge the years to come take some seconds of the whole machine: one at a time, and nobody waits in a
# thread that others need. The quick ones wait for each other, so that who asks twice does not compute beside herself.
_locks = {False: Lock(), True: Lock()}
_patience = {False: 30, True: 1}  # seconds
_kept: OrderedDict[tuple[object, ...], Forecast] = OrderedDict()


def forecast_of(asked: Asked, *, judged: bool) -> Forecast:
    """The forecast of the county, from all years in the store.

    Args:
        judged: the years to come are judged under today's resources too.

    Raises:
        ForecastBusyError: another one is being made.
        JunhengError: there is too little to forecast from.
    """
    key = (str(nation()), asked.watch.state, asked.watch.standard, asked.area.code, judged)
    if (known := _kept.get(key)) is not None:
        return known
    if not _locks[judged].acquire(timeout=_patience[judged]):
        raise ForecastBusyError
    try:
        if key not in _kept:
            found = _forecast(asked, judged=judged)
            while len(_kept) >= _MOST:
                _kept.popitem(last=False)
            _kept[key] = found
            return found
        return _kept[key]
    finally:
        _locks[judged].release()


def _forecast(asked: Asked, *, judged: bool) -> Forecast:
    try:
        return forecast(NationalStore(nation()), region=asked.area.code, standard=asked.watch.standard, judged=judged)
    except NationalYearMissingError as error:  # its words are for whoever sits before the folder
        raise ForecastYearMissingError(county=asked.area.name, year=error.values["year"]) from error


def outlook_answer(county: str, found: Forecast) -> str:
    """Pupils today and at the end of the horizon, by stage."""
    last = found.years[-1]
    said = []
    for stage in _stages(found):
        now = _amount(found.history, stage, found.base_year)
        then = _amount(found.counties, stage, last)
        if now is None or then is None:
            continue
        change = round((then - now) / now * 100, 1) if now else 0
        words = _("%(stage)s由 %(now)s 人到 %(then)s 人（%(change)s%%）")
        sign = f"{'+' if change > 0 else ''}{number(change, 1)}"
        said.append(
            words % {"stage": stage_word(stage), "now": number(now, 0), "then": number(then, 0), "change": sign}
        )
    return _("%(county)s %(base)s 到 %(last)s 学年预测：%(stages)s") % {
        "county": county,
        "base": found.base_year,
        "last": last,
        "stages": clauses(said),
    }


def _stages(found: Forecast) -> list[str]:
    known = found.counties["stage"].unique().to_list()
    return [stage for stage in ("primary", "junior") if stage in known]


def _amount(frame: pl.DataFrame, stage: str, year: int) -> float | None:
    own = frame.filter((pl.col("stage") == stage) & (pl.col("school_year") == year))["pupils"]
    return float(own[0]) if len(own) and own[0] is not None else None


def charts(found: Forecast) -> list[Row]:
    """A fan a stage."""
    drawn = []
    for stage in _stages(found):
        past = [
            {"year": row["school_year"], "value": row["pupils"]}
            for row in found.history.filter(pl.col("stage") == stage).sort("school_year").iter_rows(named=True)
        ]
        ahead = found.counties.filter(pl.col("stage") == stage).sort("school_year")
        expected = [
            {"year": row["school_year"], "value": row["pupils"], **{end: row[end] for end in _ENDS}}
            for row in ahead.iter_rows(named=True)
        ]
        title = _("%(stage)s在校生") % {"stage": stage_word(stage)}
        columns = [("year", _("学年")), ("value", _("人数")), *((end, _end_word(end)) for end in _ENDS)]
        rows = [{**row, **{key: _whole(row.get(key)) for key in ("value", *_ENDS)}} for row in [*past, *expected]]
        drawn.append(
            {
                "id": f"fan-{stage}",
                "title": title,
                "spec": forecast_fan(past, expected, title=title, unit=_("人"), language=language()),
                "table": table(rows, columns),
            }
        )
    return drawn


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _end_word(end: str) -> str:
    side, share = end.split("_")
    return (_("%(share)s%% 区间下端") if side == "low" else _("%(share)s%% 区间上端")) % {"share": share}


def need_rows(found: Forecast) -> list[Row]:
    """By stage and year over all schools: classes and teachers needed, places and teachers short."""
    by_year = (
        found.consequences.group_by("stage", "school_year")
        .agg(
            pl.col("pupils").sum(),
            pl.col("classes_needed", "teachers_needed", "places_short", "teachers_short").sum(),
            schools_short=((pl.col("places_short") > 0) | (pl.col("teachers_short") > 0)).sum(),
        )
        .sort(pl.col("stage") != "primary", "school_year")
    )
    return list(by_year.iter_rows(named=True))


def fall_rows(asked: Asked, found: Forecast) -> list[Row]:
    """Which school falls below which limit, and when; those that fall first stand first."""
    monitoring = asked.watch.monitoring
    ordered = found.falls.sort("falls_in", "earliest", "school_code", nulls_last=True)
    return [
        {
            **row,
            "school": row["school_name"] or row["school_code"],
            "what": _("学校结论")
            if row["indicator"] == _SCHOOL
            else label(monitoring.label("indicator", row["indicator"])),
        }
        for row in ordered.iter_rows(named=True)
    ]


def heads() -> tuple[str, ...]:
    return (
        _("学校标识码"),
        _("学校"),
        _("学段"),
        _("学年"),
        _("预测学生"),
        *(_end_word(end) for end in _ENDS),
    )


def export_rows(found: Forecast) -> Iterable[tuple[object, ...]]:
    """Every school in every year to come."""
    for row in found.schools.iter_rows(named=True):
        ends = (_whole(row[end]) for end in _ENDS)
        school = (row["school_code"], row["school_name"], stage_word(row["stage"]))
        yield (*school, row["school_year"], _whole(row["pupils"]), *ends)

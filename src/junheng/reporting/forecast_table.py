"""What is shown of a forecast: lists of rows with Chinese heads, the same for terminals, CSV files and workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.monitoring.forecast.backtest import Backtest
from junheng.monitoring.forecast.falls import SCHOOL_VERDICT
from junheng.monitoring.forecast.forecast import Forecast

Kind = Literal["text", "count", "one", "two", "cv", "percent"]
_METHODS = {"cohort": "升级率", "totals": "总数", "new": "新建", "last": "去年同数", "linear": "直线外推"}
_BASES = {"backtest": "回测", "extrapolated": "外推", None: "样本不足"}
_LEVELS = {"school": "学校", "county": "县", "whole": "全部合计"}
_SCENARIOS = {"today": "现状", "middle": "中", "low": "低", "high": "高"}


@dataclass(frozen=True)
class Field:
    """One column: its name in frames, its head, and how its cells are written."""

    name: str
    head: str
    kind: Kind = "text"
    words: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Listing:
    """One list of a forecast."""

    title: str
    fields: tuple[Field, ...]
    rows: pl.DataFrame


def _stage(code: str | None) -> str:
    return Stage(code).zh if code else ""


_STAGE = Field("stage", "学段", words=_stage)
_YEAR = Field("school_year", "学年")
_COUNTY = Field("county_code", "县代码")
_SCHOOL = (Field("school_code", "学校标识码"), Field("school_name", "学校"))
_ENDS = (
    Field("low_80", "80%低", "count"),
    Field("high_80", "80%高", "count"),
    Field("low_95", "95%低", "count"),
    Field("high_95", "95%高", "count"),
)
_PUPILS = Field("pupils", "预测人数", "count")
_BASIS = Field("interval_from", "区间依据", words=lambda basis: _BASES[basis])

LISTS: Mapping[str, str] = {
    "counties": "各县学生数",
    "schools": "各校学生数",
    "grades": "各校各年级学生数",
    "needs": "各县班级、学位、教师",
    "consequences": "各校班级、学位、教师",
    "falls": "将跌破标准的学校",
    "coefficients": "差异系数",
}


def forecast_list(forecast: Forecast, what: str) -> Listing:
    """One of ``LISTS``."""
    return Listing(LISTS[what], _fields(forecast, what), _rows(forecast, what))


def _rows(forecast: Forecast, what: str) -> pl.DataFrame:
    frame: pl.DataFrame = getattr(forecast, what)
    if what in ("grades", "consequences"):
        names = forecast.schools.select("school_code", "school_name").unique()
        frame = frame.join(names, on="school_code", how="left", maintain_order="left")
    if what in ("counties", "needs", "coefficients"):
        named = pl.col("county_code").replace_strict(dict(forecast.county_names), default="", return_dtype=pl.String)
        frame = frame.with_columns(named.alias("county_name"))
    return frame


def _fields(forecast: Forecast, what: str) -> tuple[Field, ...]:
    def indicator(name: str) -> str:
        if name == SCHOOL_VERDICT:
            return "全校资源配置达标"
        return forecast.indicator_labels[name].zh if name in forecast.indicator_labels else name

    county = (_COUNTY, Field("county_name", "县"))
    needed = (
        Field("classes_today", "现有班数", "count"),
        Field("classes_needed", "需要班数", "count"),
        Field("places", "现有学位", "count"),
        Field("places_short", "缺学位", "count"),
        Field("teachers_today", "现有专任教师", "count"),
        Field("teachers_needed", "需要专任教师", "count"),
        Field("teachers_short", "缺教师", "count"),
    )
    match what:
        case "counties":
            return (*county, _STAGE, _YEAR, _PUPILS, *_ENDS, _BASIS)
        case "schools":
            method = Field("method", "方法", words=lambda name: _METHODS[name])
            return (_COUNTY, *_SCHOOL, Field("town", "乡镇街道"), _STAGE, _YEAR, _PUPILS, *_ENDS, _BASIS, method)
        case "grades":
            return (_COUNTY, *_SCHOOL, _STAGE, Field("grade", "年级"), _YEAR, _PUPILS, *_ENDS)
        case "needs":
            return (*county, _STAGE, _YEAR, _PUPILS, *needed)
        case "consequences":
            size = (Field("class_size", "平均班额（现有班数）", "one"), Field("class_limit", "班额上限", "count"))
            return (_COUNTY, *_SCHOOL, _STAGE, _YEAR, _PUPILS, *size, *needed)
        case "falls":
            return (
                _COUNTY,
                *_SCHOOL,
                _STAGE,
                Field("indicator", "指标", words=indicator),
                Field("limit", "标准", "two"),
                Field("value_today", "现值", "two"),
                Field("value", "预测值", "two"),
                Field("falls_in", "跌破学年"),
                Field("earliest", "最早"),
                Field("latest", "最晚"),
            )
        case _:
            return (
                *county,
                _STAGE,
                Field("indicator", "指标", words=indicator),
                _YEAR,
                Field("scenario", "情景", words=lambda name: _SCENARIOS[name]),
                Field("cv", "差异系数", "cv"),
                Field("limit", "标准", "two"),
                Field("outcome", "判定", words=lambda outcome: Outcome(outcome).zh if outcome else ""),
            )


def backtest_list(backtest: Backtest, *, sizes: bool = True) -> Listing:
    """The table of a back-test.

    Args:
        sizes: schools by size too.
    """
    rows = backtest.table if sizes else backtest.table.filter(pl.col("size") == "all")
    fields = (
        Field("level", "层级", words=lambda level: _LEVELS[level]),
        Field("size", "规模", words=lambda size: "全部" if size == "all" else size),
        Field("method", "方法", words=lambda name: _METHODS[name]),
        Field("horizon", "几年后"),
        Field("n", "次数", "count"),
        Field("mape", "平均误差", "percent"),
        Field("wape", "加权误差", "percent"),
        Field("median_ape", "误差中位数", "percent"),
        Field("bias", "偏差", "percent"),
        Field("coverage_80", "80%区间实含", "percent"),
        Field("coverage_95", "95%区间实含", "percent"),
        Field("coverage_n", "检验次数", "count"),
    )
    return Listing("回测", fields if sizes else tuple(field for field in fields if field.name != "size"), rows)


def without_county(shown: Listing, names: Mapping[str, str]) -> Listing:
    """``shown`` with a county that is the same in all rows in its title, for screens."""
    codes = shown.rows["county_code"].unique().to_list() if "county_code" in shown.rows.columns else []
    if len(codes) != 1:
        return shown
    title = f"{shown.title}：{names.get(codes[0], '')} {codes[0]}"
    fields = tuple(field for field in shown.fields if field.name not in ("county_code", "county_name"))
    return Listing(title, fields, shown.rows)


def words_of(field: Field, value: Any) -> str:  # noqa: ANN401  # a cell of any type
    """A cell for people and CSV files."""
    if field.words is not None:
        return field.words(value)
    if value is None:
        return ""
    match field.kind:
        case "count":
            return f"{value:.0f}"
        case "one":
            return f"{value:.1f}"
        case "two":
            return f"{value:.2f}"
        case "cv":
            return f"{value:.4f}"
        case "percent":
            return f"{100 * value:.2f}%"
        case _:
            return str(value)


def table_of(shown: Listing, limit: int | None = None) -> tuple[list[str], list[Sequence[str]]]:
    """Heads and rows of words."""
    rows = shown.rows if limit is None else shown.rows.head(limit)
    names = [field.name for field in shown.fields]
    cells: list[Sequence[str]] = [
        [words_of(field, value) for field, value in zip(shown.fields, row, strict=True)]
        for row in rows.select(names).iter_rows()
    ]
    return [field.head for field in shown.fields], cells
